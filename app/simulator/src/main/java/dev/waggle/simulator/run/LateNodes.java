package dev.waggle.simulator.run;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.operator.SyncCounters;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.simulator.node.NodeObserver;
import dev.waggle.simulator.node.RunningNode;
import dev.waggle.simulator.node.SimulatedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Follows nodes that come late, until they have the chain that was there. */
final class LateNodes implements NodeObserver {
  /** When a node had all, and what had come over its line by then. */
  private record Whole(long nanos, long receivedBytes) {}

  private final Simulation simulation;
  private final History history;
  private final Map<Integer, Whole> whole = new TreeMap<>();
  private final long neededBytes;

  LateNodes(Simulation simulation) {
    this.simulation = simulation;
    this.history = simulation.scenario().history();
    long bytes = 0;
    for (Bytes block : simulation.history().blocks()) {
      bytes += WireLength.of(new WireMessage.Gossip(new GossipMessage.Block(block)));
    }
    this.neededBytes = bytes;
  }

  @Override
  public void settled(RunningNode node) {
    int number = node.number();
    if (isLate(number)
        && !whole.containsKey(number)
        && simulation.chain(number).view().tip().equals(simulation.history().tip())) {
      long received = node.identity().host().receivedBytes();
      whole.put(number, new Whole(simulation.queue().nowNanos(), received));
    }
  }

  private boolean isLate(int node) {
    return history.isLate(node, simulation.nodes().size());
  }

  /** Whether all have all. */
  boolean areWhole() {
    return whole.size() == history.late();
  }

  /** How much of it they have on average, from 0 to 1. */
  double share() {
    double sum = 0;
    for (SimulatedNode node : simulation.nodes()) {
      sum += isLate(node.number()) ? (double) blocks(node) / history.blocks() : 0;
    }
    return Math.min(1, sum / history.late());
  }

  private long blocks(SimulatedNode node) {
    return node.isUp() ? simulation.chain(node.number()).view().height() : 0;
  }

  /** One for each of them, by their numbers. */
  List<LateResult> results() {
    List<LateResult> results = new ArrayList<>();
    for (SimulatedNode node : simulation.nodes()) {
      if (isLate(node.number())) {
        results.add(result(node));
      }
    }
    return results;
  }

  private LateResult result(SimulatedNode node) {
    Scenario scenario = simulation.scenario();
    Whole done = whole.get(node.number());
    long line = scenario.downBytesPerSecond(node.host().place());
    RunningNode running = node.running();
    SyncCounters sync = running == null ? null : running.service().syncCounters();
    return new LateResult(
        node.number(),
        blocks(node),
        history.blocks(),
        done == null ? null : done.nanos() - scenario.lateAt().toNanos(),
        done == null ? node.host().receivedBytes() : done.receivedBytes(),
        neededBytes,
        line == 0 ? 0 : (long) (neededBytes * 1e9 / line),
        sync == null ? 0 : sync.heldUp(),
        sync == null ? 0 : sync.givenUp());
  }
}
