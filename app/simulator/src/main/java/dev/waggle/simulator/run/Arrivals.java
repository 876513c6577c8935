package dev.waggle.simulator.run;

import java.util.Arrays;

/**
 * When each hundredth of all nodes had a message, told node by node as they get it. Owned by one
 * thread.
 */
public final class Arrivals {
  private static final double NANOS_PER_MILLI = 1e6;

  private final int nodes;
  private final double[] millis = new double[Quantiles.PARTS + 1];
  private int reached;
  private int part;

  /** The publisher's alone, at no time. */
  public Arrivals(int nodes) {
    this.nodes = nodes;
    Arrays.fill(millis, Double.NaN);
    add(0);
  }

  /**
   * One more node has it.
   *
   * @param nanos since it was published; never less than before
   */
  public void add(long nanos) {
    reached++;
    while (part <= Quantiles.PARTS && needed(part) <= reached) {
      millis[part++] = nanos / NANOS_PER_MILLI;
    }
  }

  private int needed(int hundredths) {
    return Math.max(1, Math.ceilDiv(nodes * hundredths, Quantiles.PARTS));
  }

  /** What was told so far. */
  public Quantiles quantiles() {
    return new Quantiles(Arrays.stream(millis).boxed().toList());
  }
}
