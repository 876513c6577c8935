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

  /** When {@code percent} hundredths of all nodes had it. */
  public double at(int percent) {
    return millis.get(percent);
  }

  public double last() {
    return at(PARTS);
  }
}
