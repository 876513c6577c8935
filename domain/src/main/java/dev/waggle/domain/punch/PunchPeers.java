package dev.waggle.domain.punch;

import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.wire.WireMessage;

/** The node's peers, as far as punching has to know of them. */
public interface PunchPeers {
  /** Whether there is a link in use, whichever side has dialled. */
  boolean isLinked(PeerId peer);

  /**
   * Whether the node would dial an address that strangers name: the network leads there, it is not
   * the node's own, and neither it nor the peer is banned or shunned.
   */
  boolean mayDial(PeerId peer, IpEndpoint at, long nowNanos);

  /**
   * Queues {@code message} on a link.
   *
   * @return false if the link is not in use or its queue is full; the message is dropped then
   */
  boolean send(LinkId link, WireMessage message);
}
