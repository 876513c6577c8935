package dev.waggle.domain.punch;

import dev.waggle.domain.admission.Origin;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * Whom calls have failed with, and at which machines: identities are free, so a relay could make up
 * a new one for each call, and have the same victim dialled.
 */
final class LeftAlone {
  /** Who has not answered, or not well: it may still call. */
  private final Rests<PeerId> uncalled = new Rests<>();

  /** With whom both have dialled in vain: the peer leaves this node alone for as long. */
  private final Rests<PeerId> peers = new Rests<>();

  private final Rests<IpAddress> machines = new Rests<>();

  boolean contains(PeerId peer, long nowNanos) {
    return peers.contains(peer, nowNanos);
  }

  /** Whether a peer is not called, though it may call. */
  boolean isNotCalled(PeerId peer, long nowNanos) {
    return uncalled.contains(peer, nowNanos);
  }

  boolean contains(IpEndpoint endpoint, long nowNanos) {
    IpAddress machine = machine(endpoint);
    return machine != null && machines.contains(machine, nowNanos);
  }

  /** Whether one machine may be at both; nothing is known of what is on this one. */
  static boolean shareMachine(IpEndpoint one, IpEndpoint other) {
    IpAddress machine = machine(one);
    return machine != null && machine.equals(machine(other));
  }

  /** What stands for one machine; null if it is this one, on which a test network may run. */
  private static @Nullable IpAddress machine(IpEndpoint endpoint) {
    return Origin.of(endpoint.endpoint()).machine();
  }

  void failed(Punch punch, Failure why, long nowNanos) {
    switch (why.rest()) {
      case NONE -> {}
      case ONCE -> uncalled.once(punch.peer(), nowNanos);
      case LONGER_EACH_TIME -> peers.failed(punch.peer(), nowNanos);
    }
    Terms theirs = punch.theirs();
    IpAddress machine = theirs == null ? null : machine(theirs.endpoint());
    if (machine != null && punch.tries() > 0) {
      machines.failed(machine, nowNanos);
    }
  }

  /** A link has ended that did not stand for long. */
  void lost(PeerId peer, long nowNanos) {
    peers.failed(peer, nowNanos);
  }
}
