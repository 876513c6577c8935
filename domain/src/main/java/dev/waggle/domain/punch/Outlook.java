package dev.waggle.domain.punch;

import dev.waggle.ports.IpEndpoint;
import org.jspecify.annotations.Nullable;

/** What a node knows of how others see it (PROTOCOL §9.9). Asked by the node's one thread. */
public interface Outlook {
  /**
   * Where a node is seen that dials from the port at which it listens.
   *
   * @param endpoint from elsewhere
   * @param mapping how the router makes it of the port
   */
  record Seen(IpEndpoint endpoint, EndpointMapping mapping) {}

  /** Whether nobody can dial this node, as far as it knows. */
  boolean isPrivate();

  /** Where others see this node, by IPv4 or by IPv6; null if it does not know. */
  @Nullable Seen seen(boolean ipv4);

  /**
   * The node is about to dial an endpoint from the port at which it listens: what comes from there
   * afterwards shows nobody that others can dial this node.
   */
  void dials(IpEndpoint endpoint, long nowNanos);
}
