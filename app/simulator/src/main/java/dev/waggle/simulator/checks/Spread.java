package dev.waggle.simulator.checks;

import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.domain.peers.PeerStatus;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.simulator.chain.ChainDisk;
import dev.waggle.simulator.node.RunningNode;
import dev.waggle.simulator.places.Places;
import dev.waggle.simulator.run.Scenario;
import dev.waggle.simulator.run.Simulation;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntFunction;

/**
 * Whether messages reach whoever has an honest path to their source in time.
 *
 * <p>The bound is that of one hop, and so of every path: when an honest node has accepted a
 * message, each honest peer has judged it after at most
 *
 * <ul>
 *   <li>the time for which announcements are gathered,
 *   <li>{@code requestTimeout} for each turn that passes until this peer is asked, if all others
 *       that are asked before it do not answer: those who lie, are in trouble, or have left,
 *   <li>three journeys (announcement, request, message) of the longest latency with all its jitter,
 *       and two more for each time that the window of a connection doubles until it has let the
 *       message through,
 *   <li>the time in which a line carries everything that was published, once for each link, as far
 *       as it cannot have done so before,
 *   <li>an allowance for processors,
 * </ul>
 *
 * all of it once more for each block that the peer lacks below this one. It holds for two nodes
 * that stood in a link before, and were neither in trouble nor kept apart since.
 */
final class Spread {
  /** Who was in trouble so short a time ago may owe an answer still. */
  private static final Duration LATELY = Duration.ofSeconds(60);

  /** For the work of a hop, its queues included. */
  private static final Duration PROCESSING = Duration.ofMillis(500);

  private static final int JOURNEYS = 3;

  /**
   * That the peers of a node have to have judged a message.
   *
   * @param sinceNanos when the node has accepted it
   */
  private record Duty(Life holder, MessageId id, int bytes, long sinceNanos, long dueNanos) {}

  private final Lives lives;
  private final ValidMessages messages;
  private final Scenario scenario;
  private final GossipSettings settings;
  private final IntFunction<ChainDisk> chains;
  private final long latencyNanos;
  private final PriorityQueue<Duty> duties =
      new PriorityQueue<>(Comparator.comparingLong(Duty::dueNanos));
  private final Backlog backlog;

  Spread(Lives lives, ValidMessages messages, Simulation simulation) {
    this.lives = lives;
    this.messages = messages;
    this.scenario = simulation.scenario();
    this.settings = simulation.nodes().getFirst().settings().p2p().gossip();
    this.chains = simulation::chain;
    this.backlog = new Backlog(simulation.nodes(), scenario.slowestLine());
    this.latencyNanos = (long) (longest(scenario.places()) * (1 + scenario.jitter()));
  }

  private static long longest(Places places) {
    long longest = 0;
    for (int from = 0; from < places.size(); from++) {
      for (int to = 0; to < places.size(); to++) {
        longest = Math.max(longest, places.oneWayNanos(from, to));
      }
    }
    return longest;
  }

  void published(int bytes, long nowNanos) {
    backlog.add(bytes, nowNanos);
  }

  /** Whether the lines can have carried all that was published. */
  boolean isThrough(long nowNanos) {
    return backlog.nanos(nowNanos) == 0;
  }

  void accepted(Life holder, MessageId id, GossipMessage message, long nowNanos) {
    int bytes = message.payload().length();
    long due = nowNanos + hopNanos(bytes, 0, nowNanos);
    duties.add(new Duty(holder, id, bytes, nowNanos, due));
  }

  private long hopNanos(int bytes, int inVain, long nowNanos) {
    double window = scenario.tcp().initialWindowBytes();
    long doublings = (long) Math.ceil(Math.log(bytes / window + 1) / Math.log(2));
    return settings.announceEvery().toNanos()
        + turns(inVain) * settings.requestTimeout().toNanos()
        + (JOURNEYS + 2 * doublings) * latencyNanos
        + backlog.nanos(nowNanos)
        + backlog.carryingNanos(bytes)
        + PROCESSING.toNanos();
  }

  /** Turns until so many and one more were asked: one, one, two, two, three, three... */
  private static long turns(int inVain) {
    int asked = 0;
    int turns = 0;
    while (asked <= inVain) {
      asked += turns++ / 2 + 1;
    }
    return turns;
  }

  /** Looks at what is due by now. */
  void check(long nowNanos) {
    while (!duties.isEmpty() && duties.peek().dueNanos() <= nowNanos) {
      look(duties.remove(), nowNanos);
    }
  }

  private void look(Duty duty, long nowNanos) {
    Life holder = duty.holder();
    RunningNode from = holder.node();
    if (!from.isAlive() || lives.isTroubled(from.number(), duty.sinceNanos(), nowNanos)) {
      return;
    }
    long next = Long.MAX_VALUE;
    for (PeerStatus peer : from.peers()) {
      Life other = lives.of(peer.info().id());
      if (other != null && owes(holder, other, duty, nowNanos)) {
        next = Math.min(next, due(other, duty, nowNanos));
      }
    }
    if (next != Long.MAX_VALUE) {
      duties.add(
          new Duty(holder, duty.id(), duty.bytes(), duty.sinceNanos(), Math.max(next, nowNanos)));
    }
  }

  private boolean owes(Life holder, Life other, Duty duty, long nowNanos) {
    int one = holder.node().number();
    int two = other.node().number();
    long since = duty.sinceNanos();
    return !other.hadJudged(duty.id(), nowNanos)
        && chains.apply(two).find(duty.id()) == null // Nor has it been on its disk.
        && lives.isHonest(two)
        && other.node().isAlive()
        && !lives.isTroubled(two, since, nowNanos)
        && !lives.areSeparated(one, two, since, nowNanos)
        && isLinked(holder, other.node().identity().peerId(), since)
        && isLinked(other, holder.node().identity().peerId(), since);
  }

  /** Whether all links to a peer, of which there is one, stood before. */
  private static boolean isLinked(Life life, PeerId peer, long sinceNanos) {
    List<PeerStatus> links = life.linksTo(peer);
    return !links.isEmpty() && links.stream().allMatch(link -> life.sinceNanos(link) < sinceNanos);
  }

  /** When a peer must have judged a message; throws if that is over. */
  private long due(Life other, Duty duty, long nowNanos) {
    long since = duty.sinceNanos();
    int missing = messages.missingBelow(duty.id(), other, since);
    int inVain = other.departuresSince(since - LATELY.toNanos());
    for (PeerStatus peer : other.node().peers()) {
      Life asked = lives.of(peer.info().id());
      boolean answers =
          asked != null
              && lives.isHonest(asked.node().number())
              && !lives.isTroubled(asked.node().number(), since - LATELY.toNanos(), nowNanos)
              && !lives.areSeparated(
                  asked.node().number(), other.node().number(), since - LATELY.toNanos(), nowNanos);
      inVain += answers ? 0 : 1;
    }
    long hop = hopNanos(duty.bytes(), inVain, nowNanos);
    long due = since + hop * (1 + missing);
    if (due <= nowNanos) {
      throw new InvariantViolated(
          Invariant.IN_TIME,
          other.node().number(),
          nowNanos,
          "has not got %s from its peer, node %d, which has it since %.6f s (%d asked in vain, %d missing)"
              .formatted(duty.id(), duty.holder().node().number(), since / 1e9, inVain, missing));
    }
    return due;
  }
}
