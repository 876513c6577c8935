package dev.waggle.domain.reach;

import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Where peers see what leaves this node from the port that it listens at (PROTOCOL §9.9). Called by
 * the node's one thread.
 */
public interface OwnEndpoints {
  /** Nobody has seen anything. */
  OwnEndpoints NONE =
      new OwnEndpoints() {
        @Override
        public @Nullable IpEndpoint forPunching(boolean ipv4) {
          return null;
        }

        @Override
        public RouterBehaviour behaviour(boolean ipv4) {
          return RouterBehaviour.UNKNOWN;
        }

        @Override
        public void punches(IpAddress address, long nowNanos) {}
      };

  /**
   * The endpoint at which peers of two network groups see the listening port, and so will others;
   * null unless the router is {@link RouterBehaviour#ENDPOINT_INDEPENDENT}.
   *
   * @param ipv4 whether that of IPv4 is asked for, else that of IPv6
   */
  @Nullable IpEndpoint forPunching(boolean ipv4);

  /** What the router does with the listening port. */
  RouterBehaviour behaviour(boolean ipv4);

  /**
   * An address is about to be dialled from the listening port: what comes from there afterwards
   * proves nothing about others, so nobody there is asked to dial this node for a while.
   */
  void punches(IpAddress address, long nowNanos);
}
