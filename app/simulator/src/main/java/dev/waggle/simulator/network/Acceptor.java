package dev.waggle.simulator.network;

import org.jspecify.annotations.Nullable;

/** Who takes the connections that a host is dialled for. */
@FunctionalInterface
public interface Acceptor {
  /**
   * A connection stands.
   *
   * @return who serves it, or null if it is to be closed at once
   */
  @Nullable WireListener accept(Host remote);
}
