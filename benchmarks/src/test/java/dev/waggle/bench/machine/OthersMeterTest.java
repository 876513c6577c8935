package dev.waggle.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Measures in earnest, a fraction of a second each. */
class OthersMeterTest {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
  private static final Duration A_WHILE = Duration.ofMillis(300);

  @Test
  void processThatIsBusyAllTheTime_disturbs() throws IOException, InterruptedException {
    assumeTrue(new LinuxClock().read() != null, "this machine has no /proc/stat");
    Process busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
    try {
      OthersMeter.Span span = OthersMeter.ofThisMachine().begin();
      double missing = Spinning.missing(PROCESSORS, A_WHILE);
      assertThat(span.end().disturb()).isTrue();
      assertThat(missing).isPositive().isLessThan(PROCESSORS);
    } finally {
      busy.destroyForcibly().waitFor();
    }
  }

  @Test
  void everywhere_javaTellsAPartOfTheProcessors() throws InterruptedException {
    PortableClock clock = new PortableClock();
    ProcessorClock.Reading before = clock.read();
    var _ = Spinning.missing(PROCESSORS, A_WHILE);
    ProcessorClock.Reading after = clock.read();
    assertThat(after.othersSince(before)).isBetween(-(double) PROCESSORS, (double) PROCESSORS);
    assertThat(after.nanos() - before.nanos()).isGreaterThanOrEqualTo(A_WHILE.toNanos());
  }
}
