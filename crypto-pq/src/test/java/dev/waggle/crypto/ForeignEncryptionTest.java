package dev.waggle.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.SecretBytes;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as other tools encrypt them: all that PBES2 leaves open. */
final class ForeignEncryptionTest {
  /** Beyond ASCII, for there the tools differ. */
  private static final String PASSPHRASE = "p\u00e4ssw\u00f6rd";

  /** By OpenSSL 3.5, of {@code ml-dsa.output_formats = seed-only}: the seed 00, 01, ... 1f. */
  private static final String ML_DSA_65 =
      """
      MIGjMF8GCSqGSIb3DQEFDTBSMDEGCSqGSIb3DQEFDDAkBBDgKWyR5w3A2pBxyiRX
      eQhBAgIIADAMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQiIDc0T5wxr0ugcMN
      XrxBDwRAnkgsaAEQlUcxFWn4T+tqPa39UTCMsKOBwA2wzbhyfBVeV0YhTHUJ000O
      vh5KBK/RkP9IHd56DkY9IuBHcr+EQA==
      """;

  /**
   * By OpenSSL 3.0: an Ed25519 key, since that one knows no ML-DSA, in AES-256-CBC under PBKDF2
   * with HMAC-SHA-1.
   */
  private static final String HMAC_SHA1 =
      """
      MIGNMEkGCSqGSIb3DQEFDTA8MBsGCSqGSIb3DQEFDDAOBAjQxYUOsjy1hAICA+gw
      HQYJYIZIAWUDBAEqBBAw6EhxB3a90uppVPoOfYWNBEDflLEFa58bCVYyZnkbZ7zV
      zKKF6cHyNm8UN1ksSc5bezTVqJA80m+jowEmD/7TlmtMdY9sjYkSbfade4kEBbZ3
      """;

  /** The same under scrypt with OpenSSL's N = 16384, r = 8, p = 1. */
  private static final String SCRYPT =
      """
      MIGTME8GCSqGSIb3DQEFDTBCMCEGCSsGAQQB2kcECzAUBAjM+l79ru8VHgICQAAC
      AQgCAQEwHQYJYIZIAWUDBAEqBBCT8f4mM4mHl/vN4/ZXC2qdBEA/HKFiWrf917eL
      PQK/9+moxIvLY8VBR6ypKSdV/W8rmJO5al2J8Gw8AypV+yqT33BwJkJcryys5DUU
      p2W/b1Ss
      """;

  private static final String CAMELLIA =
      """
      MIGdMFkGCSqGSIb3DQEFDTBMMCkGCSqGSIb3DQEFDDAcBAiZwUuexFlYgwICCAAw
      DAYIKoZIhvcNAgkFADAfBgsqgwiMmks9AQEBBAQQcqCFxlDsqPVHxvf3CK2piQRA
      BwD1boLoEdv/t6F3X+Zfoa5ES23+y2IFYUkSJJKebOhgCPlF1BlCUoZxnzGMri75
      xbbFJCmcopxwKEHGqI5z8Q==
      """;

  private static final String BEFORE_PBES2 =
      """
      MFgwHAYKKoZIhvcNAQwBAzAOBAgH8qRQLDC6VAICCAAEOIo3gs9/OUG8EzMsaaEe
      KMdE0tT5lnJA5Jc4fneWpfe3MwNScyhSwntFMqUbvMUz/MpmBLVOd5tJ
      """;

  @Test
  void keyEncryptedByOpenSsl_opens() throws UnusableFile {
    IdentityPem.Key key = IdentityPem.decode(pem(ML_DSA_65), PASSPHRASE::toCharArray);
    assertThat(key.algorithm()).isEqualTo("ML-DSA-65");
    assertThat(key.seed()).isEqualTo(SecretBytes.wrap(counting(32)));
  }

  @ParameterizedTest
  @ValueSource(strings = {HMAC_SHA1, SCRYPT})
  void passphraseBeyondAscii_opensAsOpenSslTakesIt_whateverDerivesTheKey(String body) {
    assertThat(problem(body, PASSPHRASE)).startsWith("holds a key of another algorithm");
    assertThat(problem(body, "passwort")).startsWith("does not open: the passphrase is wrong");
  }

  @ParameterizedTest
  @EnumSource
  void everyCipher_opensAgain(KeyCipher cipher) throws Exception {
    byte[] iv = counting(cipher.blockBytes());
    KeyDerivation derivation =
        new KeyDerivation.Pbkdf2("PBKDF2WithHmacSHA512", Bytes.wrap(counting(8)), 1000);
    byte[] clear =
        HexFormat.of()
            .parseHex(
                MlDsaParameters.ML_DSA_87.seedPrefix() + HexFormat.of().formatHex(counting(32)));
    byte[] key = derivation.derive(PASSPHRASE.toCharArray(), cipher.keyBytes());
    byte[] der =
        der(
            pbkdf2(PKCSObjectIdentifiers.id_hmacWithSHA512, counting(8), 1000),
            new EncryptionScheme(cipher.id(), new DEROctetString(iv)),
            cipher.encrypt(key, iv, clear));

    assertThat(IdentityPem.decode(der, PASSPHRASE::toCharArray).algorithm()).isEqualTo("ML-DSA-87");
  }

  /** Nobody is asked for a passphrase that can open nothing. */
  @Test
  void unknownEncryption_isNamed_withTheCommandThatConverts() throws IOException {
    assertUnusable(
        pem(CAMELLIA),
        "is encrypted by Camellia-256-CBC (1.2.392.200011.61.1.1.1.4), which a node does not know;"
            + " convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -iter 600000 -in FILE -out NEW");
    assertUnusable(
        pem(BEFORE_PBES2),
        "is encrypted by pbeWithSHA1And3-KeyTripleDES-CBC (1.2.840.113549.1.12.1.3), which");
    ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.2.3.4");
    assertUnusable(
        der(pbkdf2(unknown, counting(8), 1000), aes(), new byte[16]),
        "makes its key of the passphrase by PBKDF2 with 1.2.3.4, which a node does not know;");
    assertUnusable(
        der(new KeyDerivationFunc(unknown, new DERSequence()), aes(), new byte[16]),
        "makes its key of the passphrase by 1.2.3.4, which a node does not know; convert it: ");
  }

  @Test
  void iterationsThatTakeHours_areRefusedAtOnce() throws IOException {
    assertUnusable(
        der(
            pbkdf2(PKCSObjectIdentifiers.id_hmacWithSHA256, counting(8), 10_000_001),
            aes(),
            new byte[16]),
        "asks for 10000001 iterations of PBKDF2, and a node does 10000000 at most; convert it: ");
  }

  @ParameterizedTest
  @CsvSource({
    "1073741824,8,1", // one TiB
    "16384,2147483647,1",
    "16384,8,65", // 16 MiB often
    "2,1,1000000000",
    "1180591620717411303424,8,1", // beyond a long
  })
  void scryptThatTakesAllMemory_orHours_isRefusedAtOnce(String n, String r, String p)
      throws IOException {
    assertUnusable(
        der(scrypt(n, r, p), aes(), new byte[16]),
        "asks for scrypt with N=" + n + ", r=" + r + ", p=" + p + ", which takes more than ");
  }

  /**
   * As much as is allowed is no mistake of the file; the last are too little of one for another.
   */
  @ParameterizedTest
  @CsvSource({"32768,8,1", "65536,1,1", "2,262144,8"})
  void scryptOfAllowedCost_isAskedForItsPassphrase(String n, String r, String p)
      throws IOException {
    byte[] file = der(scrypt(n, r, p), aes(), new byte[16]);
    assertThatExceptionOfType(UnusableFile.class)
        .isThrownBy(() -> IdentityPem.decode(file, PASSPHRASE::toCharArray))
        .withMessageStartingWith("does not open: the passphrase is wrong");
  }

  @ParameterizedTest
  @CsvSource({"0,8,1", "16384,0,1", "16384,8,0", "-2,8,1", "16383,8,1", "1,8,1"})
  void scryptThatCannotBe_isDamaged(String n, String r, String p) throws IOException {
    byte[] file = der(scrypt(n, r, p), aes(), new byte[16]);
    assertThatExceptionOfType(UnusableFile.class)
        .isThrownBy(() -> IdentityPem.decode(file, PASSPHRASE::toCharArray))
        .withMessageStartingWith("is damaged");
  }

  @Test
  void parametersThatDoNotFit_areDamaged() throws IOException {
    KeyDerivationFunc sound = pbkdf2(PKCSObjectIdentifiers.id_hmacWithSHA256, counting(8), 1000);
    DEROctetString shortIv = new DEROctetString(counting(15));
    assertUnusable(
        der(sound, new EncryptionScheme(KeyCipher.AES_256_CBC.id(), shortIv), new byte[16]),
        "is damaged");
    assertUnusable(
        der(
            new KeyDerivationFunc(KeyDerivation.PBKDF2_ID, new PBKDF2Params(counting(8), 1000, 16)),
            aes(),
            new byte[16]),
        "is damaged");
    assertUnusable(
        der(pbkdf2(PKCSObjectIdentifiers.id_hmacWithSHA256, counting(8), 0), aes(), new byte[16]),
        "is damaged");
  }

  private static KeyDerivationFunc pbkdf2(ASN1ObjectIdentifier hash, byte[] salt, int iterations) {
    return new KeyDerivationFunc(
        KeyDerivation.PBKDF2_ID, new PBKDF2Params(salt, iterations, new AlgorithmIdentifier(hash)));
  }

  private static KeyDerivationFunc scrypt(String n, String r, String p) {
    ASN1EncodableVector parameters = new ASN1EncodableVector();
    parameters.add(new DEROctetString(counting(8)));
    for (String number : new String[] {n, r, p}) {
      parameters.add(new ASN1Integer(new BigInteger(number)));
    }
    return new KeyDerivationFunc(KeyDerivation.SCRYPT_ID, new DERSequence(parameters));
  }

  private static EncryptionScheme aes() {
    return new EncryptionScheme(KeyCipher.AES_256_CBC.id(), new DEROctetString(counting(16)));
  }

  private static byte[] der(KeyDerivationFunc derivation, EncryptionScheme cipher, byte[] encrypted)
      throws IOException {
    ASN1Encodable parameters = new PBES2Parameters(derivation, cipher);
    return new EncryptedPrivateKeyInfo(
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters), encrypted)
        .getEncoded("DER");
  }

  private static byte[] pem(String body) {
    assertThat(Base64.getMimeDecoder().decode(body)).isNotEmpty();
    return ("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
            + body
            + "-----END ENCRYPTED PRIVATE KEY-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String problem(String body, String passphrase) {
    return assertThatExceptionOfType(UnusableFile.class)
        .isThrownBy(() -> IdentityPem.decode(pem(body), passphrase::toCharArray))
        .actual()
        .getMessage();
  }

  private static void assertUnusable(byte[] file, String message) {
    assertThatExceptionOfType(UnusableFile.class)
        .isThrownBy(
            () ->
                IdentityPem.decode(
                    file,
                    () -> {
                      throw new AssertionError("asked for a passphrase in vain");
                    }))
        .withMessageStartingWith(message);
  }

  private static byte[] counting(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
