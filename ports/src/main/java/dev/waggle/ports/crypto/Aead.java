package dev.waggle.ports.crypto;

/**
 * Authenticated encryption with associated data, over heap arrays and in place.
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
  interface Sealer {
    /**
     * Replaces the plaintext by its ciphertext, where it lies, and writes the tag behind it.
     *
     * @param nonce borrowed, {@link Aead#nonceLength} bytes, never the same twice
     * @param buffer holds the associated data and the plaintext, and has room for the tag behind it
     * @throws IndexOutOfBoundsException if a range does not lie inside the buffer
     */
    void seal(byte[] nonce, byte[] buffer, int aadOffset, int aadLength, int offset, int length);
  }

  /** Decrypts under one key. */
  interface Opener {
    /** What {@link #open} answers to anything that was not sealed under this key and nonce. */
    int FORGED = -1;

    /**
     * Replaces ciphertext and tag by the plaintext, where they lie.
     *
     * @param nonce borrowed, {@link Aead#nonceLength} bytes
     * @param length of the ciphertext and its tag
     * @return the length of the plaintext, or {@link #FORGED}; after that the range holds nothing
     *     of use
     * @throws IndexOutOfBoundsException if a range does not lie inside the buffer
     */
    int open(byte[] nonce, byte[] buffer, int aadOffset, int aadLength, int offset, int length);
  }
}
