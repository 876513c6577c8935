package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.peers.Heartbeat.Action;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
  private static final PeerSettings SETTINGS = PeerSettings.defaults(List.of());
  private static final long PING_AFTER = PeerSettings.DEFAULT_PING_AFTER.toNanos();
  private static final long SILENCE = PeerSettings.DEFAULT_SILENCE_LIMIT.toNanos();
  private static final long ROUND_TRIP = Duration.ofMillis(30).toNanos();

  private long now = Long.MAX_VALUE - PING_AFTER / 2; // Soon runs over.
  private long heard = now;
  private long nonce = 100;
  private final Heartbeat heartbeat = new Heartbeat(now);

  /** Time passes until the heartbeat is due, and it is checked. */
  private Action due() {
    now = heartbeat.deadlineNanos();
    return heartbeat.check(SETTINGS, heard, now);
  }

  /** A silence begins, and lasts until a Ping is sent, whose nonce this returns. */
  private long silenceUntilPinged() {
    heard = now;
    Action action = due();
    while (action == Action.NOTHING) {
      action = due();
    }
    return ping(action);
  }

  private long ping(Action action) {
    assertThat(action).isEqualTo(Action.PING);
    heartbeat.pinged(++nonce, now);
    return nonce;
  }

  private boolean pong(long answered) {
    return heartbeat.pong(answered, now);
  }

  /** The link is new, and the Ping that it begins with is answered. */
  private void greet() {
    long first = ping(due());
    now += ROUND_TRIP;
    heard = now;
    assertThat(pong(first)).isTrue();
  }

  @Test
  void newLink_isPingedAtOnce_andNotAgainWhileItIsBusy() {
    long begin = now;
    ping(due());
    assertThat(now).isEqualTo(begin);
    for (int i = 0; i < 100; i++) {
      heard = heartbeat.deadlineNanos() - 1;
      assertThat(due()).isEqualTo(Action.NOTHING);
    }
  }

  @Test
  void firstPingWithoutRoom_isTriedAgainSoon_thoughThePeerIsNotSilent() {
    assertThat(due()).isEqualTo(Action.PING);
    heartbeat.pingLater(now);
    assertThat(heartbeat.deadlineNanos() - now).isEqualTo(Duration.ofSeconds(1).toNanos());
    heard = heartbeat.deadlineNanos();
    ping(due());
  }

  @Test
  void newLinkThatStaysSilent_isPingedAtOnceAndAfterEachInterval_thenTheEnd() {
    long begin = now;
    ping(due());
    ping(due());
    assertThat(now - begin).isEqualTo(PING_AFTER);
    ping(due());
    assertThat(now - begin).isEqualTo(2 * PING_AFTER);
    assertThat(due()).isEqualTo(Action.CLOSE);
    assertThat(now - begin).isEqualTo(SILENCE);
  }

  @Test
  void leastRoundTrip_isThatOfTheFastestAnswer() {
    assertThat(heartbeat.leastRoundTripNanos()).isEmpty();
    greet();
    assertThat(heartbeat.leastRoundTripNanos()).hasValue(ROUND_TRIP);
    long second = silenceUntilPinged();
    now += ROUND_TRIP * 3;
    assertThat(pong(second)).isTrue();
    assertThat(heartbeat.roundTripNanos()).hasValue(ROUND_TRIP * 3);
    assertThat(heartbeat.leastRoundTripNanos()).hasValue(ROUND_TRIP);
    long third = silenceUntilPinged();
    now += ROUND_TRIP / 2;
    assertThat(pong(third)).isTrue();
    assertThat(heartbeat.leastRoundTripNanos()).hasValue(ROUND_TRIP / 2);
  }

  @Test
  void silence_bringsAPingAfterEachInterval_thenTheEnd() {
    greet();
    long begin = now;
    assertThat(due()).as("since the Pong").isEqualTo(Action.NOTHING);
    ping(due());
    assertThat(now - begin).isEqualTo(PING_AFTER);
    ping(due());
    assertThat(now - begin).isEqualTo(2 * PING_AFTER);
    assertThat(due()).isEqualTo(Action.CLOSE);
    assertThat(now - begin).isEqualTo(SILENCE);
  }

  @Test
  void silenceLimitBeforeTheNextPing_isNotMissed() {
    PeerSettings settings =
        new PeerSettings(
            List.of(),
            0,
            0,
            PeerSettings.DEFAULT_PING_AFTER,
            PeerSettings.DEFAULT_PING_AFTER.plusNanos(1),
            PeerSettings.DEFAULT_SLOW_AFTER);
    now += PING_AFTER;
    ping(heartbeat.check(settings, heard, now));
    assertThat(heartbeat.deadlineNanos() - heard).isEqualTo(PING_AFTER + 1);
  }

  @Test
  void lostPong_doesNotKeepTheNextSilenceFromBeingAsked() {
    for (int lost = 0; lost < 100; lost++) {
      silenceUntilPinged();
      now += PING_AFTER / 2; // Then something else arrives, which is no answer.
    }
    assertThat(pong(silenceUntilPinged())).isTrue();
  }

  @Test
  void bytesAfterAPing_putOffTheNextOne() {
    long first = silenceUntilPinged();
    long pinged = now;
    heard = now + 5;
    assertThat(due()).as("at the end of an interval without bytes").isEqualTo(Action.NOTHING);
    ping(due());
    assertThat(now - pinged).isEqualTo(PING_AFTER + 5);
    assertThat(pong(first)).isTrue();
  }

  @Test
  void pong_answersEitherOfTwoPings_andIsTimedFromIt() {
    long first = silenceUntilPinged();
    long second = ping(due());
    now += ROUND_TRIP;
    assertThat(pong(first)).isTrue();
    assertThat(heartbeat.roundTripNanos()).hasValue(PING_AFTER + ROUND_TRIP);
    assertThat(pong(second)).isTrue();
    assertThat(heartbeat.roundTripNanos()).hasValue(ROUND_TRIP);
  }

  @Test
  void pong_putsOffTheNextPing() {
    long first = silenceUntilPinged();
    now += ROUND_TRIP;
    heard = now;
    assertThat(pong(first)).isTrue();
    assertThat(due()).isEqualTo(Action.NOTHING);
    ping(due());
    assertThat(now - heard).isEqualTo(PING_AFTER);
  }

  @Test
  void pongThatComesTwice_orAfterThatOfALaterPing_isUnsolicited() {
    long first = silenceUntilPinged();
    long second = ping(due());
    assertThat(pong(second)).isTrue();
    assertThat(pong(second)).isFalse();
    assertThat(pong(first)).as("answered out of order").isFalse();
  }

  @Test
  void wrongNonceWhileAPingIsOpen_isUnsolicited_andThePingStaysOpen() {
    long open = silenceUntilPinged();
    assertThat(pong(open + 1)).isFalse();
    assertThat(heartbeat.roundTripNanos()).isEmpty();
    assertThat(pong(open)).isTrue();
  }

  @Test
  void anyPongBeforeTheFirstPing_isUnsolicited() {
    assertThat(pong(0)).isFalse();
  }

  @Test
  void latePongs_ofPingsThatHadToBeForgotten_areNoOffence_butNoMoreThanThose() {
    long oldest = silenceUntilPinged();
    long secondOldest = silenceUntilPinged();
    for (int i = 0; i < Heartbeat.MAX_OPEN; i++) {
      silenceUntilPinged();
    }
    assertThat(pong(oldest)).isTrue();
    assertThat(pong(secondOldest)).isTrue();
    assertThat(heartbeat.roundTripNanos()).as("when they were sent is forgotten").isEmpty();
    assertThat(pong(secondOldest)).isFalse();
    assertThat(pong(secondOldest + 1)).as("the oldest that is remembered").isTrue();
  }

  @Test
  void pongOfAPingThatIsRemembered_endsTheWaitForThoseForgotten() {
    long oldest = silenceUntilPinged();
    for (int i = 0; i < Heartbeat.MAX_OPEN; i++) {
      silenceUntilPinged();
    }
    assertThat(pong(oldest + 1)).isTrue();
    assertThat(pong(oldest)).isFalse();
  }

  @Test
  void pingWithoutRoom_isTriedAgainSoon() {
    greet();
    assertThat(due()).isEqualTo(Action.NOTHING);
    assertThat(due()).isEqualTo(Action.PING);
    heartbeat.pingLater(now);
    assertThat(heartbeat.deadlineNanos() - now).isEqualTo(Duration.ofSeconds(1).toNanos());
    assertThat(due()).isEqualTo(Action.PING);
  }
}
