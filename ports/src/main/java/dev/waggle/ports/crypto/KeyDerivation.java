package dev.waggle.ports.crypto;

/**
 * HKDF (RFC 5869) and the HMAC (RFC 2104) that it is made of, over one hash function.
 *
 * <p>Stateless and safe for use by any thread. Arguments are borrowed, not kept.
 */
public interface KeyDerivation {
  /** Bytes of the underlying hash, of {@link #extract} and of {@link #mac}. */
  int hashLength();

  /** HKDF-Extract (RFC 5869 §2.2). */
  SecretBytes extract(byte[] salt, SecretBytes inputKeyMaterial);

  /**
   * HKDF-Expand (RFC 5869 §2.3).
   *
   * @param length 1 to 255 times {@link #hashLength}
   * @throws IllegalArgumentException if {@code length} is anything else
   */
  SecretBytes expand(SecretBytes pseudorandomKey, byte[] info, int length);

  /** HMAC (RFC 2104). Compare with {@link java.security.MessageDigest#isEqual}. */
  byte[] mac(SecretBytes key, byte[] message);
}
