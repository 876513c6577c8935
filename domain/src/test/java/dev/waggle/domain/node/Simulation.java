package dev.waggle.domain.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.LinkId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A network of nodes in one thread: a virtual clock, and events in the order of their times. All
 * that happens follows from the seed; {@link #traceHash} tells whether it was the same.
 */
final class Simulation {
  private static final long MILLI = Duration.ofMillis(1).toNanos();

  /** Events in one run; some hundred thousand are usual. */
  private static final long MAX_EVENTS = 20_000_000;

  private record Event(long elapsedNanos, long number, Runnable action) {}

  private final SplittableRandom random;
  private final long baseNanos;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final Map<Endpoint, SimulatedNode> listening = new LinkedHashMap<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::elapsedNanos).thenComparingLong(Event::number));
  private long elapsedNanos;
  private long eventNumber;
  private long linkNumber;
  private long traceHash = 1;
  private double faultRate;

  Simulation(long seed) {
    this.random = new SplittableRandom(seed);
    // Some clocks run over in the middle of a run: times are compared by difference.
    this.baseNanos = random.nextBoolean() ? 0 : Long.MAX_VALUE - Duration.ofSeconds(20).toNanos();
  }

  SimulatedNode addNode(P2PSettings settings) {
    int number = nodes.size();
    SimulatedNode node =
        new SimulatedNode(
            this, number, ToySuite.identity(new SeededRandom(random.nextLong())), settings);
    nodes.add(node);
    listening.put(SimulatedNode.endpoint(number), node);
    listening.put(SimulatedNode.alias(number), node);
    return node;
  }

  SplittableRandom random() {
    return random;
  }

  List<SimulatedNode> nodes() {
    return nodes;
  }

  SimulatedNode nodeAt(Endpoint endpoint) {
    return listening.get(endpoint);
  }

  long nowNanos() {
    return baseNanos + elapsedNanos;
  }

  long elapsedNanos() {
    return elapsedNanos;
  }

  LinkId newLinkId() {
    return new LinkId(++linkNumber);
  }

  /** How likely a dial is to fail for no reason. */
  void faultRate(double rate) {
    faultRate = rate;
  }

  boolean drawFault() {
    return random.nextDouble() < faultRate;
  }

  long drawLatency() {
    return random.nextLong(MILLI / 10, 100 * MILLI);
  }

  /** From 1 MB/s to 1 GB/s. */
  long drawNanosPerByte() {
    return random.nextLong(1, 1000);
  }

  void at(long elapsedNanos, Runnable action) {
    events.add(new Event(elapsedNanos, eventNumber++, action));
  }

  void after(long delayNanos, Runnable action) {
    at(elapsedNanos + delayNanos, action);
  }

  void trace(int node, String what, long detail) {
    for (long word : new long[] {elapsedNanos, node, what.hashCode(), detail}) {
      traceHash = (traceHash ^ word) * 0x100000001B3L;
      traceHash ^= traceHash >>> 29;
    }
  }

  long traceHash() {
    return traceHash;
  }

  void run(Duration duration) {
    long end = elapsedNanos + duration.toNanos();
    long lastNumber = eventNumber + MAX_EVENTS;
    while (!events.isEmpty() && events.peek().elapsedNanos <= end) {
      Event event = events.poll();
      assertThat(event.number).as("events that cause each other for ever").isLessThan(lastNumber);
      elapsedNanos = event.elapsedNanos;
      event.action.run();
    }
    elapsedNanos = end;
  }

  /**
   * Once nothing has gone wrong for a while: one link a pair, and nobody left alone who need not.
   */
  void checkSettled() {
    Map<List<PeerId>, Integer> pairs = new LinkedHashMap<>();
    for (SimulatedNode node : nodes) {
      List<PeerId> peers = node.peers().stream().map(peer -> peer.info().id()).toList();
      assertThat(peers).as("peers of node %d", node.number()).doesNotHaveDuplicates();
      peers.forEach(peer -> pairs.merge(List.of(node.id(), peer), 1, Integer::sum));
      checkTarget(node, peers);
    }
    for (List<PeerId> pair : pairs.keySet()) {
      assertThat(pairs).as("both sides hold the link").containsKey(pair.reversed());
    }
  }

  private void checkTarget(SimulatedNode node, List<PeerId> peers) {
    long outbound =
        node.peers().stream().filter(p -> p.info().direction() == Direction.OUTBOUND).count();
    if (outbound >= node.service().settings().peers().outboundTarget()) {
      return;
    }
    for (var seed : node.service().settings().peers().seeds()) {
      SimulatedNode target = nodeAt(seed.endpoint());
      if (target != node && target.isUp()) {
        assertThat(peers).as("node %d reaches its seeds", node.number()).contains(target.id());
      }
    }
  }
}
