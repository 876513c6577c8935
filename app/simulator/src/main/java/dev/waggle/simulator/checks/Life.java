package dev.waggle.simulator.checks;

import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.domain.node.P2PSettings;
import dev.waggle.domain.peers.PeerSettings;
import dev.waggle.domain.peers.PeerStatus;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.operator.Excess;
import dev.waggle.ports.operator.GossipCounters;
import dev.waggle.ports.operator.SyncCounters;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.simulator.node.LinkEnd;
import dev.waggle.simulator.node.NodeMemory;
import dev.waggle.simulator.node.NodeSettings;
import dev.waggle.simulator.node.RunningNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a node from its start to its end, and what must be true of it by itself.
 * Times are those of the run.
 */
final class Life {
  /** The first wait after a failure, of which the later half is random (PROTOCOL §9.1). */
  private static final Duration LEAST_BACKOFF = Duration.ofMillis(250);

  /** Five invalid messages in so short a time are more than what bans, whatever has faded. */
  private static final int MAX_INVALID = 5;

  private static final Duration FADING = Duration.ofSeconds(100);
  private static final Duration BAN = Duration.ofMinutes(10);

  /** A connection's handshake, from the dial on, is over by then: 10 s each, and a farewell. */
  private static final Duration MAX_HANDSHAKE = Duration.ofSeconds(30);

  /** A connection that is gone is forgotten as soon as what it has brought is done. */
  private static final Duration MAX_FAREWELL = Duration.ofSeconds(10);

  /** How late a free node may look at a silent link. */
  private static final Duration LATENESS = Duration.ofSeconds(5);

  /** Messages that are missing although nobody is left who should have them (PROTOCOL §8.2). */
  private static final int MAX_HOMELESS = 64;

  /** What one record of the shortest messages weighs: it is handed over whole. */
  private static final long RECORD_WEIGHT = 1024 * 1024;

  /** What a link may have beside its share of the queues: 64 heartbeats. */
  private static final long HEARTBEATS_WEIGHT = 64 * 128;

  /** Links by which a node looks for others: to seeds, feelers, one that wanders and a guard. */
  private static final int MAX_SEEKING = 8;

  /** Links with others that nobody can dial, whoever has called (PROTOCOL §9.10). */
  private static final int MAX_PUNCHED = 8;

  /** Events at one moment that cannot be the consequences of one. */
  private static final int MAX_AT_ONCE = 20_000;

  /** When a message was judged for good, and the how-manieth that was. */
  private record Judged(long nanos, long number) {}

  private record Departure(long nanos, int node) {}

  private final RunningNode node;
  private final long startedNanos;
  private final Map<MessageId, Judged> judged = new HashMap<>();
  private final Map<MessageId, Long> accepted = new HashMap<>();
  private final Map<Integer, Long> dialled = new HashMap<>();
  private final Map<PeerId, ArrayDeque<Long>> invalid = new HashMap<>();
  private final Map<PeerId, Long> banned = new HashMap<>();
  private final Map<LinkEnd, Long> shakingSince = new HashMap<>();
  private final Map<LinkEnd, Long> goneSince = new HashMap<>();
  private final ArrayDeque<Departure> departures = new ArrayDeque<>();
  private @Nullable MessageId tip;
  private long work;
  private long momentNanos;
  private int atThisMoment;

  Life(RunningNode node, long nowNanos) {
    this.node = node;
    this.startedNanos = nowNanos;
  }

  RunningNode node() {
    return node;
  }

  long startedNanos() {
    return startedNanos;
  }

  private InvariantViolated violated(Invariant what, long nanos, String words) {
    return new InvariantViolated(what, node.number(), nanos, words);
  }

  // ---- messages

  void judged(MessageId id, boolean isFinal, long nowNanos) {
    GossipSettings settings = node.service().settings().gossip();
    Judged before = judged.get(id);
    if (before != null
        && nowNanos - before.nanos < settings.seenMaxAge().toNanos()
        && judged.size() - before.number < settings.seenMaxCount()) {
      throw violated(
          Invariant.JUDGED_ONCE, nowNanos, id + " is judged again after " + before.nanos + " ns");
    }
    if (isFinal) {
      judged.put(id, new Judged(nowNanos, judged.size()));
    }
  }

  boolean hadJudged(MessageId id, long nanos) {
    Judged found = judged.get(id);
    return found != null && found.nanos <= nanos;
  }

  void accepted(MessageId id, long nowNanos) {
    if (accepted.put(id, nowNanos) != null) {
      throw violated(Invariant.DELIVERED_ONCE, nowNanos, id + " is delivered again");
    }
  }

  void rejected(PeerId from, long nowNanos) {
    ArrayDeque<Long> times = invalid.computeIfAbsent(from, _ -> new ArrayDeque<>());
    times.add(nowNanos);
    while (nowNanos - times.peek() > FADING.toNanos()) {
      times.remove();
    }
    if (times.size() >= MAX_INVALID) {
      banned.put(from, times.peek() + BAN.toNanos());
    }
  }

  // ---- links

  void dialled(int target, long nowNanos) {
    Long before = dialled.put(target, nowNanos);
    if (before != null && nowNanos - before < LEAST_BACKOFF.toNanos()) {
      throw violated(
          Invariant.BACKS_OFF,
          nowNanos,
          "node " + target + " is dialled again after " + (nowNanos - before) + " ns");
    }
  }

  void departed(int peer, long nowNanos) {
    departures.add(new Departure(nowNanos, peer));
  }

  /** How many links were lost since then. */
  int departuresSince(long nanos) {
    while (!departures.isEmpty() && departures.peek().nanos < nanos) {
      departures.remove();
    }
    return departures.size();
  }

  // ---- after each event

  /**
   * Looks at everything.
   *
   * @param busy whether it may be late with all that it does
   */
  void check(@Nullable MessageId newTip, long newWork, boolean busy, long nowNanos) {
    checkTime(nowNanos);
    checkTip(newTip, newWork, nowNanos);
    List<PeerStatus> peers = node.peers();
    checkPeers(peers, busy, nowNanos);
    checkEnds(busy, nowNanos);
    checkBounds(peers, nowNanos);
  }

  private void checkTime(long nowNanos) {
    atThisMoment = nowNanos == momentNanos ? atThisMoment + 1 : 0;
    momentNanos = nowNanos;
    if (atThisMoment > MAX_AT_ONCE) {
      throw violated(Invariant.MOVES_ON, nowNanos, "events cause each other for ever");
    }
    long clock = node.nowNanos();
    long delay = Math.max(0, node.service().nextWakeNanos(clock) - clock);
    if (node.wakeAtNanos() > nowNanos + delay) {
      throw violated(Invariant.MOVES_ON, nowNanos, "nobody wakes it in time");
    }
  }

  private void checkTip(@Nullable MessageId newTip, long newWork, long nowNanos) {
    if (tip != null && !tip.equals(newTip) && newWork <= work) {
      throw violated(
          Invariant.MORE_WORK, nowNanos, "a chain of work " + work + " gives way to " + newWork);
    }
    tip = newTip;
    work = newWork;
  }

  private void checkPeers(List<PeerStatus> peers, boolean busy, long nowNanos) {
    PeerSettings settings = node.service().settings().peers();
    int inbound = 0;
    for (PeerStatus peer : peers) {
      PeerId id = peer.info().id();
      inbound += peer.info().direction() == Direction.INBOUND ? 1 : 0;
      Long until = banned.get(id);
      if (until != null && nowNanos < until) {
        throw violated(Invariant.BANS, nowNanos, "still has the peer " + id);
      }
      LinkEnd end = node.end(peer.link());
      if (end == null) {
        continue; // Gone already; the event that says so waits.
      }
      if (!end.isEstablished() || !end.peer().equals(id)) {
        throw violated(Invariant.PROVED, nowNanos, "takes a link for one to " + id);
      }
      long silence = node.nowNanos() - end.lastHeardNanos();
      if (!busy && silence > settings.silenceLimit().plus(LATENESS).toNanos()) {
        throw violated(
            Invariant.NOTICES_SILENCE, nowNanos, "has not heard " + id + " for " + silence + " ns");
      }
    }
    int outbound = peers.size() - inbound;
    require(inbound, settings.maxInbound(), "links of others' dialling", nowNanos);
    int most = settings.outboundTarget() + besides();
    require(outbound, most, "links of its own dialling", nowNanos);
  }

  /** Links of its own dialling beside those that are kept (PROTOCOL §9.1, §9.10). */
  private int besides() {
    P2PSettings settings = node.service().settings();
    return (settings.peers().join().discovers() ? MAX_SEEKING : 0)
        + (settings.reach().traverses() ? MAX_PUNCHED : 0);
  }

  private void checkEnds(boolean busy, long nowNanos) {
    long perLink = node.identity().settings().memory().perLinkBytes();
    List<LinkEnd> ends = node.ends();
    for (LinkEnd end : ends) {
      long queued = end.unaskedQueuedBytes();
      require(queued, perLink + HEARTBEATS_WEIGHT, "bytes that wait for a link", nowNanos);
      long inbox = end.inboxBytes();
      require(inbox, perLink + RECORD_WEIGHT, "bytes of a link that wait", nowNanos);
      if (end.isGone()) {
        age(goneSince, end, MAX_FAREWELL, busy, nowNanos);
      } else if (!end.isEstablished()) {
        age(shakingSince, end, MAX_HANDSHAKE, busy, nowNanos);
      }
    }
    forget(shakingSince, ends);
    forget(goneSince, ends);
    if (node.permits() > node.handshakes()) {
      throw violated(
          Invariant.ACCOUNTED,
          nowNanos,
          node.permits() + " places are taken for " + node.handshakes() + " handshakes");
    }
  }

  private void age(
      Map<LinkEnd, Long> since, LinkEnd end, Duration most, boolean busy, long nowNanos) {
    Long first = since.putIfAbsent(end, nowNanos);
    if (first != null && nowNanos - first > most.toNanos() && !busy) {
      throw violated(
          Invariant.ACCOUNTED,
          nowNanos,
          "a connection with node " + end.remoteNode() + " is neither a link nor forgotten");
    }
  }

  private static void forget(Map<LinkEnd, Long> since, List<LinkEnd> ends) {
    if (since.size() > 2 * ends.size()) {
      since.keySet().retainAll(ends);
    }
  }

  private void checkBounds(List<PeerStatus> peers, long nowNanos) {
    NodeSettings settings = node.identity().settings();
    GossipSettings gossip = settings.p2p().gossip();
    GossipCounters counters = node.service().counters();
    NodeMemory memory = settings.memory();
    require(counters.seen(), gossip.seenMaxCount(), "ids in the seen-cache", nowNanos);
    require(counters.recentBytes(), gossip.recentMaxBytes(), "bytes of messages", nowNanos);
    require(counters.waiting(), gossip.waitingMaxCount(), "messages that wait", nowNanos);
    SyncCounters sync = node.service().syncCounters();
    require(sync.chains(), gossip.sync().maxChains(), "chains that are followed", nowNanos);
    require(sync.heldBytes(), gossip.sync().maxHeldBytes(), "bytes of blocks held", nowNanos);
    // A peer has a full announcement of places at most, whoever dialled.
    long places = (long) peers.size() * WireMessage.MAX_IDS + MAX_HOMELESS;
    require(counters.wanted(), places, "messages that are wanted", nowNanos);
    // Those who give way have theirs until they are gone.
    require(node.incomingBytes(), 2 * memory.incomingBytes(), "bytes that came", nowNanos);
    require(node.outgoingBytes(), 2 * memory.outgoingBytes(), "bytes that shall go", nowNanos);
    // A liar announces what does not exist, and after a cut all of that comes at once; nothing else
    // is ever too much of those who keep to the rules (PROTOCOL §9.7).
    Excess excess = node.service().excess();
    require(excess.total() - excess.announcedIds(), 0, "things told too often", nowNanos);
    int most = settings.admission().maxHalfOpen() + settings.admission().maxUnderWay();
    require(node.permits(), most, "handshakes", nowNanos);
  }

  private void require(long value, long bound, String what, long nowNanos) {
    if (value > bound) {
      throw violated(
          Invariant.BOUNDED, nowNanos, "%d %s, at most %d".formatted(value, what, bound));
    }
  }

  /** Its links to one node that are in use. */
  List<PeerStatus> linksTo(PeerId peer) {
    List<PeerStatus> links = new ArrayList<>(1);
    for (PeerStatus status : node.peers()) {
      if (status.info().id().equals(peer)) {
        links.add(status);
      }
    }
    return links;
  }

  /** Since when a link is in use, by the clock of the run. */
  long sinceNanos(PeerStatus link) {
    return link.sinceNanos() - node.identity().settings().clockNanos();
  }
}
