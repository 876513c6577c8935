package dev.waggle.domain.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TickTest {
  private final Tick tick = new Tick(Duration.ofNanos(10));
  private final Alarm alarm = new Alarm();
  private final long start = Long.valueOf(Long.MAX_VALUE) - 5; // Runs over before it strikes.

  @Test
  void tick_strikesOnce_oneIntervalAfterItWasWoundUpFirst() {
    tick.wind(alarm, start);
    tick.wind(alarm, start + 9);
    assertThat(tick.strikes(start + 9)).isFalse();
    assertThat(tick.strikes(start + 10)).isTrue();
    assertThat(tick.strikes(start + 30)).isFalse();
    tick.wind(alarm, start + 30);
    assertThat(tick.strikes(start + 39)).isFalse();
    assertThat(tick.strikes(start + 40)).isTrue();
  }

  @Test
  void reminder_setsTheAlarm_ifItWasWoundUp() {
    tick.remind(alarm);
    assertThat(alarm.rings(start + 1000)).isFalse();
    tick.wind(new Alarm(), start);
    tick.remind(alarm);
    assertThat(alarm.rings(start + 9)).isFalse();
    assertThat(alarm.rings(start + 10)).isTrue();
  }
}
