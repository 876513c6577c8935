package dev.waggle.charts;

import org.jspecify.annotations.Nullable;

/**
 * A scale of a curve chart.
 *
 * @param name what it counts; may be empty
 * @param logBase of a logarithmic scale, on which values are positive; 0 for a linear one
 * @param min where it begins; null for where the values do
 * @param max where it ends; null for where the values do
 */
public record Axis(
    String name, Unit unit, int logBase, @Nullable Double min, @Nullable Double max) {
  public static Axis linear(String name, Unit unit) {
    return new Axis(name, unit, 0, null, null);
  }

  /** Marked at powers of ten. */
  public static Axis log(String name, Unit unit) {
    return new Axis(name, unit, 10, null, null);
  }

  /** Marked at powers of two. */
  public static Axis log2(String name, Unit unit) {
    return new Axis(name, unit, 2, null, null);
  }

  public Axis from(double start) {
    return new Axis(name, unit, logBase, start, max);
  }

  public Axis between(double from, double to) {
    return new Axis(name, unit, logBase, from, to);
  }

  boolean takes(double value) {
    return Double.isFinite(value) && (logBase == 0 || value > 0);
  }
}
