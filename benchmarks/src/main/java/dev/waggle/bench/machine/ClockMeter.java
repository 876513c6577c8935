package dev.waggle.bench.machine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads a clock of processors twice, and lets threads spin.
 *
 * <p>During a measurement the clock alone tells it, where it knows what child processes have used,
 * as on Linux. Elsewhere a look right behind the measurement must do, when those have ended.
 */
final class ClockMeter implements OthersMeter {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration SHORT_LOOK = Duration.ofMillis(300);
  private static final Duration SPIN = Duration.ofMillis(200);
  private static final int MOST_LOOKS = 4;

  private final ProcessorClock clock;
  private final int available;
  private final Pause pause;
  private final Spin spin;

  /** Waits. */
  @FunctionalInterface
  interface Pause {
    void sleep(Duration time) throws InterruptedException;
  }

  /** Tells how many processors are missing, as {@link Spinning} does. */
  @FunctionalInterface
  interface Spin {
    double missing(int processors, Duration time) throws InterruptedException;
  }

  /**
   * Prepares.
   *
   * @param available processors that this process may use
   */
  ClockMeter(ProcessorClock clock, int available, Pause pause, Spin spin) {
    this.clock = clock;
    this.available = available;
    this.pause = pause;
    this.spin = spin;
  }

  @Override
  public Others atRest() throws InterruptedException {
    Others least = lookAndSpin();
    for (int looks = 1; looks < MOST_LOOKS && least.disturb(); looks++) {
      Others now = lookAndSpin();
      least = now.used() < least.used() ? now : least;
    }
    return least;
  }

  @Override
  public Span begin() {
    if (!clock.knowsChildren()) {
      return () -> look(SHORT_LOOK);
    }
    ProcessorClock.Reading before = clock.read();
    return () -> between(before, clock.read());
  }

  private Others lookAndSpin() throws InterruptedException {
    Others seen = look(LOOK);
    return seen.orMore(new Others(spin.missing(available, SPIN), available));
  }

  private Others look(Duration time) throws InterruptedException {
    ProcessorClock.Reading before = clock.read();
    pause.sleep(time);
    return between(before, clock.read());
  }

  /** Others may use the processors that a container's quota keeps from this process anyway. */
  private Others between(
      ProcessorClock.@Nullable Reading before, ProcessorClock.@Nullable Reading after) {
    if (before == null || after == null) {
      return new Others(Double.NaN, available);
    }
    int elsewhere = Math.max(0, after.processors() - available);
    double used = after.othersSince(before) - elsewhere;
    return new Others(Math.clamp(used, 0, available), available);
  }
}
