package dev.waggle.cli.control;

import java.time.Duration;
import java.util.Locale;

/** Numbers in few characters. */
final class Quantity {
  static final String NONE = "-";

  private static final String[] BINARY = {"", "K", "M", "G", "T", "P", "E"};
  private static final String[] DECIMAL = {"", "k", "M", "G", "T", "P", "E"};

  /** In powers of 1024: {@code 512}, {@code 1.5K}, {@code 37M}. */
  static String bytes(long bytes) {
    return scaled(bytes, 1024, BINARY);
  }

  /** In powers of 1000. */
  static String count(long count) {
    return scaled(count, 1000, DECIMAL);
  }

  private static String scaled(long number, int base, String[] units) {
    double rest = number;
    int unit = 0;
    while (rest >= 999.5 && unit < units.length - 1) {
      rest /= base;
      unit++;
    }
    String format = unit > 0 && rest < 9.95 ? "%.1f%s" : "%.0f%s";
    return String.format(Locale.ROOT, format, rest, units[unit]);
  }

  /**
   * In the largest unit of which there is one: {@code 45s}, {@code 12m}, {@code 3h}, {@code 5d}.
   */
  static String time(long millis) {
    Duration time = Duration.ofMillis(millis);
    if (time.toMinutes() < 1) {
      return time.toSeconds() + "s";
    }
    if (time.toHours() < 1) {
      return time.toMinutes() + "m";
    }
    return time.toDays() < 2 ? time.toHours() + "h" : time.toDays() + "d";
  }

  /** In words that a sentence can have: {@code 45 s}, {@code 12 min}, {@code 1 h 12 min}. */
  static String wholeTime(long millis) {
    Duration time = Duration.ofMillis(millis);
    if (time.toMinutes() < 1) {
      return time.toSeconds() + " s";
    }
    String minutes = time.toMinutesPart() + " min";
    return time.toHours() < 1 ? minutes : time.toHours() + " h " + minutes;
  }

  /** Milliseconds as they are measured: {@code 0.4}, {@code 12}. */
  static String millis(double millis) {
    return String.format(Locale.ROOT, millis < 9.95 ? "%.1f" : "%.0f", millis);
  }

  private Quantity() {}
}
