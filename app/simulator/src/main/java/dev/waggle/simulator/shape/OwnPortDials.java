package dev.waggle.simulator.shape;

import dev.waggle.simulator.network.Host;
import java.util.HashMap;
import java.util.Map;

/**
 * What the hosts of a {@link ShapedNetwork} dial from the ports that they listen at.
 *
 * <p>If two dialled each other at the same moment, their sockets could become one connection of two
 * diallers (simultaneous open), and neither would find the other's at the {@link ListeningPost}. So
 * the later of the two fails, as it does if the earlier one's connection stands already.
 *
 * <p>Guarded by the lock of the {@link LiveTimeline}.
 */
final class OwnPortDials {
  /** From one port to another. */
  record Way(Host from, int fromPort, Host to, int toPort) {
    private Way back() {
      return new Way(to, toPort, from, fromPort);
    }
  }

  private final Map<Way, Outgoing> dials = new HashMap<>();

  /** A dial is to begin; false if it must not, for the other side has dialled. */
  boolean begin(Way way, Outgoing dial) {
    if (dials.containsKey(way.back())) {
      return false;
    }
    dials.putIfAbsent(way, dial);
    return true;
  }

  /** A dial has ended, or its connection. */
  void ended(ShapedConnection dial) {
    dials.values().removeIf(dial::equals);
  }
}
