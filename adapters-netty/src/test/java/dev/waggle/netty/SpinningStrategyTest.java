package dev.waggle.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.SelectStrategy;
import org.junit.jupiter.api.Test;

class SpinningStrategyTest {
  private final SpinningStrategy strategy = new SpinningStrategy();

  @Test
  void whatIsReady_isNotWaitedFor() throws Exception {
    assertThat(strategy.calculateStrategy(() -> 3, false)).isEqualTo(3);
  }

  @Test
  void loopWithTasks_doesNotWait() throws Exception {
    assertThat(strategy.calculateStrategy(() -> 0, true)).isZero();
  }

  /** How long it looks before that, is a matter of the clock. */
  @Test
  void idleLoop_waitsInTheEnd() throws Exception {
    strategy.calculateStrategy(() -> 1, false);
    int looks = 0;
    while (strategy.calculateStrategy(() -> 0, false) != SelectStrategy.SELECT) {
      looks++;
    }
    assertThat(looks).as("the first look behind something to do is never the last").isPositive();
  }
}
