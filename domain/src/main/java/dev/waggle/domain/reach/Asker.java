package dev.waggle.domain.reach;

import dev.waggle.domain.addresses.NetworkGroup;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.wire.DialOutcome;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Has peers dial this node back, at each {@link Candidate} when it is due, and hears what comes of
 * it (PROTOCOL §9.9). Owned by one thread; everything is bounded by the links that the node has
 * dialled.
 */
final class Asker {
  /** Who is asked may take so long to dial back, and to answer. */
  static final Duration AWAITED_FOR = Duration.ofSeconds(60);

  /** Who has refused, or has not answered, is left alone for so long. */
  static final Duration RESTS_FOR = Duration.ofMinutes(5);

  /** A peer has so long to say where it sees this node, which may save a payment. */
  static final Duration OBSERVES_WITHIN = Duration.ofSeconds(5);

  /** What an address is paid for with at which the peer does not see this node. */
  private static final Bytes PAYMENT = Bytes.wrap(new byte[DialBacks.PRICE_BYTES]);

  /** A peer that may be asked. */
  private static final class Askable {
    private final LinkId link;
    private final PeerId peer;
    private final IpEndpoint remote;
    private final NetworkGroup group;
    private final long readyNanos;
    private @Nullable IpAddress seenAt;
    private @Nullable Ask ask;
    private boolean hasConnected; // Since it was asked.
    private boolean rests;
    private long restsUntilNanos;

    Askable(LinkId link, PeerId peer, IpEndpoint remote, long nowNanos) {
      this.link = link;
      this.peer = peer;
      this.remote = remote;
      this.group = NetworkGroup.of(remote);
      this.readyNanos = nowNanos + OBSERVES_WITHIN.toNanos();
    }

    /** Whether it has said where it sees this node, or does not seem to. */
    boolean isReady(long nowNanos) {
      return seenAt != null || nowNanos - readyNanos >= 0;
    }

    boolean hasRested(long nowNanos) {
      return !rests || nowNanos - restsUntilNanos >= 0;
    }

    boolean sees(IpEndpoint endpoint) {
      return endpoint.address().equals(seenAt);
    }

    boolean shares(IpEndpoint endpoint) {
      return remote.address().isIpv4() == endpoint.address().isIpv4();
    }
  }

  private final Candidates candidates;
  private final OwnPort ownPort;
  private final Predicate<IpEndpoint> reaches;
  private final Links links;
  private final Draws draws;
  private final Alarm alarm;
  private final Map<LinkId, Askable> askable = new LinkedHashMap<>();

  Asker(
      Candidates candidates,
      OwnPort ownPort,
      Predicate<IpEndpoint> reaches,
      Links links,
      Draws draws,
      Alarm alarm) {
    this.candidates = candidates;
    this.ownPort = ownPort;
    this.reaches = reaches;
    this.links = links;
    this.draws = draws;
    this.alarm = alarm;
  }

  /** A link is in use now. Whom the node has not dialled itself, it does not ask. */
  void linked(LinkId id, PeerInfo info, IpEndpoint remote, long nowNanos) {
    if (info.direction() == Direction.OUTBOUND
        && info.features().contains(Feature.DIAL_BACK)
        && reaches.test(remote)) {
      Askable peer = new Askable(id, info.id(), remote, nowNanos);
      askable.put(id, peer);
      alarm.by(peer.readyNanos);
    }
  }

  /** What the peer was asked, it has nowhere to answer any more. */
  void unlinked(LinkId id) {
    askable.remove(id);
  }

  /** A peer says where it sees this node. */
  void observed(LinkId id, IpAddress seen) {
    Askable peer = askable.get(id);
    if (peer != null) {
      peer.seenAt = seen;
    }
  }

  /** Whether there is anybody to ask, now or later. */
  boolean canAsk(long nowNanos) {
    return askable.values().stream().anyMatch(peer -> isOutside(peer, nowNanos));
  }

  /** Whether a router that lets this peer in would let in others. */
  private boolean isOutside(Askable peer, long nowNanos) {
    return ownPort.isUntouched(peer.remote, nowNanos);
  }

  // ---- asking

  /** Asks for all that is due. */
  void askDue(long nowNanos) {
    for (Candidate candidate : candidates.all()) {
      if (nowNanos - candidate.dueNanos() < 0) {
        alarm.by(candidate.dueNanos());
        continue;
      }
      Askable peer = choose(candidate, nowNanos);
      if (peer != null) {
        ask(peer, candidate, nowNanos);
      }
    }
  }

  /**
   * One whose group was never asked for this address, or longest ago; of these rather one that need
   * not be paid; else by chance. If none of them is free, the address waits: otherwise two peers
   * who take equally long to answer might each be asked for the same address for ever.
   */
  private @Nullable Askable choose(Candidate candidate, long nowNanos) {
    List<Askable> best = new ArrayList<>();
    for (Askable peer : suitable(candidate, nowNanos)) {
      int order = best.isEmpty() ? -1 : compare(peer, best.getFirst(), candidate);
      if (order < 0) {
        best.clear();
      }
      if (order <= 0) {
        best.add(peer);
      }
    }
    best.removeIf(peer -> peer.ask != null || !isReady(peer, nowNanos));
    return best.isEmpty() ? null : best.get((int) draws.below(best.size()));
  }

  private boolean isReady(Askable peer, long nowNanos) {
    boolean isReady = peer.isReady(nowNanos);
    if (!isReady) {
      alarm.by(peer.readyNanos);
    }
    return isReady;
  }

  private static int compare(Askable one, Askable other, Candidate candidate) {
    int asked = candidate.lastAsked(one.group) - candidate.lastAsked(other.group);
    IpEndpoint endpoint = candidate.endpoint();
    return asked != 0 ? asked : Boolean.compare(other.sees(endpoint), one.sees(endpoint));
  }

  /**
   * Those who can be asked for an address. Who is linked by the other IP version may not have this
   * one, and is asked only where there are too few of the others.
   */
  private List<Askable> suitable(Candidate candidate, long nowNanos) {
    List<Askable> all = new ArrayList<>();
    for (Askable peer : askable.values()) {
      if (!isOutside(peer, nowNanos)) {
        continue;
      }
      if (peer.hasRested(nowNanos)) {
        all.add(peer);
      } else {
        alarm.by(peer.restsUntilNanos);
      }
    }
    List<Askable> alike = new ArrayList<>(all);
    alike.removeIf(peer -> !peer.shares(candidate.endpoint()));
    return groups(alike).size() >= Candidate.GROUPS_FOR_PRIVATE ? alike : all;
  }

  private static Set<NetworkGroup> groups(List<Askable> peers) {
    Set<NetworkGroup> groups = new LinkedHashSet<>();
    peers.forEach(peer -> groups.add(peer.group));
    return groups;
  }

  private void ask(Askable peer, Candidate candidate, long nowNanos) {
    IpEndpoint endpoint = candidate.endpoint();
    long nonce = draws.nextLong();
    Bytes payment = peer.sees(endpoint) ? Bytes.EMPTY : PAYMENT;
    candidate.isAsked(peer.group, draws, nowNanos);
    alarm.by(candidate.dueNanos());
    if (!links.send(peer.link, new WireMessage.DialRequest(endpoint, nonce, payment))) {
      rest(peer, nowNanos); // Its queue is full.
      return;
    }
    peer.hasConnected = false;
    peer.ask = new Ask(endpoint, peer.group, nonce, nowNanos + AWAITED_FOR.toNanos());
    alarm.by(peer.ask.untilNanos());
  }

  private void rest(Askable peer, long nowNanos) {
    peer.ask = null;
    peer.rests = true;
    peer.restsUntilNanos = nowNanos + RESTS_FOR.toNanos();
    alarm.by(peer.restsUntilNanos);
  }

  // ---- what comes back

  /** DialResponse: a peer's word; that it has dialled is shown by nothing but its DialBack. */
  void answered(LinkId id, long nonce, DialOutcome outcome, long nowNanos) {
    Askable peer = askable.get(id);
    if (peer == null || peer.ask == null || peer.ask.nonce() != nonce) {
      return;
    }
    Ask ask = peer.ask;
    switch (outcome) {
      case REACHED -> {} // The DialBack may still be on its way.
      case NOT_REACHED -> {
        peer.ask = null;
        notReached(ask, nowNanos);
      }
      case REFUSED -> refused(peer, ask, nowNanos);
    }
    askDue(nowNanos);
  }

  private void notReached(Ask ask, long nowNanos) {
    Candidate candidate = candidates.find(ask.endpoint());
    if (candidate != null) {
      candidate.notReached(ask.group(), askableGroups(candidate, nowNanos), draws, nowNanos);
      candidates.changed();
    }
  }

  private void refused(Askable peer, Ask ask, long nowNanos) {
    rest(peer, nowNanos);
    Candidate candidate = candidates.find(ask.endpoint());
    if (candidate != null) {
      candidate.wasRefused(nowNanos);
    }
  }

  private Set<NetworkGroup> askableGroups(Candidate candidate, long nowNanos) {
    return groups(suitable(candidate, nowNanos));
  }

  /**
   * A peer has connected: returns what it was asked, if this may be its answer, or null if it is a
   * link like others.
   */
  @Nullable Ask connected(PeerId who, long nowNanos) {
    for (Askable peer : askable.values()) {
      Ask ask = peer.ask;
      if (peer.peer.equals(who)
          && ask != null
          && !peer.hasConnected
          && nowNanos - ask.untilNanos() < 0) {
        peer.hasConnected = true;
        return ask;
      }
    }
    return null;
  }

  /** What was asked has been done, and proven. */
  void dialledBack(Ask ask, long nowNanos) {
    for (Askable peer : askable.values()) {
      if (ask.equals(peer.ask)) {
        peer.ask = null;
      }
    }
    Candidate candidate = candidates.find(ask.endpoint());
    if (candidate != null) {
      candidate.dialledBack(ask.group(), askableGroups(candidate, nowNanos), draws, nowNanos);
      candidates.changed();
    }
    askDue(nowNanos);
  }

  private void timedOut(Askable peer, long nowNanos) {
    Ask ask = peer.ask;
    if (ask == null) {
      return;
    }
    if (nowNanos - ask.untilNanos() >= 0) {
      refused(peer, ask, nowNanos);
    } else {
      alarm.by(ask.untilNanos());
    }
  }

  void timePassed(long nowNanos) {
    askable.values().forEach(peer -> timedOut(peer, nowNanos));
    askDue(nowNanos);
  }
}
