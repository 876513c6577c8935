package dev.waggle.cli.calibrate;

import dev.waggle.ports.wire.MessageId;
import dev.waggle.simulator.run.Arrivals;
import dev.waggle.simulator.run.Quantiles;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** When which node had which block. Safe from any thread. */
final class Acceptances {
  private final int nodes;

  /** In the order of publication, for nobody has a block before its publisher. */
  private final Map<MessageId, Block> blocks = new LinkedHashMap<>();

  Acceptances(int nodes) {
    this.nodes = nodes;
  }

  /** A node has accepted a block, which happens once; the first that does is its publisher. */
  synchronized void accepted(MessageId block, long nowNanos) {
    blocks.computeIfAbsent(block, _ -> new Block(nowNanos)).accepted(nowNanos);
  }

  /** How each block has spread so far. */
  synchronized List<Quantiles> coverage() {
    return blocks.values().stream().map(Block::coverage).toList();
  }

  private final class Block {
    private final long publishedNanos;
    private final long[] nanos = new long[nodes];
    private int count;

    Block(long publishedNanos) {
      this.publishedNanos = publishedNanos;
    }

    void accepted(long nowNanos) {
      nanos[count++] = nowNanos - publishedNanos;
    }

    Quantiles coverage() {
      // Two nodes may tell in another order than they have looked at the clock.
      long[] sorted = Arrays.copyOf(nanos, count);
      Arrays.sort(sorted);
      Arrivals arrivals = new Arrivals(nodes);
      for (int other = 1; other < count; other++) {
        arrivals.add(sorted[other]);
      }
      return arrivals.quantiles();
    }
  }
}
