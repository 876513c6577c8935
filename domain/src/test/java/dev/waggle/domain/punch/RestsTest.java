package dev.waggle.domain.punch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RestsTest {
  private final Rests<Integer> rests = new Rests<>();
  private long now = Long.MAX_VALUE - Duration.ofMinutes(1).toNanos(); // Soon runs over.

  private void pass(Duration time) {
    now += time.toNanos();
  }

  /** The minutes for which somebody rests from now on. */
  private long restMinutes(int who) {
    long minutes = 0;
    while (rests.contains(who, now)) {
      pass(Duration.ofMinutes(1));
      minutes++;
    }
    return minutes;
  }

  @Test
  void eachFurtherFailure_lengthensTheRest_to2Hours() {
    for (long minutes : new long[] {10, 20, 40, 80, 120, 120}) {
      rests.failed(1, now);
      assertThat(restMinutes(1)).isEqualTo(minutes);
    }
    assertThat(rests.contains(2, now)).isFalse();
  }

  @Test
  void whoWasLeftInPeaceForLong_beginsAnew() {
    rests.failed(1, now);
    rests.failed(1, now);
    pass(Duration.ofMinutes(20).plus(Rests.LONGEST));
    rests.failed(1, now);
    assertThat(restMinutes(1)).isEqualTo(10);
  }

  @Test
  void whatSaysLittle_doesNotLengthenTheRest() {
    for (int i = 0; i < 3; i++) {
      rests.once(1, now);
      assertThat(restMinutes(1)).isEqualTo(10);
    }
  }

  @Test
  void soManyAreRemembered_theOldestIsForgottenFirst() {
    for (int who = 0; who <= Rests.MAX; who++) {
      rests.failed(who, now);
    }
    assertThat(rests.contains(0, now)).isFalse();
    assertThat(rests.contains(1, now)).isTrue();
    assertThat(rests.contains(Rests.MAX, now)).isTrue();
  }
}
