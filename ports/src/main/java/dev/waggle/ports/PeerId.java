package dev.waggle.ports;

/**
 * The name of a node: SHA-256 of its raw ML-DSA public key (PROTOCOL §2.2), 32 bytes.
 *
 * <p>Ordered as an unsigned big-endian number, which decides between simultaneous connections
 * (PROTOCOL §9.3).
 */
public record PeerId(Bytes hash) implements Comparable<PeerId> {
  public static final int LENGTH = 32;

  public PeerId {
    if (hash.length() != LENGTH) {
      throw new IllegalArgumentException("a PeerId has " + LENGTH + " bytes, not " + hash.length());
    }
  }

  /**
   * Parses 64 hexadecimal digits.
   *
   * @throws IllegalArgumentException if {@code hex} is anything else
   */
  public static PeerId ofHex(String hex) {
    return new PeerId(Bytes.ofHex(hex));
  }

  public String hex() {
    return hash.hex();
  }

  /** The first eight hexadecimal digits, for logs and tables. */
  public String shortHex() {
    return hex().substring(0, 8);
  }

  @Override
  public int compareTo(PeerId other) {
    return hash.compareTo(other.hash);
  }

  @Override
  public String toString() {
    return hex();
  }
}
