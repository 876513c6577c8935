package dev.waggle.domain.peers;

import dev.waggle.domain.admission.Origin;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.wire.GoodbyeReason;
import org.jspecify.annotations.Nullable;

/**
 * One established link, from the handshake until the link-closed event.
 *
 * <pre>
 * Active  --leave--> Leaving   we said Goodbye(DUPLICATE); what is under way to us is still heard
 * Active  --close--> Closing   we asked for the close; nothing is heard any more
 * Leaving --close--> Closing   the peer has not closed in time
 * </pre>
 */
final class PeerLink {
  /** Where a link stands. */
  sealed interface State {}

  /** In use. */
  record Active() implements State {}

  /** Taken leave of: nothing is sent, and the peer shall close it before this time. */
  record Leaving(long untilNanos) implements State {}

  /** About to be gone. */
  record Closing() implements State {}

  private final LinkId id;
  private final Peer peer;
  private final PeerInfo info;
  private final Purpose purpose;
  private final long sinceNanos;
  private final Heartbeat heartbeat;
  private final Origin origin;
  private State state = new Active();
  private boolean admitted;
  private @Nullable GoodbyeReason goodbye;

  PeerLink(LinkId id, Peer peer, PeerInfo info, Purpose purpose, long nowNanos) {
    this.id = id;
    this.peer = peer;
    this.info = info;
    this.purpose = purpose;
    this.sinceNanos = nowNanos;
    this.heartbeat = new Heartbeat(nowNanos);
    this.origin = Origin.of(info.remote());
  }

  LinkId id() {
    return id;
  }

  Peer peer() {
    return peer;
  }

  PeerInfo info() {
    return info;
  }

  /** What it was for at first: one that a node has chosen may be kept later on. */
  Purpose purpose() {
    return purpose;
  }

  boolean isOutbound() {
    return info.direction() == Direction.OUTBOUND;
  }

  /**
   * Whether the node has chosen the peer itself, and dialled it. A link that both have dialled
   * counts as neither's choice, whoever has become the initiator: the peer can decide that
   * (PROTOCOL §4.8), and a relay has named it.
   */
  boolean isChosen() {
    return isOutbound() && purpose != Purpose.PUNCHED;
  }

  /** Whether it takes a place that strangers may have: the node has not wanted it. */
  boolean isStrangers() {
    return purpose == Purpose.ACCEPTED;
  }

  long sinceNanos() {
    return sinceNanos;
  }

  Heartbeat heartbeat() {
    return heartbeat;
  }

  Origin origin() {
    return origin;
  }

  State state() {
    return state;
  }

  boolean isActive() {
    return state instanceof Active;
  }

  /** Whether the link was ever in use, and the observer heard of it. */
  boolean isAdmitted() {
    return admitted;
  }

  void admit() {
    admitted = true;
  }

  void leave(long untilNanos) {
    state =
        switch (state) {
          case Active _ -> new Leaving(untilNanos);
          case Leaving _, Closing _ -> throw new IllegalStateException("leave while " + state);
        };
  }

  void close() {
    state =
        switch (state) {
          case Active _, Leaving _ -> new Closing();
          case Closing _ -> throw new IllegalStateException("close while " + state);
        };
  }

  /** What the peer said when it took its leave, or null. */
  @Nullable GoodbyeReason goodbye() {
    return goodbye;
  }

  void goodbye(GoodbyeReason reason) {
    goodbye = reason;
  }
}
