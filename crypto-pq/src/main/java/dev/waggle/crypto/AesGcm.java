package dev.waggle.crypto;

import dev.waggle.ports.crypto.Aead;
import dev.waggle.ports.crypto.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM (NIST SP 800-38D, tag of 16 bytes, nonce of 12) by the JDK, over heap arrays.
 *
 * <p>Each sealer and opener keeps one {@link Cipher} for its whole life and re-initialises it for
 * every record. The JDK's cipher refuses to seal under the same nonce twice in a row: a bug of the
 * caller, and an {@link IllegalStateException}.
 */
final class AesGcm implements Aead {
  private static final int KEY_LENGTH = 32;
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_LENGTH = 16;
  private static final String TRANSFORMATION = "AES/GCM/NoPadding";

  /** Found once: to search all providers for each cipher takes longer than to seal a little. */
  private final Provider provider;

  AesGcm() {
    try {
      provider = Cipher.getInstance(TRANSFORMATION).getProvider();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks AES-GCM", e);
    }
  }

  @Override
  public String algorithm() {
    return "AES-256-GCM";
  }

  @Override
  public int keyLength() {
    return KEY_LENGTH;
  }

  @Override
  public int nonceLength() {
    return NONCE_LENGTH;
  }

  @Override
  public int tagLength() {
    return TAG_LENGTH;
  }

  @Override
  public Sealer sealer(SecretBytes key) {
    return new JdkSealer(newCipher(), secretKey(key));
  }

  @Override
  public Opener opener(SecretBytes key) {
    return new JdkOpener(newCipher(), secretKey(key));
  }

  private static SecretKeySpec secretKey(SecretBytes key) {
    if (key.length() != KEY_LENGTH) {
      throw new IllegalArgumentException(
          "a key of AES-256 has " + KEY_LENGTH + " bytes, not " + key.length());
    }
    return new SecretKeySpec(key.borrowArray(), "AES");
  }

  private Cipher newCipher() {
    try {
      return Cipher.getInstance(TRANSFORMATION, provider);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(provider + " has lost AES-GCM", e);
    }
  }

  private static void init(Cipher cipher, int mode, SecretKeySpec key, byte[] nonce)
      throws GeneralSecurityException {
    if (nonce.length != NONCE_LENGTH) {
      throw new IllegalArgumentException(
          "a nonce has " + NONCE_LENGTH + " bytes, not " + nonce.length);
    }
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG_LENGTH, nonce));
  }

  private record JdkSealer(Cipher cipher, SecretKeySpec key) implements Sealer {
    @Override
    public void seal(
        byte[] nonce,
        byte[] buffer,
        int aadOffset,
        int aadLength,
        int offset,
        int headLength,
        byte[] tail,
        int tailOffset,
        int tailLength) {
      Objects.checkFromIndexSize(aadOffset, aadLength, buffer.length);
      Objects.checkFromIndexSize(tailOffset, tailLength, tail.length);
      Objects.checkFromIndexSize(offset, headLength, buffer.length - TAG_LENGTH - tailLength);
      try {
        init(cipher, Cipher.ENCRYPT_MODE, key, nonce);
        cipher.updateAAD(buffer, aadOffset, aadLength);
        if (tailLength == 0) {
          cipher.doFinal(buffer, offset, headLength, buffer, offset);
        } else {
          int done =
              headLength == 0 ? 0 : cipher.update(buffer, offset, headLength, buffer, offset);
          cipher.doFinal(tail, tailOffset, tailLength, buffer, offset + done);
        }
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("AES-GCM cannot seal", e);
      }
    }
  }

  private record JdkOpener(Cipher cipher, SecretKeySpec key) implements Opener {
    @Override
    public int open(
        byte[] nonce,
        byte[] sealed,
        int aadOffset,
        int aadLength,
        int offset,
        int length,
        byte[] plaintext,
        int plaintextOffset) {
      Objects.checkFromIndexSize(aadOffset, aadLength, sealed.length);
      Objects.checkFromIndexSize(offset, length, sealed.length);
      if (length < TAG_LENGTH) {
        return FORGED;
      }
      int plaintextLength = length - TAG_LENGTH;
      Objects.checkFromIndexSize(plaintextOffset, plaintextLength, plaintext.length);
      try {
        init(cipher, Cipher.DECRYPT_MODE, key, nonce);
        cipher.updateAAD(sealed, aadOffset, aadLength);
        return cipher.doFinal(sealed, offset, length, plaintext, plaintextOffset);
      } catch (AEADBadTagException e) {
        // The JDK decrypts before it knows; nobody may act on what it left behind.
        Arrays.fill(plaintext, plaintextOffset, plaintextOffset + plaintextLength, (byte) 0);
        return FORGED;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("AES-GCM cannot open", e);
      }
    }
  }
}
