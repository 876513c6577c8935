package dev.waggle.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What JMH says of one benchmark.
 *
 * @param mode JMH's short name: {@code thrpt}, {@code avgt}, {@code sample}, {@code ss}
 * @param secondary what profilers and counters add, by name
 * @param percentiles of the scores of the iterations, or of single operations where those were
 *     sampled; by JMH's names, {@code 99.9}
 * @param settings how it was measured, as people read it
 * @param warmup the scores of the first fork's warm-up, in order; empty if unknown
 */
record Measurement(
    Key key,
    String mode,
    Score score,
    Map<String, Score> secondary,
    Map<String, Double> percentiles,
    String settings,
    List<Double> warmup) {

  private static final String THROUGHPUT = "thrpt";

  /** JMH's name for garbage a operation. */
  static final String GARBAGE = "gc.alloc.rate.norm";

  boolean moreIsBetter() {
    return mode.equals(THROUGHPUT);
  }

  /** A percentile, or null. JMH tells the error of none. */
  @Nullable Score percentile(String name) {
    Double value = percentiles.get(name);
    return value == null ? null : new Score(value, Double.NaN, score.unit());
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
        percentiles,
        settings(json),
        json.path("warmupScores").valueStream().map(Measurement::number).toList());
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
