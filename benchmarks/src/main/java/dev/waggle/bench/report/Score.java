package dev.waggle.bench.report;

import java.util.List;
import org.openjdk.jmh.util.ListStatistics;

/**
 * A figure with its error.
 *
 * @param error half of the 99.9 % confidence interval, as JMH tells it; not finite if it is
 *     unknown, after a single iteration for example
 */
record Score(double value, double error, String unit) {
  private static final double CONFIDENCE = 0.999;

  /** The least part of a figure that a change is worth a line for: what three digits show. */
  private static final double NOTICEABLE = 0.01;

  /** The same of bytes an operation, which JMH counts with some of its own among them. */
  private static final double NOTICEABLE_BYTES = 0.5;

  static Score exact(double value, String unit) {
    return new Score(value, 0, unit);
  }

  /** The mean of samples, with the error that JMH would tell; of fewer than three it is unknown. */
  static Score mean(List<Double> samples, String unit) {
    ListStatistics statistics = new ListStatistics();
    samples.forEach(statistics::addValue);
    return new Score(statistics.getMean(), statistics.getMeanErrorAt(CONFIDENCE), unit);
  }

  boolean hasError() {
    return Double.isFinite(value) && Double.isFinite(error);
  }

  double low() {
    return hasError() ? value - error : value;
  }

  double high() {
    return hasError() ? value + error : value;
  }

  /** The same in another unit. */
  Score times(double factor, String otherUnit) {
    return new Score(value * factor, error * factor, otherUnit);
  }

  /** How many times the other, with the relative errors of both, which are independent. */
  Score dividedBy(Score other) {
    double ratio = value / other.value;
    double ratioError = Math.hypot(error, ratio * other.error) / Math.abs(other.value);
    return new Score(ratio, ratioError, Units.RATIO);
  }

  /** Do the intervals leave no room for the two to be equal? Unknown errors prove nothing. */
  boolean differsFrom(Score other) {
    return hasError() && other.hasError() && (low() > other.high() || high() < other.low());
  }

  /** Is the difference so large that one would look for its cause? */
  boolean isNoticeablyUnlike(Score other) {
    double larger = Math.max(Math.abs(value), Math.abs(other.value));
    double least = NOTICEABLE * larger;
    return Math.abs(value - other.value)
        >= (unit.equals(Units.BYTES_PER_OP) ? Math.max(least, NOTICEABLE_BYTES) : least);
  }
}
