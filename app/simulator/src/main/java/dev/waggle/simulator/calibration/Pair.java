package dev.waggle.simulator.calibration;

import java.util.Comparator;

/**
 * Two nodes that are linked, whoever has dialled.
 *
 * @param low the smaller of their numbers
 */
public record Pair(int low, int high) implements Comparable<Pair> {
  private static final Comparator<Pair> ORDER =
      Comparator.comparingInt(Pair::low).thenComparingInt(Pair::high);

  /** The pair of these two. */
  public static Pair of(int one, int other) {
    return new Pair(Math.min(one, other), Math.max(one, other));
  }

  @Override
  public int compareTo(Pair other) {
    return ORDER.compare(this, other);
  }
}
