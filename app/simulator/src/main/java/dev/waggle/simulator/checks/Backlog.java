package dev.waggle.simulator.checks;

import dev.waggle.simulator.node.RunningNode;
import dev.waggle.simulator.node.SimulatedNode;
import java.util.List;

/**
 * How long the slowest line is busy at most with what was published: each message goes over it once
 * for each link of the node that has most of them, and once more for those that change.
 */
final class Backlog {
  private final List<SimulatedNode> nodes;
  private final long bytesPerSecond;
  private long doneNanos;
  private int copies = 1;

  /**
   * A network in which nothing is under way.
   *
   * @param bytesPerSecond of the slowest line; 0 for no limit
   */
  Backlog(List<SimulatedNode> nodes, long bytesPerSecond) {
    this.nodes = nodes;
    this.bytesPerSecond = bytesPerSecond;
  }

  void add(int bytes, long nowNanos) {
    copies = 1 + mostLinks();
    doneNanos = Math.max(doneNanos, nowNanos) + carryingNanos(bytes);
  }

  /** How long what was published until now still takes. */
  long nanos(long nowNanos) {
    return Math.max(0, doneNanos - nowNanos);
  }

  /** How long one message takes. */
  long carryingNanos(int bytes) {
    if (bytesPerSecond == 0) {
      return 0;
    }
    return (long) ((double) bytes * copies / bytesPerSecond * 1e9);
  }

  private int mostLinks() {
    int most = 0;
    for (SimulatedNode node : nodes) {
      RunningNode running = node.running();
      most = Math.max(most, running == null ? 0 : running.ends().size());
    }
    return most;
  }
}
