package dev.waggle.crypto;

import dev.waggle.ports.Bytes;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The envelope in which the JDK takes and gives public keys: a SubjectPublicKeyInfo (RFC 5280
 * §4.1.2.7) of one algorithm.
 *
 * <p>Algorithm and key length are fixed, so all of its DER but the key is a constant that stands in
 * front of the key (RFC 9935, RFC 9881, RFC 8410).
 */
final class PublicKeyInfo {
  private final byte[] prefix;
  private final int keyLength;

  private PublicKeyInfo(byte[] prefix, int keyLength) {
    this.prefix = prefix;
    this.keyLength = keyLength;
  }

  static PublicKeyInfo withPrefix(String hex, int keyLength) {
    return new PublicKeyInfo(HexFormat.of().parseHex(hex), keyLength);
  }

  /** Wraps a raw key of the right length. */
  X509EncodedKeySpec wrap(byte[] key) {
    byte[] encoded = Arrays.copyOf(prefix, prefix.length + keyLength);
    System.arraycopy(key, 0, encoded, prefix.length, keyLength);
    return new X509EncodedKeySpec(encoded);
  }

  /**
   * The raw bytes of a key that the JDK made.
   *
   * @throws IllegalStateException if the JDK encodes it otherwise than the RFCs say
   */
  Bytes unwrap(PublicKey key) {
    byte[] encoded = key.getEncoded();
    if (encoded.length != prefix.length + keyLength
        || !Arrays.equals(encoded, 0, prefix.length, prefix, 0, prefix.length)) {
      throw new IllegalStateException("unexpected encoding of a " + key.getAlgorithm() + " key");
    }
    return Bytes.copyOf(encoded, prefix.length, keyLength);
  }
}
