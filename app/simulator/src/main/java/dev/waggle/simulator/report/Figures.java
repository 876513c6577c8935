package dev.waggle.simulator.report;

import dev.waggle.charts.Unit;
import dev.waggle.charts.Unit.Step;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** Figures as people read them, with three digits that count. */
final class Figures {
  static final double NANOS_PER_MILLI = 1e6;
  static final double NANOS_PER_SECOND = 1e9;

  /** What happened at no time. */
  private static final String NEVER = "never";

  private static final String NONE = "–";

  /** Nanoseconds, but read as no less than milliseconds, and as no more than seconds. */
  static final Unit TIME = new Unit(List.of(new Step(1e6, "ms"), new Step(1e9, "s")));

  private static final Unit BYTES = Unit.bytes();
  private static final Unit COUNT = Unit.count();

  /** When something happened; not a number if it never did. */
  static String millis(double millis) {
    return Double.isNaN(millis) ? NEVER : nanos(millis * NANOS_PER_MILLI);
  }

  static String nanos(long nanos) {
    return nanos((double) nanos);
  }

  private static String nanos(double nanos) {
    return TIME.text(nanos);
  }

  static String bytes(long bytes) {
    return bytes((double) bytes);
  }

  static String bytes(double bytes) {
    return BYTES.text(bytes);
  }

  static String number(long count) {
    return number((double) count);
  }

  /** A ratio; not a number if there is none. */
  static String number(double ratio) {
    return Double.isNaN(ratio) ? NONE : COUNT.text(ratio);
  }

  static String percent(long part, long whole) {
    return percent((double) part / whole);
  }

  /** A part of 1. */
  static String percent(double part) {
    return Double.isNaN(part) ? NONE : COUNT.text(100 * part) + " %";
  }

  /** So many of them: {@code 1 node}, {@code 2 nodes}. */
  static String counted(long count, String one) {
    return number(count) + " " + one + (count == 1 ? "" : "s");
  }

  static String hash(long hash) {
    return String.format(Locale.ROOT, "%016x", hash);
  }

  /** Counts by their size, and by name where those are equal. */
  static List<Map.Entry<String, Long>> mostFirst(SortedMap<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .toList();
  }

  private Figures() {}
}
