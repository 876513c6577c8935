package dev.waggle.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimersTest {
  private final Timers timers = new Timers();
  private final List<String> ran = new ArrayList<>();

  @Test
  void expiredTimers_runInTheOrderOfTheirDeadlines() {
    schedule(30, "late");
    schedule(10, "early");
    schedule(20, "middle");

    assertThat(timers.runExpired(20)).isEqualTo(2);
    assertThat(ran).containsExactly("early", "middle");

    assertThat(timers.runExpired(29)).isZero();
    assertThat(timers.runExpired(31)).isEqualTo(1);
    assertThat(ran).containsExactly("early", "middle", "late");
  }

  @Test
  void timersOfOneDeadline_runInTheOrderOfTheirScheduling() {
    schedule(10, "first");
    schedule(10, "second");
    schedule(10, "third");

    timers.runExpired(10);

    assertThat(ran).containsExactly("first", "second", "third");
  }

  @Test
  void cancelledTimer_neverRuns() {
    schedule(10, "one");
    Timers.Timer cancelled = schedule(10, "cancelled");
    schedule(10, "two");

    cancelled.cancel();
    cancelled.cancel();
    timers.runExpired(10);

    assertThat(ran).containsExactly("one", "two");
  }

  @Test
  void timerCancelledByAnother_doesNotRunInTheSameTurn() {
    List<Timers.Timer> second = new ArrayList<>();
    timers.schedule(10, () -> second.getFirst().cancel());
    second.add(schedule(11, "second"));

    timers.runExpired(20);

    assertThat(ran).isEmpty();
  }

  @Test
  void timeLeft_isThatUntilTheEarliestDeadline() {
    assertThat(timers.leftNanos(0)).isEqualTo(Poller.FOREVER);

    schedule(30, "late");
    Timers.Timer early = schedule(10, "early");

    assertThat(timers.leftNanos(4)).isEqualTo(6);
    assertThat(timers.leftNanos(12)).isEqualTo(-2);
    early.cancel();
    assertThat(timers.leftNanos(4)).isEqualTo(26);
  }

  @Test
  void clockThatOverflows_keepsTheOrder() {
    long nowNanos = Long.MAX_VALUE - 5;
    schedule(nowNanos + 10, "after the overflow");
    schedule(nowNanos + 3, "before the overflow");
    schedule(nowNanos + Timers.MAX_DELAY_NANOS, "in centuries");

    assertThat(timers.runExpired(nowNanos)).isZero();
    assertThat(timers.leftNanos(nowNanos)).isEqualTo(3);
    timers.runExpired(nowNanos + 10);

    assertThat(ran).containsExactly("before the overflow", "after the overflow");
  }

  private Timers.Timer schedule(long deadlineNanos, String name) {
    return timers.schedule(deadlineNanos, () -> ran.add(name));
  }
}
