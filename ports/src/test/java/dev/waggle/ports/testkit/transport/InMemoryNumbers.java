package dev.waggle.ports.testkit.transport;

import dev.waggle.ports.Endpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The connections of an in-memory network, and the dials from a port that listens, by what tells
 * one connection from another: two addresses and two ports. On the network's loop only.
 */
final class InMemoryNumbers {
  /** A connection, or a dial, as one of its two ends sees it. */
  record Side(Endpoint local, Endpoint remote) {
    private Side mirrored() {
      return new Side(/* local= */ remote, /* remote= */ local);
    }
  }

  /** The dial that a side waits for; empty once there is a connection. */
  private final Map<Side, Optional<InMemoryTransport.Attempt>> sides = new HashMap<>();

  /** A dial begins. False if there is a connection or a dial of the same numbers. */
  boolean dial(Side side, InMemoryTransport.Attempt attempt) {
    return sides.putIfAbsent(side, Optional.of(attempt)) == null;
  }

  /** The dial in the opposite direction, or null. */
  InMemoryTransport.Attempt opposite(Side side) {
    return sides.getOrDefault(side.mirrored(), Optional.empty()).orElse(null);
  }

  void opened(Side side) {
    sides.put(side, Optional.empty());
  }

  /** The dial or the connection has ended on this side. */
  void ended(Side side) {
    sides.remove(side);
  }
}
