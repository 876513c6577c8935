package dev.waggle.domain.relay;

import dev.waggle.domain.neighbour.Neighbour;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whose blocks are passed on before their items were seen. Who makes a header that is good pays for
 * it, but little where difficulty is low; so who brings one whose block then is none, or never
 * comes, is not believed early for a while, and nobody is if that happens often: blocks are only
 * slower then.
 */
final class EarlyTrust {
  /** Blocks at a time that are passed on, and not here yet. */
  static final int MAX_OPEN = 2;

  /** How long a disappointment is remembered. */
  static final Duration REMEMBERED = Duration.ofMinutes(10);

  /** Disappointments within that time after which nobody is believed early. */
  static final int MAX_DISAPPOINTMENTS = 4;

  private final Map<Neighbour, Long> disappointed = new LinkedHashMap<>();

  /**
   * Whether a peer's block may be passed on now.
   *
   * @param open blocks that are passed on, and not here yet
   */
  boolean extendsTo(Neighbour peer, int open, long nowNanos) {
    disappointed.values().removeIf(since -> nowNanos - since >= REMEMBERED.toNanos());
    return open < MAX_OPEN
        && disappointed.size() < MAX_DISAPPOINTMENTS
        && !disappointed.containsKey(peer);
  }

  /** A block that was passed on for a peer was bad, or has not come. */
  void disappointedBy(Neighbour peer, long nowNanos) {
    if (disappointed.size() < MAX_DISAPPOINTMENTS) {
      disappointed.putIfAbsent(peer, nowNanos);
    }
  }
}
