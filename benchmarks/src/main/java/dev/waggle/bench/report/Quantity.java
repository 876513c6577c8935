package dev.waggle.bench.report;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A figure that some run may have measured, and that a target is about.
 *
 * @param keys the measurements of which it is made; none where no benchmark measures it
 */
record Quantity(Set<Key> keys, Function<Results, Reading> reading) {
  Reading in(Results results) {
    return reading.apply(results);
  }

  /**
   * Something of one measurement.
   *
   * @param whyNot where the measurement does not have it
   */
  static Quantity of(Key key, Function<Measurement, @Nullable Score> score, String whyNot) {
    return new Quantity(
        Set.of(key),
        results ->
            results
                .find(key)
                .map(found -> Reading.ofNullable(score.apply(found), whyNot))
                .orElseGet(() -> new Reading.Missing(results.whyNot(key))));
  }

  /**
   * The score of a benchmark.
   *
   * @param params names and values in turn
   */
  static Quantity score(String benchmark, String... params) {
    return of(key(benchmark, params), Measurement::score, "has no score");
  }

  /** What a profiler or a counter of the benchmark adds to the score. */
  static Quantity secondary(String metric, String benchmark, String... params) {
    return of(key(benchmark, params), found -> found.secondary().get(metric), "has no " + metric);
  }

  /**
   * A percentile of single operations.
   *
   * @param percentile by JMH's name, {@code 99.0}
   */
  static Quantity percentile(String percentile, String benchmark, String... params) {
    return of(key(benchmark, params), found -> found.percentile(percentile), "was not sampled");
  }

  /** What openssl makes of AES-256-GCM. */
  static Quantity openSsl() {
    return new Quantity(
        Set.of(),
        results -> {
          OpenSsl asked = results.openSsl();
          return asked == null
              ? new Reading.Missing(Results.NOT_TRIED)
              : Reading.ofNullable(asked.mean(), String.valueOf(asked.problem()));
        });
  }

  /** The same in another unit. */
  Quantity times(double factor, String unit) {
    return new Quantity(keys, results -> in(results).map(score -> score.times(factor, unit)));
  }

  /** Whichever of the two is more; missing if either is. */
  Quantity orMore(Quantity other) {
    return with(other, (one, two) -> two.value() > one.value() ? two : one);
  }

  /** Whichever of the two is less; missing if either is. */
  Quantity orLess(Quantity other) {
    return with(other, (one, two) -> two.value() < one.value() ? two : one);
  }

  /** This for each one of the other. */
  Quantity per(Quantity other, String unit) {
    return with(other, (one, two) -> one.dividedBy(two).times(1, unit));
  }

  private Quantity with(Quantity other, BinaryOperator<Score> both) {
    Set<Key> all = new LinkedHashSet<>(keys);
    all.addAll(other.keys);
    return new Quantity(
        all,
        results ->
            in(results) instanceof Reading.Read(Score one)
                ? other.in(results).map(two -> both.apply(one, two))
                : in(results));
  }

  static Key key(String benchmark, String... params) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i < params.length; i += 2) {
      pairs.put(params[i], params[i + 1]);
    }
    return new Key(benchmark, pairs);
  }
}
