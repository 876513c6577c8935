package dev.waggle.domain.sync;

/**
 * How much memory the blocks of a chain take, by those that came lately, and so how many of them
 * may be under way: headers do not say.
 */
final class BlockSizes {
  /** Bytes that may be under way, or held, at most. */
  static final long WINDOW_BYTES = 16L << 20;

  /** Blocks that may be. */
  static final int WINDOW_BLOCKS = 2048;

  /** What a block is taken for before one has come. */
  private static final long FIRST_BYTES = 64 * 1024;

  private final long windowBytes;
  private long expectedBytes = FIRST_BYTES;

  /**
   * No block has come.
   *
   * @param maxHeldBytes that all chains together may hold
   */
  BlockSizes(long maxHeldBytes) {
    this.windowBytes = Math.min(WINDOW_BYTES, maxHeldBytes / 2);
  }

  /** A larger one counts at once, smaller ones by and by. */
  void came(long bytes) {
    expectedBytes = bytes > expectedBytes ? bytes : expectedBytes - (expectedBytes - bytes) / 16;
  }

  /** How many blocks may be under way, or held: one at least. */
  int window() {
    return Math.clamp(windowBytes / Math.max(1, expectedBytes), 1, WINDOW_BLOCKS);
  }
}
