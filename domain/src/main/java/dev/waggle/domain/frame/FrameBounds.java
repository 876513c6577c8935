package dev.waggle.domain.frame;

/**
 * How long the content of a frame may be, in bytes (PROTOCOL §5).
 *
 * @param min at least 1, so that every frame says something
 * @param max how much a peer can make us keep before it has completed a frame
 */
public record FrameBounds(int min, int max) {
  /** Bytes of the length before every frame, big-endian. */
  public static final int HEADER_BYTES = 4;

  /** Content bytes of a handshake message at most: three times the largest of any suite. */
  public static final int MAX_HANDSHAKE_BYTES = 16 * 1024;

  /**
   * Plaintext bytes of a record at most: a payload of 64 KiB and what surrounds it, which is sealed
   * while it still lies in the cache.
   */
  public static final int MAX_PLAINTEXT_BYTES = 64 * 1024 + 64;

  /** Bytes that sealing adds to a plaintext, the same in every suite. */
  public static final int TAG_BYTES = 16;

  /** Bytes of the largest frame there is, header and tag included. */
  public static final int MAX_FRAME_BYTES = HEADER_BYTES + MAX_PLAINTEXT_BYTES + TAG_BYTES;

  /** As long as the handshake lasts. */
  public static final FrameBounds HANDSHAKE = new FrameBounds(1, MAX_HANDSHAKE_BYTES);

  /** After the handshake: a record, whose plaintext is empty if it ends its key. */
  public static final FrameBounds RECORD =
      new FrameBounds(TAG_BYTES, MAX_PLAINTEXT_BYTES + TAG_BYTES);

  /** Writes the header of a frame: its length, big-endian, at the start of {@code frame}. */
  public static void putHeader(byte[] frame, int length) {
    frame[0] = (byte) (length >>> 24);
    frame[1] = (byte) (length >>> 16);
    frame[2] = (byte) (length >>> 8);
    frame[3] = (byte) length;
  }

  /** Whether a frame may have this length, read as unsigned. */
  boolean admit(int length) {
    return length >= min && length <= max; // a length beyond 2^31 is negative here
  }
}
