package dev.waggle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceTest {
  private static final Bound AT_LEAST_100 = Bound.atLeast(100, Units.RATIO);
  private static final Bound AT_MOST_100 = Bound.atMost(100, Units.RATIO);

  private static Score score(double value, double error) {
    return new Score(value, error, Units.RATIO);
  }

  @ParameterizedTest
  @CsvSource({
    // evidence, value, error, verdict
    "APART, 166, 410, NOT_JUDGED",
    "APART, 20, 410, NOT_JUDGED",
    "APART, 20, 20, NOT_JUDGED",
    "APART, 20, 10, NOT_JUDGED",
    "APART, 20, 9.9, MISSES",
    "APART, 166, 65, HOLDS",
    "APART, 166, 67, WITHIN_ERROR",
    "APART, 210, 104.9, HOLDS",
    "APART, 210, 105, NOT_JUDGED",
    "APART, 90, 11, WITHIN_ERROR",
    "APART, 110, 10, HOLDS",
    "APART, 100, 0, HOLDS",
    "APART, 0, 0, MISSES",
    "APART, 0, 1, NOT_JUDGED",
    "APART, 200, NaN, NOT_JUDGED",
    "APART, 20, NaN, NOT_JUDGED",
    "APART, 200, Infinity, NOT_JUDGED",
    "APART, NaN, 1, NOT_JUDGED",
    "APART, NaN, NaN, NOT_JUDGED",
    "APART, Infinity, 0, NOT_JUDGED",
    "APART, Infinity, 1, NOT_JUDGED",
    "APART, -200, 10, MISSES",
    "IN_TURN, 200, 29.9, HOLDS",
    "IN_TURN, 200, 30, NOT_JUDGED",
    "IN_TURN, 20, 3, NOT_JUDGED",
    "IN_TURN, 20, 2.9, MISSES",
    "IN_TURN, 200, NaN, NOT_JUDGED",
    "IN_TURN, 200, Infinity, NOT_JUDGED",
    "IN_TURN, NaN, 0, NOT_JUDGED",
    "WITHOUT_ERROR, 151, NaN, HOLDS",
    "WITHOUT_ERROR, 149, NaN, NOT_JUDGED",
    "WITHOUT_ERROR, 67, NaN, NOT_JUDGED",
    "WITHOUT_ERROR, 66, NaN, MISSES",
    "WITHOUT_ERROR, NaN, NaN, NOT_JUDGED",
    "WITHOUT_ERROR, Infinity, NaN, NOT_JUDGED",
    "WITHOUT_ERROR, 110, 10, HOLDS",
    "WITHOUT_ERROR, 200, 100, NOT_JUDGED",
  })
  void verdict_needsAnErrorThatIsSmall(
      Evidence evidence, double value, double error, Verdict verdict) {
    assertThat(evidence.judge(score(value, error), AT_LEAST_100)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "APART, 20, 9, HOLDS",
    "APART, 20, 10, NOT_JUDGED",
    "APART, 95, 6, WITHIN_ERROR",
    "APART, 150, 40, MISSES",
    "WITHOUT_ERROR, 66, NaN, HOLDS",
    "WITHOUT_ERROR, 99, NaN, NOT_JUDGED",
    "WITHOUT_ERROR, 151, NaN, MISSES",
  })
  void verdict_isTheOtherWayRoundWhereLessIsBetter(
      Evidence evidence, double value, double error, Verdict verdict) {
    assertThat(evidence.judge(score(value, error), AT_MOST_100)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"0.0001, 0.001, HOLDS", "0, 0.2, HOLDS", "0.1, 0.25, NOT_JUDGED", "3, 1, MISSES"})
  void whereNoneIsTheTarget_errorsNeedNotBeSmallerThanNone(
      double value, double error, Verdict verdict) {
    assertThat(Evidence.APART.judge(score(value, error), Bound.noBytes())).isEqualTo(verdict);
  }

  @Test
  void fewerThanThreeSamples_haveNoError() {
    assertThat(Score.mean(List.of(2.0), Units.RATIO).hasError()).isFalse();
    assertThat(Score.mean(List.of(2.0, 2.0), Units.RATIO).hasError()).isFalse();
    assertThat(Score.mean(List.of(2.0, 2.0, 2.0), Units.RATIO).error()).isZero();
  }
}
