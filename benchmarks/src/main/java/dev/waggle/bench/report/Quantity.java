package dev.waggle.bench.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** A figure that some run may have measured, and that a target is about. */
@FunctionalInterface
interface Quantity {
  Reading in(Results results);

  /**
   * The score of a benchmark.
   *
   * @param params names and values in turn
   */
  static Quantity score(String benchmark, String... params) {
    Key key = key(benchmark, params);
    return results ->
        results
            .find(key)
            .<Reading>map(one -> new Reading.Read(one.score()))
            .orElseGet(() -> new Reading.Missing(results.whyNot(key)));
  }

  /** What a profiler or a counter of the benchmark adds to the score. */
  static Quantity secondary(String metric, String benchmark, String... params) {
    Key key = key(benchmark, params);
    return results ->
        results
            .find(key)
            .map(one -> Reading.ofNullable(one.secondary().get(metric), "has no " + metric))
            .orElseGet(() -> new Reading.Missing(results.whyNot(key)));
  }

  /**
   * A percentile of single operations.
   *
   * @param percentile by JMH's name, {@code 99.0}
   */
  static Quantity percentile(String percentile, String benchmark, String... params) {
    Key key = key(benchmark, params);
    return results ->
        results
            .find(key)
            .map(one -> Reading.ofNullable(one.percentile(percentile), "was not sampled"))
            .orElseGet(() -> new Reading.Missing(results.whyNot(key)));
  }

  /** What openssl makes of AES-256-GCM. */
  static Quantity openSsl() {
    return results -> {
      OpenSsl asked = results.openSsl();
      return asked == null
          ? new Reading.Missing(Results.NOT_TRIED)
          : Reading.ofNullable(asked.mean(), String.valueOf(asked.problem()));
    };
  }

  /** The same in another unit. */
  default Quantity times(double factor, String unit) {
    return results -> in(results).map(score -> score.times(factor, unit));
  }

  /** Whichever of the two is more; missing if either is. */
  default Quantity orMore(Quantity other) {
    return results ->
        in(results) instanceof Reading.Read(Score one)
            ? other.in(results).map(score -> score.value() > one.value() ? score : one)
            : in(results);
  }

  /** Whichever of the two is less; missing if either is. */
  default Quantity orLess(Quantity other) {
    return results ->
        in(results) instanceof Reading.Read(Score one)
            ? other.in(results).map(score -> score.value() < one.value() ? score : one)
            : in(results);
  }

  /** This for each one of the other. */
  default Quantity per(Quantity other, String unit) {
    return results ->
        in(results) instanceof Reading.Read(Score one)
            ? other.in(results).map(score -> one.dividedBy(score).times(1, unit))
            : in(results);
  }

  static Key key(String benchmark, String... params) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i < params.length; i += 2) {
      pairs.put(params[i], params[i + 1]);
    }
    return new Key(benchmark, pairs);
  }
}
