package dev.waggle.simulator.run;

import dev.waggle.chain.Block;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A chain that is there when a run begins, and nodes that come with nothing of it. By their numbers
 * the first nodes have it; then come those who lie, and have it too; and then those who come late.
 *
 * @param blocks of the chain; 0 if there is none
 * @param blockBytes of each, {@link Block#OVERHEAD} or more
 * @param liars start together with those who come late, and dial them
 * @param late start when all others are linked
 * @param within the run ends when all who came late have the whole chain, or after so long
 */
public record History(int blocks, int blockBytes, int liars, int late, Duration within) {
  /** None. */
  public static final History NONE = new History(0, Block.OVERHEAD, 0, 0, Duration.ZERO);

  /** Checks. */
  public History {
    if (blocks < 0 || liars < 0 || late < 0) {
      throw new IllegalArgumentException("no number: " + blocks + ", " + liars + ", " + late);
    }
    if (blockBytes < Block.OVERHEAD || blockBytes > Block.MAX_BYTES) {
      throw new IllegalArgumentException("no length of a block: " + blockBytes);
    }
  }

  /** Whether there is any. */
  public boolean isThere() {
    return blocks > 0;
  }

  /** How many honest nodes have it from the beginning on. */
  int early(int nodes) {
    return nodes - liars - late;
  }

  /** Whether a node comes with nothing. */
  boolean isLate(int node, int nodes) {
    return isThere() && node >= nodes - late;
  }

  /** Whether a node starts when the network is there. */
  boolean startsLater(int node, int nodes) {
    return isThere() && node >= early(nodes);
  }

  /**
   * Of whom a node is told: of honest nodes that have the chain, and who lies before that of those
   * who come late.
   *
   * @param most that it is told
   */
  List<Integer> known(int node, int nodes, int most) {
    List<Integer> known = new ArrayList<>();
    if (node >= early(nodes) && !isLate(node, nodes)) {
      for (int one = nodes - late; one < nodes; one++) {
        known.add(one);
      }
    }
    for (int i = 1; i <= early(nodes); i++) {
      int one = (node + i) % early(nodes);
      if (one != node) {
        known.add(one);
      }
    }
    return List.copyOf(known.subList(0, Math.min(most, known.size())));
  }
}
