package dev.waggle.cli.shape;

import dev.waggle.node.config.ValueType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rates of lines as an operator writes them: a whole number and a unit of thousands, {@code
 * 500kbit} or {@code 50Mbit}, in each second; or {@value #UNLIMITED}. In bytes a second here, 0
 * being without a limit.
 */
public final class RateText {
  public static final String UNLIMITED = "unlimited";

  private static final Pattern PATTERN = Pattern.compile("(?<count>\\d{1,6})(?<unit>[kMG])bit");

  private static final long KBIT = 1000 / 8;
  private static final long MBIT = 1000 * KBIT;
  private static final long GBIT = 1000 * MBIT;

  /** A byte takes eight seconds of a thousandth of it; no node would shake hands in time. */
  private static final long LEAST = KBIT;

  /** More than a machine moves. */
  private static final long MOST = 1000 * GBIT;

  static final ValueType<Long> TYPE =
      ValueType.of(
          "RATE",
          "a rate from 1kbit to 1000Gbit, for example 500kbit, 50Mbit or 1Gbit, or " + UNLIMITED,
          RateText::parse,
          rate -> rate == 0 || (rate >= LEAST && rate <= MOST));

  /**
   * Parses a rate.
   *
   * @return bytes a second; 0 for no limit
   * @throws IllegalArgumentException if {@code text} is anything else
   */
  public static long parse(String text) {
    if (text.equals(UNLIMITED)) {
      return 0;
    }
    Matcher matcher = PATTERN.matcher(text);
    if (!matcher.matches() || Long.parseLong(matcher.group("count")) == 0) {
      throw new IllegalArgumentException("no rate");
    }
    long count = Long.parseLong(matcher.group("count"));
    return switch (matcher.group("unit")) {
      case "k" -> count * KBIT;
      case "M" -> count * MBIT;
      default -> count * GBIT;
    };
  }

  /** In the largest unit that gives a whole number. */
  static String format(long bytesPerSecond) {
    if (bytesPerSecond == 0) {
      return UNLIMITED;
    }
    if (bytesPerSecond % GBIT == 0) {
      return bytesPerSecond / GBIT + "Gbit";
    }
    return bytesPerSecond % MBIT == 0
        ? bytesPerSecond / MBIT + "Mbit"
        : bytesPerSecond / KBIT + "kbit";
  }

  private RateText() {}
}
