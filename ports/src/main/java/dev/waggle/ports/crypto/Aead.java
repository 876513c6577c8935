package dev.waggle.ports.crypto;

/**
 * Authenticated encryption with associated data, over heap arrays.
 *
 * <p>The factory is safe for use by any thread; a {@link Sealer} or {@link Opener} is owned by one
 * thread at a time. Who calls must never use a nonce twice under one key: the record layer counts
 * (PROTOCOL §6.2).
 */
public interface Aead {
  /** The standard's name, for example {@code AES-256-GCM}. */
  String algorithm();

  int keyLength();

  int nonceLength();

  /** How many bytes sealing appends. */
  int tagLength();

  /**
   * A sealer under {@code key}.
   *
   * @param key borrowed, not kept
   * @throws IllegalArgumentException if the key does not have {@link #keyLength} bytes
   */
  Sealer sealer(SecretBytes key);

  /**
   * An opener under {@code key}.
   *
   * @param key borrowed, not kept
   * @throws IllegalArgumentException if the key does not have {@link #keyLength} bytes
   */
  Opener opener(SecretBytes key);

  /** Encrypts under one key. */
  @FunctionalInterface
  interface Sealer {
    /**
     * Encrypts a plaintext whose head lies in {@code buffer} and whose tail lies in another array,
     * so that a large payload is read where it is and never copied. The ciphertext takes the place
     * of the head, goes on behind it, and is followed by the tag.
     *
     * @param nonce borrowed, {@link Aead#nonceLength} bytes, never the same twice
     * @param buffer holds the associated data and the head, and has room for the rest
     * @param offset where the head begins, and the ciphertext
     * @param tail borrowed, not changed; not {@code buffer}
     * @throws IndexOutOfBoundsException if a range does not lie inside its array
     */
    void seal(
        byte[] nonce,
        byte[] buffer,
        int aadOffset,
        int aadLength,
        int offset,
        int headLength,
        byte[] tail,
        int tailOffset,
        int tailLength);

    /** Encrypts a plaintext that lies in {@code buffer} as a whole. */
    default void seal(
        byte[] nonce, byte[] buffer, int aadOffset, int aadLength, int offset, int length) {
      seal(nonce, buffer, aadOffset, aadLength, offset, length, NO_TAIL, 0, 0);
    }

    /** The tail of a plaintext that has none. */
    byte[] NO_TAIL = new byte[0];
  }

  /** Decrypts under one key. */
  @FunctionalInterface
  interface Opener {
    /** What {@link #open} answers to anything that was not sealed under this key and nonce. */
    int FORGED = -1;

    /**
     * Puts the plaintext of what lies in {@code sealed} into another array: the JDK takes three
     * times as long where the two are one, since it must then authenticate before it decrypts.
     *
     * @param nonce borrowed, {@link Aead#nonceLength} bytes
     * @param sealed borrowed, not changed: the associated data, and ciphertext and tag
     * @param length of the ciphertext and its tag
     * @param plaintext takes the plaintext; not {@code sealed}
     * @param plaintextOffset where it begins; nothing outside of its length is touched
     * @return the length of the plaintext, or {@link #FORGED}; after that there are zeros where it
     *     would be
     * @throws IndexOutOfBoundsException if a range does not lie inside its array
     */
    int open(
        byte[] nonce,
        byte[] sealed,
        int aadOffset,
        int aadLength,
        int offset,
        int length,
        byte[] plaintext,
        int plaintextOffset);

    /** Decrypts to the beginning of {@code plaintext}. */
    default int open(
        byte[] nonce,
        byte[] sealed,
        int aadOffset,
        int aadLength,
        int offset,
        int length,
        byte[] plaintext) {
      return open(nonce, sealed, aadOffset, aadLength, offset, length, plaintext, 0);
    }
  }
}
