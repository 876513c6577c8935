package dev.waggle.cli.simulate;

import java.util.Locale;

/** What a simulation takes of the heap, as far as that is known before it has run. */
public final class HeapNeed {
  /**
   * That each node takes at least, in the end of a run with many; with fewer it is more (the table
   * in the simulator's README), and on the way as well.
   */
  private static final long BYTES_PER_NODE = 220 * 1024;

  private static final double MIB = 1024.0 * 1024;

  private final int nodes;
  private final long heapBytes;

  /**
   * What so many nodes need.
   *
   * @param heapBytes that there may be
   */
  public HeapNeed(int nodes, long heapBytes) {
    this.nodes = nodes;
    this.heapBytes = heapBytes;
  }

  /** Whether that cannot be enough. */
  public boolean isTooMuch() {
    return leastBytes() > heapBytes;
  }

  private long leastBytes() {
    return nodes * BYTES_PER_NODE;
  }

  /** What to do if it is not enough. */
  public String words() {
    return String.format(
        Locale.ROOT,
        "%d nodes need %.0f MiB of heap at least, and it has %.0f; simulate fewer (--nodes), or give"
            + " it more, as in WAGGLE_JAVA_OPTS=-Xmx%dm",
        nodes,
        Math.ceil(leastBytes() / MIB),
        heapBytes / MIB,
        (long) Math.ceil(2 * Math.max(leastBytes(), heapBytes) / MIB));
  }
}
