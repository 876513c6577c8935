package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.neighbour.Offence;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StandingTest {
  private final Standing standing = new Standing();
  private long now = Long.MAX_VALUE - Duration.ofMinutes(5).toNanos(); // Soon runs over.

  private void pass(Duration time) {
    now += time.toNanos();
  }

  /** Brings something first, so often. */
  private void useful(int times, Duration every) {
    for (int i = 0; i < times; i++) {
      pass(every);
      standing.useful(now);
    }
  }

  @Test
  void pointsFadeOneByOne_andANewOffenceBeginsANewCount() {
    standing.offend(Offence.UNSOLICITED_PONG, now);
    assertThat(standing.score(now)).isEqualTo(-20);
    pass(Standing.POINT_FADES_IN.minusNanos(1));
    assertThat(standing.score(now)).isEqualTo(-20);
    pass(Duration.ofNanos(1));
    assertThat(standing.score(now)).isEqualTo(-19);
    pass(Standing.POINT_FADES_IN.minusNanos(1));
    standing.offend(Offence.BROKEN_PROMISE, now);
    assertThat(standing.score(now)).isEqualTo(-24);
    pass(Duration.ofNanos(1));
    assertThat(standing.score(now)).as("what had begun to fade begins anew").isEqualTo(-24);
    pass(Duration.ofDays(1));
    assertThat(standing.score(now)).isZero();
    assertThat(standing.isClean(now)).isTrue();
  }

  @Test
  void credit_isOneAMinute_howeverMuchIsBrought() {
    useful(1, Duration.ZERO);
    assertThat(standing.score(now)).isEqualTo(1);
    useful(10_000, Duration.ofMillis(5));
    assertThat(standing.score(now)).isEqualTo(1);
    useful(1, Duration.ofSeconds(10));
    assertThat(standing.score(now)).isEqualTo(2);
  }

  @Test
  void credit_isOneInvalidMessageAtMost_howeverLongAPeerIsUseful() {
    useful(24, Standing.CREDIT_AFTER);
    assertThat(standing.score(now)).isEqualTo(24);
    useful(100_000, Standing.CREDIT_AFTER);
    assertThat(standing.score(now)).isEqualTo(Offence.INVALID_MESSAGE.points());
  }

  @Test
  void creditFades_oneByOne() {
    useful(30, Standing.CREDIT_AFTER);
    pass(Standing.CREDIT_FADES_IN.minusNanos(1));
    assertThat(standing.score(now)).isEqualTo(25);
    pass(Duration.ofNanos(1));
    assertThat(standing.score(now)).isEqualTo(24);
    pass(Standing.CREDIT_FADES_IN.multipliedBy(23));
    assertThat(standing.score(now)).isEqualTo(1);
    pass(Duration.ofDays(1));
    assertThat(standing.score(now)).isZero();
    useful(1, Duration.ZERO);
    assertThat(standing.score(now)).isEqualTo(1);
  }

  /** It shifts the bound, and buys nothing again and again. */
  @Test
  void credit_doesNotChangeHowOftenAPeerMayOffendInTheLongRun() {
    Standing useless = new Standing();
    useful(25, Standing.CREDIT_AFTER);
    for (int i = 0; i < 10_000; i++) {
      useful(1, Duration.ofSeconds(100));
      standing.offend(Offence.BROKEN_PROMISE, now);
      useless.offend(Offence.BROKEN_PROMISE, now);
      assertThat(standing.score(now)).isEqualTo(useless.score(now) + 25);
    }
  }

  @Test
  void deeds_areThoseSinceThereWereNoPoints() {
    assertThat(standing.deeds()).isEmpty();
    standing.offend(Offence.UNSOLICITED_PONG, now);
    pass(Duration.ofHours(1));
    for (int i = 0; i < 3; i++) {
      standing.offend(Offence.INVALID_MESSAGE, now);
    }
    standing.offend(Offence.BROKEN_PROMISE, now);
    assertThat(standing.deeds()).isEqualTo("3 x invalid message, 1 x broken promise");
  }
}
