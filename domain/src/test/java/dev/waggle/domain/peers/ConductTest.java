package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.neighbour.Offence;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConductTest {
  private final Conduct conduct = new Conduct();
  private long now = 5;

  private static PeerId peer(int number) {
    return new PeerId(Bytes.wrap(ByteBuffer.allocate(PeerId.LENGTH).putInt(number).array()));
  }

  @Test
  void offencesInQuickSuccession_endInABan_whichEnds() {
    for (int i = 0; i < 3; i++) {
      assertThat(conduct.offend(peer(1), Offence.INVALID_MESSAGE, now)).isFalse();
    }
    assertThat(conduct.offend(peer(1), Offence.INVALID_MESSAGE, now)).isTrue();
    assertThat(conduct.isBanned(peer(1), now)).isTrue();
    assertThat(conduct.isBanned(peer(2), now)).isFalse();
    now += Conduct.BAN.toNanos() - 1;
    assertThat(conduct.isBanned(peer(1), now)).isTrue();
    now += 1;
    assertThat(conduct.isBanned(peer(1), now)).isFalse();
    assertThat(conduct.points(peer(1), now)).isZero();
    assertThat(conduct.offend(peer(1), Offence.INVALID_MESSAGE, now)).isFalse();
  }

  @Test
  void offenceDuringABan_doesNotProlongIt() {
    while (!conduct.offend(peer(1), Offence.INVALID_MESSAGE, now)) {}
    long endsNanos = conduct.banEndsNanos(peer(1));
    assertThat(endsNanos - now).isEqualTo(Conduct.BAN.toNanos());
    now += Conduct.BAN.toNanos() / 2;
    assertThat(conduct.offend(peer(1), Offence.INVALID_MESSAGE, now)).isTrue();
    assertThat(conduct.banEndsNanos(peer(1))).isEqualTo(endsNanos);
  }

  @Test
  void offencesNowAndThen_fade() {
    for (int i = 0; i < 100; i++) {
      assertThat(conduct.offend(peer(1), Offence.INVALID_MESSAGE, now)).isFalse();
      now += Conduct.FADES_IN.multipliedBy(Offence.INVALID_MESSAGE.points()).toNanos();
      assertThat(conduct.points(peer(1), now)).isZero();
    }
  }

  @Test
  void offencesJustTooOften_addUpInSpiteOfFading() {
    int offences = 1;
    while (!conduct.offend(peer(1), Offence.INVALID_MESSAGE, now)) {
      now += Duration.ofSeconds(60).toNanos();
      offences++;
    }
    assertThat(offences).isEqualTo(5);
  }

  @Test
  void brokenPromisesTwiceAMinute_endInABanAfter25Minutes() {
    int halfMinutes = 1;
    while (!conduct.offend(peer(1), Offence.BROKEN_PROMISE, now)) {
      now += Duration.ofSeconds(30).toNanos();
      halfMinutes++;
    }
    assertThat(halfMinutes).isBetween(46, 52);
  }

  @Test
  void manyOffenders_areRememberedInBoundedRoom() {
    for (int i = 0; i < 3 * Conduct.MAX_REMEMBERED; i++) {
      conduct.offend(peer(i), Offence.UNSOLICITED_PONG, now);
    }
    assertThat(conduct.points(peer(0), now)).isZero();
    assertThat(conduct.points(peer(3 * Conduct.MAX_REMEMBERED - 1), now)).isEqualTo(20);
    assertThat(conduct.points(peer(2 * Conduct.MAX_REMEMBERED), now)).isEqualTo(20);
    assertThat(conduct.points(peer(2 * Conduct.MAX_REMEMBERED - 1), now)).isZero();
  }
}
