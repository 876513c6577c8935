package dev.waggle.domain.punch;

import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.punch.Introducers.Introducer;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.operator.ReachStatus;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.MalformedMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hole punching: what a node does to meet others who cannot be dialled either, and to help others
 * do so (PROTOCOL §9.10).
 *
 * <p>Single-threaded. On each link the side that has dialled asks, and the other one relays.
 */
public final class Punching {
  private final boolean traverses;
  private final Outlook outlook;
  private final Relay relay;
  private final Introducers introducers;
  private final Attempts attempts;
  private final Caller caller;
  private final Callee callee;
  private boolean stopped;

  /**
   * Nobody is linked yet.
   *
   * @param traverses whether the node would meet others; if not, it still relays
   * @param notary signs and checks in this node's name
   */
  public Punching(
      PeerId self,
      boolean traverses,
      PunchPeers peers,
      Outlook outlook,
      Links links,
      Notary notary,
      PeerObserver observer,
      Draws draws,
      Alarm alarm) {
    this.traverses = traverses;
    this.outlook = outlook;
    this.relay = new Relay(peers, draws);
    this.introducers = new Introducers(peers, draws, alarm);
    this.attempts = new Attempts(peers, outlook, links, notary, observer, alarm);
    this.caller = new Caller(self, attempts, outlook, draws);
    this.callee = new Callee(self, attempts, outlook);
  }

  /** What was tried, and relayed, since the start. */
  public ReachStatus.Punches counters() {
    return attempts.counters(relay.relayed());
  }

  // ---- links

  /**
   * Whether a link that has just come to be is one between two nodes that cannot be dialled, of
   * which this is one. Asked once; then follows {@link #linked}, or {@link #turnedAway}.
   *
   * @param dialled the address that the node has dialled for it, or null
   */
  public boolean claims(PeerId peer, @Nullable PeerAddress dialled) {
    return attempts.claims(peer, dialled);
  }

  /**
   * A link is in use.
   *
   * @param punched what {@link #claims} has said
   */
  public void linked(LinkId link, PeerInfo info, boolean punched, long nowNanos) {
    if (info.features().contains(Feature.HOLE_PUNCHING)) {
      if (info.direction() == Direction.INBOUND) {
        relay.linked(link, info.id());
      } else if (traverses && !punched) {
        introducers.linked(link);
      }
    }
    attempts.linked(info, punched, nowNanos);
    look(nowNanos);
  }

  /** A link that {@link #claims} has taken was not kept. */
  public void turnedAway(PeerId peer, long nowNanos) {
    if (!stopped) {
      attempts.turnedAway(peer, nowNanos);
    }
  }

  /** A link is gone. */
  public void unlinked(LinkId link, long nowNanos) {
    relay.unlinked(link);
    introducers.unlinked(link);
    attempts.relayLost(link, nowNanos);
  }

  /** The last link with a peer is gone, or about to be. */
  public void departed(PeerId peer, long nowNanos) {
    attempts.departed(peer, nowNanos);
  }

  /** A dial has failed; returns whether it was one of these. */
  public boolean dialFailed(PeerAddress address, long nowNanos) {
    return attempts.dialFailed(address, nowNanos);
  }

  // ---- messages

  /** Somebody asks whom it may meet, or answers that. */
  public void met(LinkId link, List<PeerId> others, long nowNanos) {
    Introducer introducer = introducers.find(link);
    if (introducer == null) {
      relay.asked(link, nowNanos);
    } else if (introducer.takeAnswer() && !stopped) {
      caller.toldOf(link, others, nowNanos);
    }
  }

  /**
   * Something is to be passed on, or was.
   *
   * @param peer to whom, or from whom
   */
  public void relayed(LinkId link, PeerId peer, Bytes body, long nowNanos) {
    Introducer introducer = introducers.find(link);
    if (introducer == null) {
      relay.pass(link, peer, body, nowNanos);
    } else if (!stopped) {
      said(introducer, peer, body, nowNanos);
    }
  }

  private void said(Introducer by, PeerId from, Bytes body, long nowNanos) {
    try {
      switch (PunchMessage.decode(body)) {
        case PunchMessage.Call call -> callee.called(by, from, call, nowNanos);
        case PunchMessage.Answer answer -> caller.answered(by.link(), from, answer, nowNanos);
        case PunchMessage.Go go -> callee.told(by.link(), from, go, nowNanos);
      }
    } catch (MalformedMessage _) {
      // Whoever it is from, the relay could not know: it is passed over.
    }
  }

  /** The notary has done its work. */
  public void notarized(Notarization work, Notarized done, long nowNanos) {
    Punch punch = attempts.notarized(work);
    if (punch == null) {
      return;
    }
    if (punch.state() instanceof Punch.Checking) {
      caller.checked(punch, done, nowNanos);
    } else if (punch.isCaller()) {
      caller.prepared(punch, done, nowNanos);
    } else {
      callee.prepared(punch, done, nowNanos);
    }
  }

  // ---- time

  public void start(long nowNanos) {
    look(nowNanos);
  }

  /** Does what is due by now. */
  public void timePassed(long nowNanos) {
    if (!stopped) {
      attempts.timePassed(nowNanos);
      look(nowNanos);
    }
  }

  private void look(long nowNanos) {
    if (traverses && !stopped) {
      introducers.timePassed(wantsToMeet(), nowNanos);
    }
  }

  private boolean wantsToMeet() {
    return outlook.isPrivate()
        && (outlook.seen(true) != null || outlook.seen(false) != null)
        && attempts.lacksSome();
  }

  /** Meets nobody from now on. */
  public void stop() {
    stopped = true;
    attempts.stop();
  }
}
