package dev.waggle.cli.simulate;

import dev.waggle.simulator.run.History;
import java.util.Locale;

/** What a simulation takes of the heap, as far as that is known before it has run. */
public final class HeapNeed {
  /**
   * That each node takes at least, in the end of a run with many; with fewer it is more (the table
   * in the simulator's README), and on the way as well.
   */
  private static final long BYTES_PER_NODE = 220 * 1024;

  private static final double MIB = 1024.0 * 1024;

  /** What each node knows of a block, and what the run does, beside the block itself. */
  private static final long BYTES_PER_BLOCK_AND_NODE = 200;

  private final int nodes;
  private final long historyBytes;
  private final long heapBytes;

  /**
   * What so many nodes need.
   *
   * @param history the chain that is there when they begin
   * @param heapBytes that there may be
   */
  public HeapNeed(int nodes, History history, long heapBytes) {
    this.nodes = nodes;
    this.historyBytes =
        history.blocks() * (history.blockBytes() + nodes * BYTES_PER_BLOCK_AND_NODE);
    this.heapBytes = heapBytes;
  }

  /** Whether that cannot be enough. */
  public boolean isTooMuch() {
    return leastBytes() > heapBytes;
  }

  private long leastBytes() {
    return nodes * BYTES_PER_NODE + historyBytes;
  }

  /** What to do if it is not enough. */
  public String words() {
    return String.format(
        Locale.ROOT,
        "%d nodes%s need %.0f MiB of heap at least, and it has %.0f; simulate fewer (--nodes%s), or"
            + " give it more, as in WAGGLE_JAVA_OPTS=-Xmx%dm",
        nodes,
        historyBytes == 0 ? "" : " and their chain",
        Math.ceil(leastBytes() / MIB),
        heapBytes / MIB,
        historyBytes == 0 ? "" : ", --history",
        (long) Math.ceil(2 * Math.max(leastBytes(), heapBytes) / MIB));
  }
}
