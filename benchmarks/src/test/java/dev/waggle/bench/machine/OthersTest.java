package dev.waggle.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OthersTest {
  @ParameterizedTest
  @CsvSource({
    "0.1, 1, false",
    "0.11, 1, true",
    "0.2, 2, false",
    "0.21, 2, true",
    "0.5, 15, false",
    "2, 15, true",
    "0.5, 64, false",
    "0.51, 64, true",
    "NaN, 2, false"
  })
  void moreThanATenthOrHalfAProcessor_disturbs(double used, int of, boolean disturb) {
    assertThat(new Others(used, of).disturb()).isEqualTo(disturb);
  }

  @ParameterizedTest
  @CsvSource({"1, 2, 2", "2, 1, 2", "NaN, 1, 1", "1, NaN, 1", "NaN, NaN, NaN"})
  void orMore_isTheOneThatSaysMore(double one, double two, double more) {
    assertThat(new Others(one, 3).orMore(new Others(two, 3)).used())
        .isEqualTo(Double.valueOf(more));
  }
}
