package dev.waggle.charts;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * What figures are counted in, in steps of growing size: 1 500 000 B/s is read as 1.5 MB/s.
 *
 * @param steps smallest first; never none
 */
public record Unit(List<Step> steps) {
  private static final char THOUSANDS = '\u202f';

  /**
   * A unit of the same kind.
   *
   * @param size how many of what values are given in
   * @param name empty for plain numbers
   */
  public record Step(double size, String name) {}

  /**
   * @throws IllegalArgumentException if there is no step
   */
  public Unit {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a unit has a name at least");
    }
  }

  /** A single step. */
  public static Unit of(String name) {
    return new Unit(List.of(new Step(1, name)));
  }

  /** Plain numbers. */
  public static Unit count() {
    return of("");
  }

  /** With thousands, millions and billions of it: {@code kB/s}, {@code MB/s}, {@code GB/s}. */
  public static Unit metric(String name) {
    return new Unit(
        List.of(
            new Step(1, name),
            new Step(1e3, "k" + name),
            new Step(1e6, "M" + name),
            new Step(1e9, "G" + name)));
  }

  /** Bytes, as memory is counted: {@code KiB}, {@code MiB}, {@code GiB}. */
  public static Unit bytes() {
    return new Unit(
        List.of(
            new Step(1, "B"),
            new Step(1 << 10, "KiB"),
            new Step(1 << 20, "MiB"),
            new Step(1 << 30, "GiB")));
  }

  /** Nanoseconds, read as microseconds, milliseconds, seconds and minutes. */
  public static Unit nanos() {
    return new Unit(
        List.of(
            new Step(1, "ns"),
            new Step(1e3, "µs"),
            new Step(1e6, "ms"),
            new Step(1e9, "s"),
            new Step(60e9, "min")));
  }

  /** As people read it, with three digits that count. The page's script does the same. */
  public String text(double value) {
    Step step = steps.getFirst();
    for (Step larger : steps) {
      if (Math.abs(value) >= larger.size) {
        step = larger;
      }
    }
    String figure = figure(value / step.size);
    return step.name.isEmpty() ? figure : figure + " " + step.name;
  }

  private static String figure(double value) {
    double size = Math.abs(value);
    int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 || size == 0 ? 2 : 3;
    BigDecimal rounded =
        BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).stripTrailingZeros();
    String plain = rounded.toPlainString();
    int point = plain.indexOf('.');
    StringBuilder grouped = new StringBuilder(plain);
    int first = plain.startsWith("-") ? 2 : 1;
    for (int i = (point < 0 ? plain.length() : point) - 3; i >= first; i -= 3) {
      grouped.insert(i, THOUSANDS);
    }
    return grouped.toString();
  }
}
