package dev.waggle.ports.testkit;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class SkippedTestsFailTest {
  @Test
  void aTestThatGivesItselfUp_fails() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> SkippedTestsFail.proceed(() -> Assumptions.abort("not today")))
        .withMessageContaining("without naming");
  }

  @Test
  void aTestThatNamesWhatTheMachineLacks_isSkipped() {
    assertThatExceptionOfType(TestAbortedException.class)
        .isThrownBy(
            () ->
                SkippedTestsFail.proceed(
                    () -> Assumptions.abort(SkippedTestsFail.PERMITTED + "has no IPv6")));
  }
}
