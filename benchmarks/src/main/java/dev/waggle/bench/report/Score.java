package dev.waggle.bench.report;

import java.util.List;
import org.openjdk.jmh.util.ListStatistics;

/**
 * A figure with its error.
 *
 * @param error half of the 99.9 % confidence interval, as JMH tells it; NaN if a single iteration
 *     leaves it unknown
 */
record Score(double value, double error, String unit) {
  private static final double CONFIDENCE = 0.999;

  static Score exact(double value, String unit) {
    return new Score(value, 0, unit);
  }

  /** The mean of samples, with the error that JMH would tell. */
  static Score mean(List<Double> samples, String unit) {
    ListStatistics statistics = new ListStatistics();
    samples.forEach(statistics::addValue);
    return new Score(statistics.getMean(), statistics.getMeanErrorAt(CONFIDENCE), unit);
  }

  boolean hasError() {
    return !Double.isNaN(error);
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
}
