package dev.waggle.ports.crypto;

/** A cryptographic hash function (FIPS 180-4). Safe for use by any thread; its digests are not. */
public interface HashFunction {
  /** The standard's name, for example {@code SHA-256}. */
  String algorithm();

  /** Bytes of a hash. */
  int length();

  Digest digest();

  default byte[] hash(byte[] message) {
    Digest digest = digest();
    digest.update(message, 0, message.length);
    return digest.finish();
  }

  /** A hash being computed; owned by one thread. */
  interface Digest {
    void update(byte[] source, int offset, int length);

    /** The hash of all bytes since the last call; afterwards the digest starts anew. */
    byte[] finish();
  }
}
