package dev.waggle.simulator.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * When which part of all nodes had a message, in milliseconds after it was published.
 *
 * @param millis for each part of {@link #PARTS}; not a number where fewer nodes ever had it
 */
public record Quantiles(List<Double> millis) {
  /** Hundredths of all nodes, from the publisher to the last one. */
  public static final int PARTS = 100;

  /** Checks and copies. */
  public Quantiles {
    millis = Collections.unmodifiableList(new ArrayList<>(millis));
  }

  /**
   * Reads them off.
   *
   * @param sorted arrivals, ascending
   * @param nodes how many there are, with those that never had it
   */
  public static Quantiles of(float[] sorted, int nodes) {
    List<Double> millis = new ArrayList<>(PARTS + 1);
    for (int part = 0; part <= PARTS; part++) {
      int needed = Math.max(1, Math.ceilDiv(nodes * part, PARTS));
      millis.add(needed <= sorted.length ? (double) sorted[needed - 1] : Double.NaN);
    }
    return new Quantiles(millis);
  }

  /** When {@code percent} hundredths of all nodes had it. */
  public double at(int percent) {
    return millis.get(percent);
  }

  public double last() {
    return at(PARTS);
  }
}
