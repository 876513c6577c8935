package dev.waggle.bench.report;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a benchmark counted that measures several things in turn: what each took, and perhaps the
 * bytes that each carried meanwhile.
 *
 * <p>Figures come from single iterations, and errors from how those differ, unless iterations tell
 * errors themselves. The errors of two counters say little of their ratio: an iteration on a slow
 * machine is slow for both, and where their sum is the whole time, what one gains the other loses.
 */
record InTurn(Key key) {
  private static final String BYTES = "timedBytes";
  private static final double NANOS_PER_SECOND = 1e9;

  static InTurn of(String benchmark, String... params) {
    return new InTurn(Quantity.key(benchmark, params));
  }

  /** How many times the other's figure one is. */
  Quantity ratio(String one, String other) {
    return read(found -> found.quotient(one, other, 1, Units.RATIO), one + " and " + other);
  }

  /** What a link carried while its nanoseconds were counted. */
  Quantity bytesPerSecond(String nanos) {
    return read(found -> bytesPerSecond(found, nanos), nanos);
  }

  /** The same of one measurement; null if it does not count that. */
  static @Nullable Score bytesPerSecond(Measurement of, String nanos) {
    return of.quotient(BYTES, nanos, NANOS_PER_SECOND, Units.BYTES_PER_SECOND);
  }

  /** The mean of what iterations counted. */
  Quantity mean(String counter, String unit) {
    return read(found -> found.mean(counter, unit), counter);
  }

  /** What iterations estimated themselves, with the errors that they told. */
  Quantity estimate(String counter, String unit) {
    return read(found -> found.estimate(counter, unit), counter + " with an error");
  }

  private Quantity read(Function<Measurement, @Nullable Score> score, String counters) {
    return Quantity.of(key, score, "has no " + counters);
  }
}
