package dev.waggle.domain.relay;

import java.time.Duration;

/**
 * How blocks are relayed that peers may have most of (PROTOCOL §8.4).
 *
 * @param rankDelay how much later a peer of one rank sends than one of the rank before
 * @param announceDelay after which some of the other peers are told of a block, if they have not
 *     got it by then
 * @param maxOpen blocks that are being put together at a time
 * @param maxOpenBytes of items that were fetched for these
 * @param maxRecent accepted blocks whose items can be asked for
 * @param maxRecentBytes of these
 */
public record RelaySettings(
    Duration rankDelay,
    Duration announceDelay,
    int maxOpen,
    long maxOpenBytes,
    int maxRecent,
    long maxRecentBytes) {

  /** The defaults of PROTOCOL §8.4 and §10. */
  public static final RelaySettings DEFAULTS =
      new RelaySettings(Duration.ofMillis(100), Duration.ofSeconds(2), 16, 16L << 20, 8, 16L << 20);

  public RelaySettings {
    if (rankDelay.isNegative() || announceDelay.isNegative() || maxOpen < 1 || maxRecent < 1) {
      throw new IllegalArgumentException("expected a delay, and room for one block at least");
    }
    if (maxOpenBytes < 0 || maxRecentBytes < 0) {
      throw new IllegalArgumentException("a number of bytes is negative");
    }
  }

  /** The same, but for the memory of blocks that are put together, and of accepted ones. */
  public RelaySettings withMemory(long openBytes, long recentBytes) {
    return new RelaySettings(rankDelay, announceDelay, maxOpen, openBytes, maxRecent, recentBytes);
  }
}
