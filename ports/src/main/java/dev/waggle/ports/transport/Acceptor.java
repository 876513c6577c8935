package dev.waggle.ports.transport;

import dev.waggle.ports.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Decides about inbound connections. Called by the transport's threads, several at once.
 *
 * <p>If it throws, the connection is closed; if that is an {@link Error}, the transport has failed
 * ({@link Transport#failure}).
 */
@FunctionalInterface
public interface Acceptor {
  /**
   * A peer has connected; nothing has been read from it yet.
   *
   * @param remote where it connects from, an IP literal and a port
   * @return who serves the connection, or null to close it at once
   */
  @Nullable ConnectionListener accept(Endpoint remote);
}
