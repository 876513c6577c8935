package dev.waggle.domain.punch;

import dev.waggle.domain.punch.Punch.Role;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.operator.ReachStatus;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a node, those that it was called for included, and the links that have come of them:
 * when both dial, how often, and what becomes of it (PROTOCOL §9.10). What is said before that is
 * up to {@link Caller} and {@link Callee}.
 */
final class Attempts {
  /** Links that the node has called for, and as many for which it was called. */
  static final int PLACES = 4;

  /** Works of the notary that are open: one for each call under way. */
  static final int MAX_WORKS = 2 * PLACES;

  /** For an answer to a call, and for each word to go. */
  static final Duration AWAITS = Duration.ofSeconds(10);

  /** A call ends after so long, whatever it waits for. */
  static final Duration LASTS = Duration.ofSeconds(60);

  /** From the failure of a dial until the next try. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  /** The last dial of the other side may become a link so long after the own one has failed. */
  static final Duration LINGERS = Duration.ofSeconds(5);

  private final PunchPeers peers;
  private final Outlook outlook;
  private final Links links;
  private final Notary notary;
  private final PeerObserver observer;
  private final Alarm alarm;
  private final Map<PeerId, Punch> open = new LinkedHashMap<>();
  private final Map<PeerAddress, Punch> dials = new LinkedHashMap<>();
  private final LeftAlone leftAlone = new LeftAlone();
  private int works;
  private long begun;
  private long linked;
  private long failed;

  Attempts(
      PunchPeers peers,
      Outlook outlook,
      Links links,
      Notary notary,
      PeerObserver observer,
      Alarm alarm) {
    this.peers = peers;
    this.outlook = outlook;
    this.links = links;
    this.notary = notary;
    this.observer = observer;
    this.alarm = alarm;
  }

  ReachStatus.Punches counters(long relayed) {
    return new ReachStatus.Punches(begun, linked, failed, relayed);
  }

  // ---- who may be called, or call

  @Nullable Punch find(PeerId peer) {
    return open.get(peer);
  }

  /** Whether a peer may be called, as far as it is up to that peer. */
  boolean mayCall(PeerId peer, long nowNanos) {
    return !open.containsKey(peer)
        && !leftAlone.isNotCalled(peer, nowNanos)
        && mayMeet(peer, nowNanos);
  }

  /** Whether there may be a link with a peer, whoever calls. */
  boolean mayMeet(PeerId peer, long nowNanos) {
    for (Punch dialled : dials.values()) {
      if (dialled.peer().equals(peer)) {
        return false; // It is not over yet.
      }
    }
    return !peers.isLinked(peer) && !leftAlone.contains(peer, nowNanos);
  }

  /**
   * Whether a peer may be dialled there: at the word of strangers, and each machine for one call.
   */
  boolean mayDial(PeerId peer, IpEndpoint at, long nowNanos) {
    for (Punch each : open.values()) {
      Terms theirs = each.theirs();
      boolean isOther = !each.peer().equals(peer);
      if (isOther && theirs != null && LeftAlone.shareMachine(theirs.endpoint(), at)) {
        return false;
      }
    }
    return !leftAlone.contains(at, nowNanos) && peers.mayDial(peer, at, nowNanos);
  }

  /** Whether one more call, or link, has a place. */
  boolean hasPlace(Role role) {
    int taken = 0;
    for (Punch each : open.values()) {
      taken += each.role() == role ? 1 : 0;
    }
    return taken < PLACES && works < MAX_WORKS;
  }

  /** Whether links are missing, those under way not counted. */
  boolean lacksSome() {
    int called = 0;
    int answered = 0;
    for (Punch each : open.values()) {
      if (each.isLinked()) {
        called += each.isCaller() ? 1 : 0;
        answered += each.isCaller() ? 0 : 1;
      }
    }
    return called < PLACES || answered < PLACES;
  }

  // ---- from the call until both go

  /** Takes up a call, instead of one with the same peer if there is one. */
  void begin(Punch punch, Notarization work) {
    open.put(punch.peer(), punch);
    notarize(work);
    alarm.by(punch.begunNanos() + LASTS.toNanos());
  }

  /** Has something signed, or checked, for a call. */
  void notarize(Notarization work) {
    works++;
    notary.notarize(work);
  }

  /** The notary has done its work; returns the call that waits for it, or null if that is over. */
  @Nullable Punch notarized(Notarization work) {
    works--;
    for (Punch each : open.values()) {
      if (each.work() == work) {
        return each;
      }
    }
    return null;
  }

  void countBegun() {
    begun++;
  }

  /** Says something to the peer of a call; if that cannot be, it has failed. */
  boolean say(Punch punch, Bytes body, long nowNanos) {
    if (!peers.send(punch.relay(), new WireMessage.Relayed(punch.peer(), body))) {
      fail(punch, Failure.RELAY_GONE, nowNanos);
      return false;
    }
    return true;
  }

  void wakeBy(long deadlineNanos) {
    alarm.by(deadlineNanos);
  }

  /** Whether both know that dialling is in vain: then it has failed. */
  boolean isHopeless(Punch punch, long nowNanos) {
    Terms theirs = punch.theirs();
    boolean hopeless =
        theirs != null
            && theirs.mapping() == EndpointMapping.DEPENDENT
            && punch.ours().mapping() == EndpointMapping.DEPENDENT;
    if (hopeless) {
      fail(punch, Failure.BOTH_DEPENDENT, nowNanos);
    }
    return hopeless;
  }

  /** The caller says that both go, and does when that should have arrived. */
  void go(Punch punch, long nowNanos) {
    PunchMessage.Go word = new PunchMessage.Go(punch.nonce(), punch.tries() + 1);
    if (say(punch, PunchMessage.encode(word), nowNanos)) {
      punch.starting(nowNanos);
      timePassed(punch, nowNanos);
    }
  }

  /** Both go. */
  void dial(Punch punch, long nowNanos) {
    IpEndpoint at = punch.peerEndpoint();
    PeerAddress address = new PeerAddress(at.endpoint(), punch.peer());
    outlook.dials(at, nowNanos);
    punch.dialling();
    dials.put(address, punch);
    links.dial(address, DialWay.PUNCH);
  }

  // ---- what becomes of it

  /**
   * A dial has failed; returns whether it was one of these.
   *
   * @param dialled the address
   */
  boolean dialFailed(PeerAddress dialled, long nowNanos) {
    Punch punch = dials.remove(dialled);
    if (punch == null) {
      return false;
    }
    if (open.get(punch.peer()) != punch || !(punch.state() instanceof Punch.Dialling)) {
      return true; // The other side's has become a link meanwhile.
    }
    boolean isLate = nowNanos - punch.begunNanos() >= LASTS.toNanos();
    if (punch.takeNext()) {
      dial(punch, nowNanos);
    } else if (punch.tries() >= PunchMessage.MAX_TRIES || isLate) {
      punch.lingering(nowNanos + LINGERS.toNanos());
    } else if (punch.isCaller()) {
      punch.pausing(nowNanos + PAUSE.toNanos());
    } else {
      punch.ready(nowNanos + AWAITS.toNanos());
    }
    timePassed(punch, nowNanos);
    return true;
  }

  /**
   * Whether a link that has just come to be is one of these.
   *
   * @param dialled the address that the node has dialled for it, or null
   */
  boolean claims(PeerId peer, @Nullable PeerAddress dialled) {
    if (dialled == null) {
      Punch punch = open.get(peer);
      return punch != null && punch.takeIncoming();
    }
    Punch punch = dials.remove(dialled);
    if (punch != null) {
      open.putIfAbsent(peer, punch); // It may have failed, or its first link be gone, meanwhile.
    }
    return punch != null;
  }

  /** A link with a peer is in use. */
  void linked(PeerInfo info, boolean punched, long nowNanos) {
    Punch punch = open.get(info.id());
    if (punch == null || punch.isLinked()) {
      return;
    }
    if (punched) {
      punch.linked(nowNanos);
      linked++;
      observer.punched(info, punch.tries());
    } else {
      open.remove(info.id()); // There is no need for it any more.
    }
  }

  /** A link that {@link #claims} has taken was not kept. */
  void turnedAway(PeerId peer, long nowNanos) {
    Punch punch = open.get(peer);
    if (punch == null || punch.isLinked()) {
      return;
    }
    if (peers.isLinked(peer)) {
      drop(punch); // One link is enough.
    } else {
      fail(punch, Failure.TURNED_AWAY, nowNanos);
    }
  }

  /** The last link with a peer has ended. */
  void departed(PeerId peer, long nowNanos) {
    Punch punch = open.get(peer);
    if (punch != null && punch.state() instanceof Punch.Linked(long sinceNanos)) {
      open.remove(peer);
      if (nowNanos - sinceNanos < Rests.FIRST.toNanos()) {
        leftAlone.lost(peer, nowNanos);
      }
    }
  }

  /** A relay's link has ended: what still has to be said cannot be. */
  void relayLost(LinkId relay, long nowNanos) {
    for (Punch punch : new ArrayList<>(open.values())) {
      if (punch.relay().equals(relay)) {
        switch (punch.state()) {
          case Punch.Preparing _,
              Punch.Calling _,
              Punch.Checking _,
              Punch.Ready _,
              Punch.Pausing _ ->
              fail(punch, Failure.RELAY_GONE, nowNanos);
          case Punch.Starting _, Punch.Dialling _, Punch.Lingering _, Punch.Linked _ -> {}
        }
      }
    }
  }

  /** Forgets a call that is of no use, or of which nobody else has heard. */
  void drop(Punch punch) {
    open.remove(punch.peer(), punch);
  }

  /** Nothing comes of it. */
  void fail(Punch punch, Failure why, long nowNanos) {
    open.remove(punch.peer(), punch);
    failed++;
    leftAlone.failed(punch, why, nowNanos);
    observer.punchFailed(punch.peer(), why.words(punch));
  }

  /** Nobody hears any more of what is under way. */
  void stop() {
    open.clear();
  }

  // ---- time

  void timePassed(long nowNanos) {
    List<Punch> all = new ArrayList<>(open.values());
    for (Punch punch : all) {
      timePassed(punch, nowNanos);
    }
  }

  private void timePassed(Punch punch, long nowNanos) {
    switch (punch.state()) {
      case Punch.Preparing _, Punch.Checking _ -> {
        if (isDue(punch.begunNanos() + LASTS.toNanos(), nowNanos)) {
          fail(punch, Failure.TOO_LATE, nowNanos);
        }
      }
      case Punch.Calling(long sentNanos) -> {
        if (isDue(sentNanos + AWAITS.toNanos(), nowNanos)) {
          fail(punch, Failure.NO_ANSWER, nowNanos);
        }
      }
      case Punch.Ready(long untilNanos) -> {
        if (isDue(untilNanos, nowNanos)) {
          boolean hasTried = punch.tries() > 0;
          fail(punch, hasTried ? Failure.NO_CONNECTION : Failure.NO_GO, nowNanos);
        }
      }
      case Punch.Starting(long dialNanos) -> {
        if (isDue(dialNanos, nowNanos)) {
          dial(punch, nowNanos);
        }
      }
      case Punch.Pausing(long untilNanos) -> {
        if (isDue(untilNanos, nowNanos)) {
          go(punch, nowNanos);
        }
      }
      case Punch.Lingering(long untilNanos) -> {
        if (isDue(untilNanos, nowNanos)) {
          fail(punch, Failure.NO_CONNECTION, nowNanos);
        }
      }
      case Punch.Dialling _, Punch.Linked _ -> {}
    }
  }

  private boolean isDue(long deadlineNanos, long nowNanos) {
    boolean due = nowNanos - deadlineNanos >= 0;
    if (!due) {
      alarm.by(deadlineNanos);
    }
    return due;
  }
}
