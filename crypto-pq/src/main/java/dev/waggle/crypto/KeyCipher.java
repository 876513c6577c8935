package dev.waggle.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/** A cipher of key files (RFC 8018 appendix B.2), by the JDK. */
enum KeyCipher {
  AES_256_CBC(NISTObjectIdentifiers.id_aes256_CBC, "AES", 32, 16),
  AES_192_CBC(NISTObjectIdentifiers.id_aes192_CBC, "AES", 24, 16),
  AES_128_CBC(NISTObjectIdentifiers.id_aes128_CBC, "AES", 16, 16),
  DES_EDE3_CBC(PKCSObjectIdentifiers.des_EDE3_CBC, "DESede", 24, 8);

  private final String id;
  private final String algorithm;
  private final int keyBytes;
  private final int blockBytes;

  KeyCipher(ASN1ObjectIdentifier id, String algorithm, int keyBytes, int blockBytes) {
    this.id = id.getId();
    this.algorithm = algorithm;
    this.keyBytes = keyBytes;
    this.blockBytes = blockBytes;
  }

  static @Nullable KeyCipher find(ASN1ObjectIdentifier id) {
    for (KeyCipher known : values()) {
      if (known.id.equals(id.getId())) {
        return known;
      }
    }
    return null;
  }

  ASN1ObjectIdentifier id() {
    return new ASN1ObjectIdentifier(id);
  }

  int keyBytes() {
    return keyBytes;
  }

  /** Bytes of a block, and so of the IV. */
  int blockBytes() {
    return blockBytes;
  }

  /** Pads and encrypts; all arguments are lent. */
  byte[] encrypt(byte[] key, byte[] iv, byte[] clear) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, key, iv).doFinal(clear);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + this, e);
    }
  }

  /**
   * Decrypts; all arguments are lent.
   *
   * @throws GeneralSecurityException if what comes out is not padded, as by a wrong key
   */
  byte[] decrypt(byte[] key, byte[] iv, byte[] encrypted) throws GeneralSecurityException {
    return cipher(Cipher.DECRYPT_MODE, key, iv).doFinal(encrypted);
  }

  private Cipher cipher(int mode, byte[] key, byte[] iv) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(algorithm + "/CBC/PKCS5Padding");
    cipher.init(mode, new SecretKeySpec(key, algorithm), new IvParameterSpec(iv));
    return cipher;
  }
}
