package dev.waggle.simulator.discovery;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.peers.PeerStatus;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.node.Direction;
import dev.waggle.simulator.costs.Costs;
import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.fidelity.MessagesFidelity;
import dev.waggle.simulator.network.Tcp;
import dev.waggle.simulator.node.NodeObserver;
import dev.waggle.simulator.node.SimulatedNode;
import dev.waggle.simulator.node.TableCharges;
import dev.waggle.simulator.places.Places;
import dev.waggle.simulator.run.Scenario;
import dev.waggle.simulator.run.Simulation;
import dev.waggle.simulator.run.Workload;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** A network whose nodes join through seeds, the first ones, and what its graph is like. */
final class DiscoveringNetwork {
  static final int OUTBOUND = 8;

  private static final Duration STARTS_WITHIN = Duration.ofSeconds(10);

  private final Simulation simulation;
  private final Map<Object, Integer> numbers;

  DiscoveringNetwork(long seed, int nodes, int seedNodes, double undialable) {
    Seeds seeds = new Seeds(seed);
    CipherSuite suite = ToySuite.create();
    Scenario scenario =
        new Scenario(
            nodes,
            OUTBOUND,
            117,
            0,
            seedNodes,
            Places.world(),
            0.1,
            0,
            0,
            undialable,
            0,
            Tcp.LINUX,
            STARTS_WITHIN,
            Duration.ZERO,
            new Workload(0, Duration.ZERO, 0, 0, 0, 0, Duration.ZERO),
            Duration.ZERO);
    Costs costs = Costs.standard();
    this.simulation =
        new Simulation(
            scenario,
            new MessagesFidelity(seeds, suite, suite.hash()),
            new TableCharges(costs, costs.suites().getFirst()),
            seeds,
            new NodeObserver() {});
    this.numbers =
        simulation.nodes().stream()
            .collect(Collectors.toMap(SimulatedNode::peerId, SimulatedNode::number));
  }

  Simulation simulation() {
    return simulation;
  }

  List<SimulatedNode> nodes() {
    return simulation.nodes();
  }

  SimulatedNode node(int number) {
    return simulation.nodes().get(number);
  }

  /** Starts all, one after the other within some seconds, and has these pass. */
  void start() {
    start(nodes());
  }

  /** The same with some only. */
  void start(List<SimulatedNode> some) {
    long stepNanos = STARTS_WITHIN.toNanos() / nodes().size();
    for (SimulatedNode node : some) {
      simulation.queue().at(node.number() * stepNanos, node::start);
    }
    pass(STARTS_WITHIN);
  }

  /** Has so much time pass. */
  void pass(Duration time) {
    simulation.queue().run(simulation.queue().nowNanos() + time.toNanos());
  }

  /** Has time pass until {@code reached}, looking once a second; answers how long that took. */
  Duration await(Function<DiscoveringNetwork, Boolean> reached, Duration most) {
    Duration passed = Duration.ZERO;
    while (!reached.apply(this)) {
      if (passed.compareTo(most) >= 0) {
        throw new AssertionError(
            "not within %s: %d nodes miss links, %d have none"
                .formatted(most, missingLinks().size(), alone().size()));
      }
      pass(Duration.ofSeconds(1));
      passed = passed.plusSeconds(1);
    }
    return passed;
  }

  private List<PeerStatus> peers(SimulatedNode node) {
    return node.isUp() ? node.up().peers() : List.of();
  }

  /** Links that a node has dialled. */
  int outbound(SimulatedNode node) {
    return (int)
        peers(node).stream().filter(peer -> peer.info().direction() == Direction.OUTBOUND).count();
  }

  /** Links that others have dialled. */
  int inbound(SimulatedNode node) {
    return (int)
        peers(node).stream().filter(peer -> peer.info().direction() == Direction.INBOUND).count();
  }

  /** Nodes that are up and have fewer links of their own dialling than their target. */
  List<Integer> missingLinks() {
    return nodes().stream()
        .filter(SimulatedNode::isUp)
        .filter(node -> outbound(node) < OUTBOUND)
        .map(SimulatedNode::number)
        .toList();
  }

  /** Nodes that are up and have no link at all. */
  List<Integer> alone() {
    return nodes().stream()
        .filter(SimulatedNode::isUp)
        .filter(node -> peers(node).isEmpty())
        .map(SimulatedNode::number)
        .toList();
  }

  /** Whether each node that is up can be reached from each other one over links. */
  boolean isConnected() {
    List<SimulatedNode> up = nodes().stream().filter(SimulatedNode::isUp).toList();
    Set<Integer> found = new HashSet<>();
    Queue<SimulatedNode> next = new ArrayDeque<>(List.of(up.getFirst()));
    found.add(up.getFirst().number());
    while (!next.isEmpty()) {
      for (int neighbour : neighbours(next.remove())) {
        if (node(neighbour).isUp() && found.add(neighbour)) {
          next.add(node(neighbour));
        }
      }
    }
    return found.size() == up.size();
  }

  List<Integer> neighbours(SimulatedNode node) {
    List<Integer> neighbours = new ArrayList<>();
    for (PeerStatus peer : peers(node)) {
      neighbours.add(numbers.get(peer.info().id()));
    }
    return neighbours;
  }

  /** Cuts the nodes for which {@code side} holds off from the others. */
  void cut(IntPredicate side) {
    simulation.network().partition(host -> side.test(host.number()) ? 1 : 0);
  }

  void heal() {
    simulation.network().heal();
  }
}
