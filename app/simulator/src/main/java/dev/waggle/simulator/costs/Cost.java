package dev.waggle.simulator.costs;

/**
 * The processor time of some {@link Work}, as a sum of three parts in nanoseconds.
 *
 * @param each for the work itself, whatever it is about
 * @param perByte for each byte that it is about
 * @param perItem for each item that it is about
 */
public record Cost(double each, double perByte, double perItem) {
  /** A quarter of an hour, for one part; sums of any sizes that exist stay far within a long. */
  static final double MAX_NANOS = 1e12;

  public Cost {
    requirePart(each);
    requirePart(perByte);
    requirePart(perItem);
  }

  private static void requirePart(double nanos) {
    if (!(nanos >= 0 && nanos <= MAX_NANOS)) {
      throw new IllegalArgumentException("no cost: " + nanos);
    }
  }

  /** The whole, rounded. */
  public long nanos(long bytes, long items) {
    return Math.round(each + perByte * bytes + perItem * items);
  }
}
