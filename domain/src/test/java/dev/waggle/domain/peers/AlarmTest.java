package dev.waggle.domain.peers;

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
    alarm.by(NOW + 20);
    alarm.by(NOW + 10);
    alarm.by(NOW + 30);
    assertThat(alarm.deadlineNanos(NOW)).isEqualTo(NOW + 10);
    assertThat(alarm.rings(NOW + 9)).isFalse();
    assertThat(alarm.rings(NOW + 10)).isTrue();
  }

  @Test
  void alarmThatRang_isClear() {
    alarm.by(NOW);
    assertThat(alarm.rings(NOW + 1)).isTrue();
    assertThat(alarm.rings(NOW + 1)).isFalse();
    alarm.by(NOW + 50);
    assertThat(alarm.deadlineNanos(NOW)).isEqualTo(NOW + 50);
  }
}
