package dev.waggle.bench.report;

import dev.waggle.bench.machine.Others;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What JMH says of one benchmark.
 *
 * @param mode JMH's short name: {@code thrpt}, {@code avgt}, {@code sample}, {@code ss}
 * @param secondary what profilers and counters add, by name
 * @param iterations what each iteration gave of those, in the same order for all of them
 * @param percentiles of the scores of the iterations, or of single operations where those were
 *     sampled; by JMH's names, {@code 99.9}
 * @param settings how it was measured, as people read it
 * @param warmup the scores of the first fork's warm-up, in order; empty if unknown
 * @param others meanwhile, in the fork in which they used most; null if unknown
 */
record Measurement(
    Key key,
    String mode,
    Score score,
    Map<String, Score> secondary,
    Map<String, List<Double>> iterations,
    Map<String, Double> percentiles,
    String settings,
    List<Double> warmup,
    @Nullable Others others) {

  private static final String THROUGHPUT = "thrpt";

  /** JMH's name for garbage a operation. */
  static final String GARBAGE = "gc.alloc.rate.norm";

  /** Where a result has what others used, fork by fork; JMH knows nothing of it. */
  static final String OTHERS = "others";

  boolean moreIsBetter() {
    return mode.equals(THROUGHPUT);
  }

  /** Were others in the way? Not that anybody knows, if nobody asked. */
  boolean isDisturbed() {
    return others != null && others.disturb();
  }

  /** A percentile, or null. JMH tells the error of none. */
  @Nullable Score percentile(String name) {
    Double value = percentiles.get(name);
    return value == null ? null : new Score(value, Double.NaN, score.unit());
  }

  /** The mean of what the iterations gave of a counter; null if nothing is known of that. */
  @Nullable Score mean(String counter, String unit) {
    List<Double> all = iterations.getOrDefault(counter, List.of());
    return all.isEmpty() ? null : Score.mean(all, unit);
  }

  /**
   * The mean of what iterations estimated, each with its own error, which another counter of the
   * name with {@code Error} behind it gives; null if one of the two is not there.
   */
  @Nullable Score estimate(String counter, String unit) {
    List<Double> all = iterations.getOrDefault(counter, List.of());
    List<Double> errors = iterations.getOrDefault(counter + "Error", List.of());
    if (all.isEmpty() || errors.isEmpty()) {
      return null;
    }
    double value = all.stream().mapToDouble(one -> one).sum() / all.size();
    double squares = errors.stream().mapToDouble(one -> one * one).sum();
    return new Score(value, Math.sqrt(squares) / errors.size(), unit);
  }

  /**
   * One counter by another, iteration by iteration, without those that counted nothing; null if
   * none is left.
   */
  @Nullable Score quotient(String counter, String by, double factor, String unit) {
    List<Double> above = iterations.getOrDefault(counter, List.of());
    List<Double> below = iterations.getOrDefault(by, List.of());
    List<Double> quotients =
        IntStream.range(0, Math.min(above.size(), below.size()))
            .filter(i -> above.get(i) > 0 && below.get(i) > 0)
            .mapToObj(i -> factor * above.get(i) / below.get(i))
            .toList();
    return quotients.isEmpty() ? null : Score.mean(quotients, unit);
  }

  /**
   * Reads an element of JMH's JSON.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Measurement of(JsonNode json) {
    String name = json.path("benchmark").asString("");
    JsonNode primary = json.path("primaryMetric");
    if (name.isEmpty() || !primary.has("score")) {
      throw new IllegalArgumentException("an element is no result of JMH");
    }
    Map<String, String> params = new LinkedHashMap<>();
    json.path("params").properties().forEach(e -> params.put(e.getKey(), e.getValue().asString()));
    Map<String, Score> secondary = new LinkedHashMap<>();
    json.path("secondaryMetrics")
        .properties()
        .forEach(e -> secondary.put(plainName(e.getKey()), score(e.getValue())));
    Map<String, List<Double>> iterations = new LinkedHashMap<>();
    json.path("secondaryMetrics")
        .properties()
        .forEach(e -> iterations.put(plainName(e.getKey()), samples(e.getValue())));
    Map<String, Double> percentiles = new LinkedHashMap<>();
    primary
        .path("scorePercentiles")
        .properties()
        .forEach(e -> percentiles.put(e.getKey(), number(e.getValue())));
    return new Measurement(
        new Key(simpleName(name), params),
        json.path("mode").asString(""),
        score(primary),
        secondary,
        iterations,
        percentiles,
        settings(json),
        json.path("warmupScores").valueStream().map(Measurement::number).toList(),
        others(json.path(OTHERS)));
  }

  private static @Nullable Others others(JsonNode ofForks) {
    return ofForks
        .valueStream()
        .map(fork -> new Others(number(fork.path("used")), fork.path("of").asInt(1)))
        .reduce(Others::orMore)
        .orElse(null);
  }

  /** Without the package. */
  static String simpleName(String benchmark) {
    int method = benchmark.lastIndexOf('.');
    return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
  }

  /** Some versions of JMH mark profilers' figures with a dot in front. */
  private static String plainName(String metric) {
    return metric.startsWith("·") ? metric.substring(1) : metric;
  }

  private static Score score(JsonNode metric) {
    return new Score(
        number(metric.path("score")),
        number(metric.path("scoreError")),
        metric.path("scoreUnit").asString(""));
  }

  /** Of all forks, one behind the other. */
  private static List<Double> samples(JsonNode metric) {
    return metric
        .path("rawData")
        .valueStream()
        .flatMap(JsonNode::valueStream)
        .map(Measurement::number)
        .toList();
  }

  /** JMH writes what is no number as a string. */
  private static double number(JsonNode json) {
    return json.isNumber() ? json.asDouble() : Double.NaN;
  }

  private static String settings(JsonNode json) {
    return "%d × (%d × %s, then %d × %s)"
        .formatted(
            json.path("forks").asInt(1),
            json.path("warmupIterations").asInt(0),
            json.path("warmupTime").asString("?"),
            json.path("measurementIterations").asInt(0),
            json.path("measurementTime").asString("?"));
  }
}
