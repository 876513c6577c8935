package dev.waggle.simulator.run;

import dev.waggle.ports.wire.MessageId;
import dev.waggle.simulator.faults.FaultPlan;
import dev.waggle.simulator.node.SimulatedNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The chains of all who keep to the protocol, also of one that has lost its disk.
 *
 * @param count of those that differ
 * @param astray the nodes whose chain is not that of most
 */
record Tips(int count, List<Integer> astray) {
  static Tips of(Simulation simulation, FaultPlan plan) {
    Map<MessageId, List<Integer>> nodes = new LinkedHashMap<>();
    for (SimulatedNode node : simulation.nodes()) {
      if (plan.isHonest(node.number())) {
        MessageId tip = simulation.chain(node.number()).view().tip();
        nodes.computeIfAbsent(tip, _ -> new ArrayList<>()).add(node.number());
      }
    }
    List<Integer> most = List.of();
    for (List<Integer> some : nodes.values()) {
      most = some.size() > most.size() ? some : most;
    }
    List<Integer> astray = new ArrayList<>();
    for (List<Integer> some : nodes.values()) {
      if (!some.equals(most)) {
        astray.addAll(some);
      }
    }
    return new Tips(nodes.size(), astray.stream().sorted().toList());
  }
}
