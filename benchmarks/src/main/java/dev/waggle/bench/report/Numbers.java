package dev.waggle.bench.report;

import dev.waggle.ports.wire.GossipMessage;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** Figures as people read them: three digits that count, in a unit of fitting size. */
final class Numbers {
  private static final Pattern NEGATIVE_ZERO = Pattern.compile("-0\\.?0*");

  /** A figure in a unit of its size. */
  private record Scaled(double factor, int decimals, String unit) {
    String figure(double value) {
      String figure = String.format(Locale.ROOT, "%,." + decimals + "f", value * factor);
      return (NEGATIVE_ZERO.matcher(figure).matches() ? figure.substring(1) : figure)
          .replace(',', '\u202f');
    }
  }

  /** With its error: {@code 4.21 ± 0.05 M msg/s}. */
  static String withError(Score score) {
    Scaled scaled = scaled(score);
    return scaled.figure(score.value()) + " " + error(score, scaled) + suffix(scaled);
  }

  /** Without: {@code 4.21 M msg/s}. */
  static String plain(Score score) {
    Scaled scaled = scaled(score);
    return scaled.figure(score.value()) + suffix(scaled);
  }

  private static String suffix(Scaled scaled) {
    return scaled.unit.isEmpty() ? "" : " " + scaled.unit;
  }

  private static String error(Score score, Scaled scaled) {
    return score.hasError() ? "± " + scaled.figure(score.error()) : "±?";
  }

  private static Scaled scaled(Score score) {
    double size = Math.abs(score.value());
    return switch (score.unit()) {
      case Units.RATIO -> new Scaled(1, 2, "x");
      case Units.BYTES, Units.BYTES_PER_OP ->
          size < 10_240 ? new Scaled(1, 1, "B") : new Scaled(1 / 1024.0, 1, "KiB");
      case Units.BYTES_PER_SECOND -> sized(1e-6, size, "MB/s");
      case Units.NANOS -> size < 1e6 ? sized(1e-3, size, "µs") : sized(1e-6, size, "ms");
      case Units.MICROS_PER_OP -> size < 1000 ? sized(1, size, "µs") : sized(1e-3, size, "ms");
      case Units.MILLIS_PER_OP -> sized(1, size, "ms");
      default -> counted(size, score.unit());
    };
  }

  private static Scaled counted(double size, String unit) {
    if (size >= 1e6) {
      return sized(1e-6, size, "M " + unit);
    }
    return size >= 10_000 ? sized(1e-3, size, "k " + unit) : sized(1, size, unit);
  }

  private static Scaled sized(double factor, double size, String unit) {
    return new Scaled(factor, decimals(size * factor), unit);
  }

  private static int decimals(double shown) {
    if (shown >= 1 || shown == 0) {
      return shown >= 100 ? 0 : shown >= 10 ? 1 : 2;
    }
    return shown >= 0.1 ? 3 : 4;
  }

  /** {@code 2 min 10 s}. */
  static String time(Duration time) {
    long seconds = Math.max(0, Math.round(time.toMillis() / 1000.0));
    return seconds < 60
        ? seconds + " s"
        : seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
  }

  /** {@code 64 KiB}. */
  static String size(String bytes) {
    long count;
    try {
      count = Long.parseLong(bytes);
    } catch (NumberFormatException _) {
      return bytes;
    }
    if (count == GossipMessage.MAX_PAYLOAD_BYTES) {
      return "8 MiB"; // but for some bytes
    }
    if (count >= 1 << 20 && count % (1 << 20) == 0) {
      return (count >> 20) + " MiB";
    }
    return count >= 1 << 10 && count % (1 << 10) == 0 ? (count >> 10) + " KiB" : count + " B";
  }

  private Numbers() {}
}
