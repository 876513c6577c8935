package dev.waggle.crypto;

import java.io.IOException;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * Encryption of private keys under a passphrase: PBES2 (RFC 8018 §6.2) with PBKDF2-HMAC-SHA-256 and
 * AES-256-CBC, as OpenSSL writes it too. It also opens what other tools wrote, scrypt included.
 */
final class Pbes2 {
  /** OWASP's advice of 2023 for PBKDF2-HMAC-SHA-256: some tenths of a second for each guess. */
  private static final int ITERATIONS = 600_000;

  private Pbes2() {}

  /**
   * Encrypts a key, with salt and IV of the system's generator.
   *
   * @param passphrase lent
   */
  static PemObject encrypt(PrivateKeyInfo key, char[] passphrase) throws IOException {
    try {
      return new PKCS8Generator(
              key,
              new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                  .setProvider(new BouncyCastleProvider())
                  .setPRF(PKCS8Generator.PRF_HMACSHA256)
                  .setIterationCount(ITERATIONS)
                  .setPassword(passphrase)
                  .build())
          .generate();
    } catch (OperatorCreationException e) {
      throw new IllegalStateException("Bouncy Castle cannot encrypt a key", e);
    }
  }

  /**
   * Decrypts a key. Bouncy Castle bounds the work that the file may ask for: ten million iterations
   * of PBKDF2, or one GiB of scrypt.
   *
   * @param der an EncryptedPrivateKeyInfo
   * @param passphrase lent
   * @throws UnusableFile if the passphrase is wrong or the file damaged, which cannot be told apart
   */
  static PrivateKeyInfo decrypt(byte[] der, char[] passphrase) throws UnusableFile {
    try {
      return new PKCS8EncryptedPrivateKeyInfo(der)
          .decryptPrivateKeyInfo(
              new JceOpenSSLPKCS8DecryptorProviderBuilder()
                  .setProvider(new BouncyCastleProvider())
                  .build(passphrase));
    } catch (OperatorCreationException e) {
      throw new IllegalStateException("Bouncy Castle cannot decrypt a key", e);
    } catch (IOException | PKCSException | RuntimeException e) {
      // The parser has been given garbage, and throws all of these.
      throw new UnusableFile(
          "does not open: the passphrase is wrong, or the file is damaged; check the passphrase,"
              + " then restore the file from a copy");
    }
  }
}
