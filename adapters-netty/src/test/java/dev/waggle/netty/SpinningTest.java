package dev.waggle.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SpinningTest {
  private static final long START = -1_000; // a clock may begin anywhere
  private static final int CORES = 4;

  private final AtomicInteger loops = new AtomicInteger(CORES);
  private final Spinning spinning = new Spinning(START, CORES, loops);

  @Test
  void busyLoop_looksAgain() {
    assertThat(spinning.mayLookAgain(true, START + 10 * Spinning.MAX_NANOS)).isTrue();
  }

  @Test
  void idleLoop_looksForAMomentAndThenSleeps() {
    long busy = START + 3 * Spinning.MAX_NANOS;
    assertThat(spinning.mayLookAgain(true, busy)).isTrue();

    assertThat(spinning.mayLookAgain(false, busy + 1)).isTrue();
    assertThat(spinning.mayLookAgain(false, busy + Spinning.MAX_NANOS - 1)).isTrue();
    assertThat(spinning.mayLookAgain(false, busy + Spinning.MAX_NANOS)).isFalse();
    assertThat(spinning.mayLookAgain(false, busy + 1_000 * Spinning.MAX_NANOS)).isFalse();
  }

  @Test
  void moreLoopsThanCores_doNotSpin() {
    loops.incrementAndGet();
    assertThat(spinning.mayLookAgain(true, START)).as("there is something to do").isTrue();
    assertThat(spinning.mayLookAgain(false, START + 1)).isFalse();

    loops.decrementAndGet();
    assertThat(spinning.mayLookAgain(false, START + 2)).isTrue();
  }
}
