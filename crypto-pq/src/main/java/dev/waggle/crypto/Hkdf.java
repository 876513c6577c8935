package dev.waggle.crypto;

import dev.waggle.ports.crypto.KeyDerivation;
import dev.waggle.ports.crypto.SecretBytes;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;

/**
 * HKDF (RFC 5869) over the HMAC (RFC 2104) of the JDK.
 *
 * <p>The JDK's own HKDF ({@link javax.crypto.KDF}, JEP 510) takes 1.2 times as long with SHA-384
 * and 1.4 times with SHA-256 ({@code KeyDerivationBenchmark}), since it searches all providers for
 * each HMAC, and it leaves a copy of every pseudorandom key behind that nobody can wipe.
 */
final class Hkdf implements KeyDerivation {
  /** RFC 5869 §2.3: the counter of blocks is one byte. */
  private static final int MAX_BLOCKS = 255;

  private final String algorithm;

  /** Found once: to search all providers for each HMAC takes longer than the HMAC. */
  private final Provider provider;

  private final int hashLength;

  /**
   * @param algorithm the HMAC, for example {@code HmacSHA256}
   */
  Hkdf(String algorithm) {
    this.algorithm = algorithm;
    try {
      Mac mac = Mac.getInstance(algorithm);
      this.provider = mac.getProvider();
      this.hashLength = mac.getMacLength();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java lacks " + algorithm, e);
    }
  }

  @Override
  public int hashLength() {
    return hashLength;
  }

  @Override
  public SecretBytes extract(byte[] salt, SecretBytes inputKeyMaterial) {
    return SecretBytes.wrap(hmac(SecretBytes.wrap(salt)).doFinal(inputKeyMaterial.borrowArray()));
  }

  @Override
  public SecretBytes expand(SecretBytes pseudorandomKey, byte[] info, int length) {
    if (length < 1 || length > MAX_BLOCKS * hashLength) {
      throw new IllegalArgumentException("HKDF cannot expand to " + length + " bytes");
    }
    int blocks = Math.ceilDiv(length, hashLength);
    byte[] output = new byte[blocks * hashLength];
    Mac hmac = hmac(pseudorandomKey);
    try {
      for (int block = 0; block < blocks; block++) {
        int offset = block * hashLength;
        if (block > 0) {
          hmac.update(output, offset - hashLength, hashLength);
        }
        hmac.update(info);
        hmac.update((byte) (block + 1));
        hmac.doFinal(output, offset);
      }
    } catch (ShortBufferException e) {
      throw new IllegalStateException("the output was sized for whole blocks", e);
    }
    return trimmed(output, length);
  }

  private static SecretBytes trimmed(byte[] output, int length) {
    if (output.length == length) {
      return SecretBytes.wrap(output);
    }
    SecretBytes trimmed = SecretBytes.copyOf(output, 0, length);
    Arrays.fill(output, (byte) 0);
    return trimmed;
  }

  @Override
  public byte[] mac(SecretBytes key, byte[] message) {
    return hmac(key).doFinal(message);
  }

  /** A new one for each call: that costs a microsecond, and nothing secret lingers in a cache. */
  private Mac hmac(SecretBytes key) {
    try {
      Mac mac = Mac.getInstance(algorithm, provider);
      mac.init(new LentKey(key));
      return mac;
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("HMAC takes keys of any length", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(provider + " has lost " + algorithm, e);
    }
  }

  /** A secret as the JDK takes it: what an HMAC asks for it wipes, and no other copy is made. */
  private record LentKey(SecretBytes secret) implements SecretKey {
    @Override
    public String getAlgorithm() {
      return "Generic";
    }

    @Override
    public String getFormat() {
      return "RAW";
    }

    @Override
    public byte[] getEncoded() {
      return secret.borrowArray().clone();
    }
  }
}
