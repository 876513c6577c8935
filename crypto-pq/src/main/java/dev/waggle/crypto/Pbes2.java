package dev.waggle.crypto;

import dev.waggle.ports.Bytes;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * A private key encrypted under a passphrase by PBES2 (RFC 8018 §6.2). We write PBKDF2-HMAC-SHA-256
 * and AES-256-CBC, as OpenSSL does, and open what other tools write by a {@link KeyDerivation} and
 * a {@link KeyCipher}. What is encrypted otherwise is named, and to be converted: nobody writes
 * ML-DSA keys like that unless told to.
 *
 * @param iv as long as the cipher's blocks
 */
record Pbes2(KeyDerivation derivation, KeyCipher cipher, Bytes iv, Bytes encrypted) {
  static final String CONVERT =
      "; convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -iter 600000 -in FILE -out NEW";

  /** OWASP's advice of 2023 for PBKDF2-HMAC-SHA-256: some tenths of a second for each guess. */
  private static final int ITERATIONS = 600_000;

  private static final int SALT_BYTES = 16;

  /** What other tools can be told to encrypt by, so that the complaint has a name. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("1.2.840.113549.1.5.3", "pbeWithMD5AndDES-CBC"),
          Map.entry("1.2.840.113549.1.5.10", "pbeWithSHA1AndDES-CBC"),
          Map.entry("1.2.840.113549.1.12.1.3", "pbeWithSHA1And3-KeyTripleDES-CBC"),
          Map.entry("1.2.840.113549.1.12.1.6", "pbeWithSHA1And40BitRC2-CBC"),
          Map.entry("1.2.840.113549.3.2", "RC2-CBC"),
          Map.entry("1.3.14.3.2.7", "DES-CBC"),
          Map.entry("2.16.840.1.101.3.4.1.6", "AES-128-GCM"),
          Map.entry("2.16.840.1.101.3.4.1.46", "AES-256-GCM"),
          Map.entry("1.2.392.200011.61.1.1.1.4", "Camellia-256-CBC"),
          Map.entry("1.2.410.200046.1.1.12", "ARIA-256-CBC"));

  /**
   * Encrypts a key, with salt and IV of the system's generator.
   *
   * @param passphrase lent
   * @return the DER of an EncryptedPrivateKeyInfo
   */
  static byte[] encrypt(PrivateKeyInfo key, char[] passphrase) throws IOException {
    KeyCipher cipher = KeyCipher.AES_256_CBC;
    SecureRandom random = new SecureRandom();
    byte[] salt = new byte[SALT_BYTES];
    byte[] iv = new byte[cipher.blockBytes()];
    random.nextBytes(salt);
    random.nextBytes(iv);
    byte[] derived =
        new KeyDerivation.Pbkdf2(KeyDerivation.Pbkdf2.SHA256, Bytes.wrap(salt), ITERATIONS)
            .derive(passphrase, cipher.keyBytes());
    byte[] clear = key.getEncoded("DER");
    byte[] encrypted = cipher.encrypt(derived, iv, clear);
    Arrays.fill(derived, (byte) 0);
    Arrays.fill(clear, (byte) 0);
    AlgorithmIdentifier hash =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
    PBES2Parameters parameters =
        new PBES2Parameters(
            new KeyDerivationFunc(
                KeyDerivation.PBKDF2_ID, new PBKDF2Params(salt, ITERATIONS, hash)),
            new EncryptionScheme(cipher.id(), new DEROctetString(iv)));
    return new EncryptedPrivateKeyInfo(
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters), encrypted)
        .getEncoded("DER");
  }

  /**
   * Reads what a key is encrypted by. Nothing is computed yet: so a passphrase is asked for only if
   * the file can be opened at all.
   *
   * @throws UnusableFile if that is unknown, or more work than a node will do
   * @throws RuntimeException if the parameters are damaged
   */
  static Pbes2 read(EncryptedPrivateKeyInfo info) throws UnusableFile {
    AlgorithmIdentifier scheme = info.getEncryptionAlgorithm();
    if (!scheme.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
      throw unknown("is encrypted by", scheme.getAlgorithm());
    }
    PBES2Parameters parameters = PBES2Parameters.getInstance(scheme.getParameters());
    EncryptionScheme encryption = parameters.getEncryptionScheme();
    KeyCipher cipher = KeyCipher.find(encryption.getAlgorithm());
    if (cipher == null) {
      throw unknown("is encrypted by", encryption.getAlgorithm());
    }
    KeyDerivation derivation =
        KeyDerivation.read(parameters.getKeyDerivationFunc(), cipher.keyBytes());
    byte[] iv = ASN1OctetString.getInstance(encryption.getParameters()).getOctets();
    if (iv.length != cipher.blockBytes()) {
      throw new IllegalArgumentException("an IV of " + iv.length + " bytes");
    }
    return new Pbes2(derivation, cipher, Bytes.wrap(iv), Bytes.wrap(info.getEncryptedData()));
  }

  static UnusableFile unknown(String what, ASN1ObjectIdentifier algorithm) {
    String id = algorithm.getId();
    String called = NAMES.containsKey(id) ? NAMES.get(id) + " (" + id + ")" : id;
    return new UnusableFile(what + " " + called + ", which a node does not know" + CONVERT);
  }

  /**
   * Decrypts the key.
   *
   * @param passphrase lent
   * @throws UnusableFile if the passphrase is wrong or the file damaged, which cannot be told apart
   */
  PrivateKeyInfo open(char[] passphrase) throws UnusableFile {
    byte[] derived = {};
    try {
      derived = derivation.derive(passphrase, cipher.keyBytes());
      return PrivateKeyInfo.getInstance(
          cipher.decrypt(derived, iv.borrowArray(), encrypted.borrowArray()));
    } catch (GeneralSecurityException | RuntimeException e) {
      // Parameters that do not fit together are refused when the key is derived. A wrong key gives
      // garbage: if its padding is right by chance, the parser refuses it.
      throw new UnusableFile(
          "does not open: the passphrase is wrong, or the file is damaged; check the passphrase,"
              + " then restore the file from a copy");
    } finally {
      Arrays.fill(derived, (byte) 0);
    }
  }
}
