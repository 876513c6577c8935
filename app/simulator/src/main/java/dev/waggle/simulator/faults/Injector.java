package dev.waggle.simulator.faults;

import dev.waggle.simulator.engine.EventQueue;
import dev.waggle.simulator.faults.Fault.ClockSkew;
import dev.waggle.simulator.faults.Fault.Crash;
import dev.waggle.simulator.faults.Fault.Lying;
import dev.waggle.simulator.faults.Fault.Partition;
import dev.waggle.simulator.faults.Fault.PowerLoss;
import dev.waggle.simulator.faults.Fault.Resets;
import dev.waggle.simulator.faults.Fault.SlowLine;
import dev.waggle.simulator.faults.Fault.SlowProcessor;
import dev.waggle.simulator.faults.Fault.Stall;
import dev.waggle.simulator.node.RunningNode;
import dev.waggle.simulator.node.SimulatedNode;
import dev.waggle.simulator.run.Simulation;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Has faults happen to a simulation. */
final class Injector {
  private final Simulation simulation;
  private @Nullable Partition inForce;

  Injector(Simulation simulation) {
    this.simulation = simulation;
  }

  void schedule(Fault fault) {
    EventQueue queue = simulation.queue();
    queue.at(fault.from().toNanos(), () -> begin(fault));
    queue.at(fault.until().toNanos(), () -> end(fault));
  }

  private void each(Fault fault, Consumer<SimulatedNode> action) {
    for (SimulatedNode node : simulation.nodes()) {
      if (fault.who().contains(node.number())) {
        action.accept(node);
      }
    }
  }

  private void begin(Fault fault) {
    switch (fault) {
      case Crash crash -> each(fault, node -> down(node, node::kill, crash.losesDisk()));
      case PowerLoss loss -> each(fault, node -> down(node, node::die, loss.losesDisk()));
      case Stall stall -> each(fault, node -> stall(node, stall.lasts().toNanos()));
      case SlowProcessor slow -> each(fault, node -> node.slowness(slow.times()));
      case ClockSkew skew ->
          each(fault, node -> simulation.skew(node.number(), skew.ahead().toMillis()));
      case SlowLine slow -> each(fault, node -> node.host().slowLine(slow.bytesPerSecond()));
      case Partition partition -> {
        inForce = partition;
        simulation.network().partition(host -> fault.who().contains(host.number()) ? 1 : 0);
      }
      case Resets _ -> each(fault, node -> simulation.network().resetAll(node.host()));
      case Lying lying -> each(fault, node -> Liar.of(simulation, node, lying).begin());
    }
  }

  private static void down(SimulatedNode node, Runnable how, boolean losesDisk) {
    how.run();
    if (losesDisk) {
      node.disk().wipe();
    }
  }

  private static void stall(SimulatedNode node, long nanos) {
    RunningNode running = node.running();
    if (running != null) {
      running.stall(nanos);
    }
  }

  private void end(Fault fault) {
    switch (fault) {
      case Crash _, PowerLoss _ -> each(fault, SimulatedNode::start);
      case SlowProcessor _ -> each(fault, node -> node.slowness(node.settings().slowness()));
      case ClockSkew _ ->
          each(fault, node -> simulation.skew(node.number(), node.settings().wallSkewMillis()));
      case SlowLine _ -> each(fault, node -> node.host().restoreLine());
      case Partition partition -> {
        if (partition.equals(inForce)) {
          inForce = null;
          simulation.network().heal();
        }
      }
      case Stall _, Resets _, Lying _ -> {} // These end by themselves.
    }
  }
}
