package dev.waggle.domain.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeftAloneTest {
  private final LeftAlone leftAlone = new LeftAlone();

  /** A clock's zero lies anywhere, also so that it turns negative during a test. */
  private long now = Long.MAX_VALUE - Duration.ofSeconds(20).toNanos();

  private static PeerId peer(int number) {
    byte[] hash = new byte[PeerId.LENGTH];
    ByteBuffer.wrap(hash).putInt(number);
    return new PeerId(Bytes.wrap(hash));
  }

  private void pass(Duration time) {
    now += time.toNanos();
    leftAlone.expire(now);
  }

  private void assertLeftFor(Duration time) {
    pass(time.minusMillis(1));
    assertThat(leftAlone.contains(peer(1), now)).isTrue();
    pass(Duration.ofMillis(1));
    assertThat(leftAlone.contains(peer(1), now)).isFalse();
  }

  @Test
  void whoFails_isLeftTwiceAsLongEachTime_upToTenMinutes() {
    for (int seconds : new int[] {30, 60, 120, 240, 480, 600, 600}) {
      leftAlone.failed(peer(1), now);
      assertLeftFor(Duration.ofSeconds(seconds));
    }
  }

  @Test
  void whoWasInPeaceForTenMinutes_beginsAnew() {
    leftAlone.failed(peer(1), now);
    leftAlone.failed(peer(1), now);
    pass(Duration.ofSeconds(60).plusMinutes(10));
    leftAlone.failed(peer(1), now);
    assertLeftFor(Duration.ofSeconds(30));
  }

  @Test
  void whoLies_isLeftForTenMinutesAtOnce() {
    leftAlone.lied(peer(1), now);
    assertLeftFor(Duration.ofMinutes(10));
  }

  @Test
  void ofManyIdentities_thoseThatCameFirstAreForgotten() {
    for (int i = 0; i <= LeftAlone.MAX; i++) {
      leftAlone.lied(peer(i), now);
    }
    assertThat(leftAlone.contains(peer(0), now)).isFalse();
    assertThat(leftAlone.contains(peer(1), now)).isTrue();
    assertThat(leftAlone.contains(peer(LeftAlone.MAX), now)).isTrue();
  }
}
