package dev.waggle.node.runtime;

import dev.waggle.domain.handshake.Role;
import dev.waggle.domain.node.P2PService;
import dev.waggle.domain.peers.DialFailure;
import dev.waggle.domain.punch.Notarization;
import dev.waggle.domain.relay.Reconstruction;
import dev.waggle.domain.session.SessionAgreement;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.transport.CloseReason;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Something for the node thread that is not a message from a peer. */
sealed interface NodeEvent {
  /**
   * A link has shaken hands.
   *
   * @param dialled the address that led to it, or null if only the peer has dialled
   */
  record Established(Link link, SessionAgreement agreement, @Nullable PeerAddress dialled)
      implements NodeEvent {
    PeerInfo info() {
      return new PeerInfo(
          agreement.peer().id(),
          link.connection().remote(),
          link.connection().local(),
          agreement.role() == Role.INITIATOR ? Direction.OUTBOUND : Direction.INBOUND,
          agreement.suite().name(),
          agreement.codec(),
          agreement.features());
    }
  }

  /** An established link is gone. */
  record Closed(Link link, CloseReason why) implements NodeEvent {}

  /** A link takes more again, after it had said that it does not. */
  record Drained(LinkId link) implements NodeEvent {}

  /** A dial led to no link. */
  record DialFailed(PeerAddress address, DialFailure failure) implements NodeEvent {}

  /** A DNS seed has answered. */
  record SeedsFound(String name, List<PeerAddress> addresses) implements NodeEvent {}

  /**
   * A block was put together.
   *
   * @param block null if it could not be
   */
  record Reconstructed(Reconstruction reconstruction, @Nullable Delivery block)
      implements NodeEvent {}

  /** What two peers say through a relay was checked, or signed. */
  record Notarized(Notarization work, dev.waggle.domain.punch.Notarized done)
      implements NodeEvent {}

  /** A router lets others through to the node, or does so for longer. */
  record Mapped(Mapping mapping) implements NodeEvent {}

  /** A router does not do so any more. */
  record MappingLost(Mapping mapping, String why) implements NodeEvent {}

  /** No router does. */
  record MappingFailed(String why) implements NodeEvent {}

  /** The operator wants something. */
  record Wished(BiConsumer<P2PService, Long> wish) implements NodeEvent {}

  /** The node shall say Goodbye to everyone. */
  record Stop() implements NodeEvent {}
}
