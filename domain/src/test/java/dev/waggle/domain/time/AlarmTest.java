package dev.waggle.domain.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AlarmTest {
  private static final long NOW = Long.MAX_VALUE - 5; // Soon runs over.

  private final Alarm alarm = new Alarm();

  @Test
  void alarmThatNobodySet_doesNotRing_andLooksAnHourAhead() {
    assertThat(alarm.rings(NOW)).isFalse();
    assertThat(alarm.deadlineNanos(NOW) - NOW).isEqualTo(Duration.ofHours(1).toNanos());
  }

  @Test
  void earliestDeadline_counts() {
    alarm.by(after(20));
    alarm.by(after(10));
    alarm.by(after(30));
    assertThat(alarm.deadlineNanos(NOW)).isEqualTo(after(10));
    assertThat(alarm.rings(after(9))).isFalse();
    assertThat(alarm.rings(after(10))).isTrue();
  }

  @Test
  void alarmThatRang_isClear() {
    alarm.by(NOW);
    assertThat(alarm.rings(after(1))).isTrue();
    assertThat(alarm.rings(after(1))).isFalse();
    alarm.by(after(50));
    assertThat(alarm.deadlineNanos(NOW)).isEqualTo(after(50));
  }

  /** The clock may run over in between. */
  private static long after(long nanos) {
    return NOW + nanos;
  }
}
