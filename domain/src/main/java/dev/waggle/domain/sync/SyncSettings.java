package dev.waggle.domain.sync;

import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.wire.WireMessage;

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
    int most = WireMessage.MAX_LOCATOR - HeaderChain.MAX_LOCATOR; // Each end is in each locator.
    if (maxChains < 1 || maxChains > most || maxHeldBytes < 0) {
      throw new IllegalArgumentException(
          "expected 1 to %d chains, and a number of bytes: %d, %d"
              .formatted(most, maxChains, maxHeldBytes));
    }
  }
}
