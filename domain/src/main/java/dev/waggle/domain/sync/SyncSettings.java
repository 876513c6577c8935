package dev.waggle.domain.sync;

/**
 * What a node that catches up holds at most (PROTOCOL §8.6).
 *
 * @param maxChains chains of headers that are followed at a time
 * @param maxHeldBytes of blocks that have come before the ones that they follow
 */
public record SyncSettings(int maxChains, long maxHeldBytes) {
  /** The defaults of PROTOCOL §8.6 and §10. */
  public static final SyncSettings DEFAULTS = new SyncSettings(4, 32L << 20);

  public SyncSettings {
    if (maxChains < 1 || maxHeldBytes < 0) {
      throw new IllegalArgumentException(
          "expected one chain at least, and a number of bytes: " + maxChains + ", " + maxHeldBytes);
    }
  }
}
