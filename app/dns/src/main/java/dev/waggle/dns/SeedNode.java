package dev.waggle.dns;

import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * A node as a zone names it.
 *
 * @param peerId who answers there, or null if the zone does not say
 */
public record SeedNode(IpEndpoint endpoint, @Nullable PeerId peerId) {
  PeerAddress address() {
    return new PeerAddress(endpoint.endpoint(), peerId);
  }
}
