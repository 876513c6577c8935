package dev.waggle.simulator.checks;

import dev.waggle.ports.PeerId;
import dev.waggle.simulator.faults.FaultPlan;
import dev.waggle.simulator.node.RunningNode;
import dev.waggle.simulator.node.SimulatedNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lives that the nodes of a run live now. */
final class Lives {
  private final Troubles troubles;
  private final @Nullable Life[] current;
  private final Map<PeerId, Integer> numbers = new HashMap<>();

  Lives(FaultPlan plan, List<SimulatedNode> nodes) {
    this.troubles = new Troubles(plan);
    this.current = new Life[nodes.size()];
    for (SimulatedNode node : nodes) {
      numbers.put(node.peerId(), node.number());
    }
  }

  @SuppressWarnings("ReferenceEquality") // A node that was started again is another one.
  Life of(RunningNode node, long nowNanos) {
    Life life = current[node.number()];
    if (life == null || life.node() != node) {
      life = new Life(node, nowNanos);
      current[node.number()] = life;
    }
    return life;
  }

  /** The life of whoever has this id, or null if it has not begun. */
  @Nullable Life of(PeerId id) {
    Integer number = numbers.get(id);
    return number == null ? null : current[number];
  }

  boolean isHonest(int node) {
    return troubles.isHonest(node);
  }

  boolean isHonest(PeerId id) {
    Integer number = numbers.get(id);
    return number != null && troubles.isHonest(number);
  }

  boolean isTroubled(int node, long fromNanos, long toNanos) {
    return troubles.isTroubled(node, fromNanos, toNanos);
  }

  boolean areSeparated(int one, int other, long fromNanos, long toNanos) {
    return troubles.areSeparated(one, other, fromNanos, toNanos);
  }
}
