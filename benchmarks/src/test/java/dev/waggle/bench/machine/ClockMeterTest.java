package dev.waggle.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockMeterTest {
  /**
   * A clock for which time passes only in pauses and spins, in which others use what is planned.
   */
  private static final class FakeClock implements ProcessorClock {
    private final boolean knowsChildren;
    private final int processors;
    private final Deque<Double> others = new ArrayDeque<>();
    private boolean tells = true;
    private long nanos;
    private long othersNanos;

    FakeClock(boolean knowsChildren, int processors, Double... others) {
      this.knowsChildren = knowsChildren;
      this.processors = processors;
      this.others.addAll(List.of(others));
    }

    void pass(long passed) {
      nanos += passed;
      othersNanos += Math.round(passed * others.remove());
    }

    @Override
    public Reading read() {
      return tells ? new Reading(nanos, othersNanos, processors) : null;
    }

    @Override
    public boolean knowsChildren() {
      return knowsChildren;
    }
  }

  private static OthersMeter meter(FakeClock clock, int available, double missing) {
    return new ClockMeter(
        clock, available, time -> clock.pass(time.toNanos()), (n, time) -> missing);
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0.05, 0.1", "0.02, 0.15, 0.15", "0.02, NaN, 0.02"})
  void atRest_isTheMoreOfWhatIsCountedAndWhatIsMissing(double used, double missing, double more)
      throws InterruptedException {
    assertThat(meter(new FakeClock(true, 2, used), 2, missing).atRest().used())
        .isCloseTo(more, within(1e-6));
  }

  @Test
  void whatIsSoonOver_wasNothing() throws InterruptedException {
    OthersMeter meter = meter(new FakeClock(true, 2, 1.5, 0.9, 0.1), 2, 0);
    assertThat(meter.atRest().used()).isCloseTo(0.1, within(1e-6));
  }

  @Test
  void whatIsNeverOver_isTheLeastOfFourLooks() throws InterruptedException {
    OthersMeter meter = meter(new FakeClock(true, 2, 1.5, 0.9, 1.1, 1.2), 2, 0);
    assertThat(meter.atRest().used()).isCloseTo(0.9, within(1e-6));
  }

  @Test
  void clockThatTellsNothing_leavesWhatIsMissing() throws InterruptedException {
    FakeClock clock = new FakeClock(true, 2, 0.0);
    clock.tells = false;
    assertThat(meter(clock, 2, 0.1).atRest().used()).isEqualTo(0.1);
    assertThat(meter(clock, 2, 0.1).begin().end().used()).isNaN();
  }

  @Test
  void measurement_isCountedFromItsBeginToItsEnd() throws InterruptedException {
    FakeClock clock = new FakeClock(true, 2, 1.9, 0.3, 0.5, 1.9);
    clock.pass(1000);
    OthersMeter.Span span = meter(clock, 2, 0).begin();
    clock.pass(1_000_000);
    clock.pass(1_000_000);
    assertThat(span.end().used()).isCloseTo(0.4, within(1e-6));
  }

  @Test
  void whereChildrenAreNotKnown_aLookBehindTheMeasurementMustDo() throws InterruptedException {
    FakeClock clock = new FakeClock(false, 2, 1.9, 0.3);
    OthersMeter.Span span = meter(clock, 2, 0).begin();
    clock.pass(1_000_000);
    assertThat(span.end().used()).isCloseTo(0.3, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"10, 0", "63, 1", "70, 2", "-0.1, 0"})
  void othersOnAHost_areInTheWayOnlyWhereTheyLeaveTooLittle(double onHost, double inTheWay)
      throws InterruptedException {
    assertThat(meter(new FakeClock(false, 64, onHost), 2, 0).begin().end().used())
        .isCloseTo(inTheWay, within(1e-6));
  }
}
