package dev.waggle.cli.simulate;

import dev.waggle.cli.shape.RateText;
import dev.waggle.node.config.DurationText;
import dev.waggle.simulator.fidelity.Depth;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads times, lengths and rates as people write them. */
public final class Quantities {
  private static final Pattern PART = Pattern.compile("([0-9]+(?:[.][0-9]+)?)%?");
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)([A-Za-z]*)");

  private Quantities() {}

  /** For example {@code 50ms}, {@code 10s}. */
  public static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return DurationText.parse(text);
      } catch (IllegalArgumentException _) {
        throw expected("a time such as 50ms, 10s or 5m", text);
      }
    }
  }

  /** A part of 1, for example {@code 0.6} or {@code 60%}. */
  public static final class Part implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      Matcher part = PART.matcher(text);
      double number = part.matches() ? Double.parseDouble(part.group(1)) : -1;
      double share = text.endsWith("%") ? number / 100 : number;
      if (share >= 0 && share <= 1) {
        return share;
      }
      throw expected("a part from 0 to 1, or as in 60%", text);
    }
  }

  /** How much is computed: {@code messages} or {@code bytes}. */
  public static final class Fidelity implements ITypeConverter<Depth> {
    @Override
    public Depth convert(String text) {
      for (Depth depth : Depth.values()) {
        if (depth.toString().equals(text)) {
          return depth;
        }
      }
      throw expected(Depth.MESSAGES + " or " + Depth.BYTES, text);
    }
  }

  /** For example {@code 250}, {@code 64KiB}, {@code 1MiB}. */
  public static final class Bytes implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      Matcher number = NUMBER.matcher(text);
      if (number.matches()) {
        double unit =
            switch (number.group(2)) {
              case "", "B" -> 1;
              case "kB" -> 1e3;
              case "MB" -> 1e6;
              case "KiB" -> 1 << 10;
              case "MiB" -> 1 << 20;
              default -> -1;
            };
        double bytes = Double.parseDouble(number.group(1)) * unit;
        if (unit > 0 && bytes <= Integer.MAX_VALUE) {
          return (int) bytes;
        }
      }
      throw expected("a length such as 250, 64KiB or 1MiB", text);
    }
  }

  /** For example {@code 50Mbit}; as bytes a second. */
  public static final class Rate implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        return RateText.parse(text);
      } catch (IllegalArgumentException _) {
        throw expected("a rate such as 50Mbit or 1Gbit, or " + RateText.UNLIMITED, text);
      }
    }
  }

  private static TypeConversionException expected(String what, String text) {
    return new TypeConversionException("expected " + what + ", not '" + text + "'");
  }
}
