package dev.waggle.simulator.checks;

import dev.waggle.simulator.engine.EventQueue;
import dev.waggle.simulator.faults.Fault;
import dev.waggle.simulator.faults.FaultPlan;
import dev.waggle.simulator.node.SimulatedNode;
import dev.waggle.simulator.run.Simulation;
import java.time.Duration;

/** Whether anything is left of nodes that have ended. */
final class Accounts {
  /** Longer than a farewell takes, and a dial whose other side does not answer. */
  private static final Duration FAREWELL = Duration.ofSeconds(40);

  /** Timers are set for less than that. */
  private static final Duration LONGEST_TIMER = Duration.ofDays(1000);

  private Accounts() {}

  /** Has those who lie killed, and the others say goodbye. */
  static void check(Simulation simulation, FaultPlan plan) {
    EventQueue queue = simulation.queue();
    for (SimulatedNode node : simulation.nodes()) {
      if (!plan.isHonest(node.number())) {
        node.kill();
      }
    }
    for (SimulatedNode node : simulation.nodes()) {
      if (node.isUp()) {
        node.up().stop();
      }
    }
    queue.run(queue.nowNanos() + FAREWELL.toNanos());
    for (SimulatedNode node : simulation.nodes()) {
      if (node.isUp() && !node.up().ends().isEmpty()) {
        throw new InvariantViolated(
            Invariant.ACCOUNTED,
            node.number(),
            queue.nowNanos(),
            "has stopped, and holds " + node.up().ends().size() + " connections");
      }
    }
    simulation.nodes().forEach(SimulatedNode::kill);
    long most = 10L * queue.size() + 1000 + acts(plan);
    long end = queue.nowNanos() + LONGEST_TIMER.toNanos();
    long events = 0;
    while (queue.step(end)) {
      if (++events > most) {
        break;
      }
    }
    require(queue.size(), "events are still to come", queue.nowNanos());
    require(simulation.network().dials(), "dials are under way", queue.nowNanos());
    require(simulation.network().connections(), "connections stand", queue.nowNanos());
  }

  /** Who lies looks again and again whether it is up, though not every second. */
  private static long acts(FaultPlan plan) {
    long acts = 0;
    for (Fault fault : plan.faults()) {
      acts += fault instanceof Fault.Lying ? fault.lasts().toSeconds() : 0;
    }
    return acts;
  }

  private static void require(int left, String words, long nowNanos) {
    if (left > 0) {
      throw new InvariantViolated(
          Invariant.ACCOUNTED, -1, nowNanos, "all nodes have ended, and " + left + " " + words);
    }
  }
}
