package dev.waggle.cli.devnet;

import dev.waggle.cli.config.CliConfig;
import dev.waggle.cli.shape.Shape;
import dev.waggle.node.config.ConfigKey;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a devnet shall do.
 *
 * @param nodes 1 to {@value #MAX_NODES}
 * @param blocks 1 to {@value #MAX_BLOCKS}, mined by one node after the other
 * @param timeout for the network to stand, and then for each block to reach every node
 * @param template what all nodes have in common; addresses, seeds and directories are the devnet's
 * @param mixed keys that nodes differ in, of {@link Mixture#KEYS}
 * @param transactions what nodes publish all the time, or null for nothing
 * @param shape what lies between the nodes, or null for nothing
 */
public record DevnetPlan(
    int nodes,
    int blocks,
    Duration timeout,
    CliConfig template,
    Set<ConfigKey<?>> mixed,
    @Nullable Transactions transactions,
    @Nullable Shape shape) {
  /** Twice of what is tried out on two cores; larger networks are for a simulator. */
  public static final int MAX_NODES = 100;

  public static final int MAX_BLOCKS = 1000;

  /**
   * Signed transactions, published at one node after the other, and gathered into blocks.
   *
   * @param perSecond of all nodes together, 1 to {@value #MAX_PER_SECOND}
   * @param blockEvery how long they are gathered until a block is mined
   */
  public record Transactions(int perSecond, Duration blockEvery) {
    /** So many fill the largest block in a second and a half. */
    public static final int MAX_PER_SECOND = 1000;
  }

  public DevnetPlan {
    if (nodes < 1 || nodes > MAX_NODES || blocks < 1 || blocks > MAX_BLOCKS) {
      throw new IllegalArgumentException(nodes + " nodes and " + blocks + " blocks: out of range");
    }
    if (!Mixture.KEYS.containsAll(mixed)) {
      throw new IllegalArgumentException(mixed + " cannot all be mixed");
    }
    mixed = Set.copyOf(mixed);
  }
}
