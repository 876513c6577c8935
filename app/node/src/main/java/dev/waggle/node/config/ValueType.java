package dev.waggle.node.config;

import dev.waggle.ports.Endpoint;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the values of a key are written, and which of them are allowed.
 *
 * @param placeholder stands for a value in help texts, for example {@code HOST:PORT}
 * @param expected completes the sentence "expected ..."
 * @param parser throws IllegalArgumentException where the text is no such value
 * @param admission lets a value through, made immutable, or throws IllegalArgumentException
 */
public record ValueType<T>(
    String placeholder, String expected, Function<String, T> parser, UnaryOperator<T> admission) {

  public static <T> ValueType<T> of(
      String placeholder, String expected, Function<String, T> parser, Predicate<T> allowed) {
    return new ValueType<>(placeholder, expected, parser, value -> onlyIf(allowed, value));
  }

  /**
   * @throws IllegalArgumentException if the text is no value that is allowed
   */
  T parse(String text) {
    return admit(parser.apply(text));
  }

  /**
   * @throws IllegalArgumentException if the value is not allowed
   */
  T admit(T value) {
    return admission.apply(value);
  }

  private static <T> T onlyIf(Predicate<T> allowed, T value) {
    if (!allowed.test(value)) {
      throw new IllegalArgumentException(value + " is not allowed");
    }
    return value;
  }

  public static ValueType<Integer> integer(int min, int max) {
    return of(
        "N",
        "a whole number from " + min + " to " + max,
        Integer::valueOf,
        n -> n >= min && n <= max);
  }

  public static ValueType<String> text(String placeholder, String regex, String expected) {
    Pattern pattern = Pattern.compile(regex);
    return of(placeholder, expected, text -> text, pattern.asMatchPredicate());
  }

  public static ValueType<Endpoint> endpoint() {
    return of(
        "HOST:PORT",
        "host:port, IPv6 in brackets, the port from 0 to 65535",
        Endpoint::parse,
        e -> true);
  }

  public static ValueType<Boolean> bool() {
    return of("true|false", "true, false", ValueType::parseBoolean, b -> true);
  }

  private static boolean parseBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  /** One of {@code type}, or nothing at all. */
  public static <T> ValueType<Optional<T>> optional(ValueType<T> type) {
    return new ValueType<>(
        type.placeholder,
        type.expected + ", or nothing",
        text -> text.isBlank() ? Optional.empty() : Optional.of(type.parser.apply(text)),
        value -> value.map(type.admission));
  }

  /** One of the constants, written in lower case. */
  public static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
    List<E> constants = Arrays.asList(type.getEnumConstants());
    String words = constants.stream().map(ValueType::word).collect(Collectors.joining("|"));
    return of(
        words,
        words.replace("|", ", "),
        text ->
            constants.stream()
                .filter(constant -> word(constant).equals(text))
                .findAny()
                .orElseThrow(IllegalArgumentException::new),
        e -> true);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  public static ValueType<Duration> duration(Duration min, Duration max) {
    return of(
        "TIME",
        "a time from "
            + DurationText.format(min)
            + " to "
            + DurationText.format(max)
            + ", for example 500ms, 15s, 2m or 1h",
        DurationText::parse,
        d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0);
  }

  /** The path of a directory; {@code ~} at its start is the user's home. */
  public static ValueType<Path> path() {
    return of("DIR", "a path", ValueType::parsePath, p -> true);
  }

  /** The path of a file, written likewise. */
  public static ValueType<Path> file() {
    return of("FILE", "a path", ValueType::parsePath, p -> true);
  }

  private static Path parsePath(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("a path is not blank");
    }
    try {
      return text.equals("~") || text.startsWith("~/")
          ? Path.of(System.getProperty("user.home"), text.substring(1))
          : Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Several values with commas between them; blanks around them do not count. */
  public static <T> ValueType<List<T>> list(ValueType<T> element, int min, int max) {
    Predicate<List<T>> bounded = values -> values.size() >= min && values.size() <= max;
    return new ValueType<>(
        element.placeholder + ",...",
        min + " to " + max + " of: " + element.expected,
        text -> split(text).stream().map(element.parser).toList(),
        values -> onlyIf(bounded, values.stream().map(element.admission).toList()));
  }

  private static List<String> split(String text) {
    return text.isBlank()
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }
}
