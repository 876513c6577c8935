package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Peers that are silent, or take nothing (PROTOCOL §9.2). */
class PeerManagerLivenessTest extends PeerManagerFixture {
  @Test
  void everyLink_isPingedOnce_whenItIsEstablished() {
    startWith(SEED);
    assertPingedAtOnce(inbound(LARGER));
    assertPingedAtOnce(establish(SMALLER, SEED));
  }

  private void assertPingedAtOnce(LinkId link) {
    pass(Duration.ZERO);
    long nonce = pingOn(link);
    pass(Duration.ofMillis(30));
    assertThat(links.take(link)).isEmpty();
    answer(link, nonce);
    PeerStatus status =
        manager.status(now).stream().filter(each -> each.link().equals(link)).toList().getFirst();
    assertThat(status.leastRoundTripNanos()).hasValue(Duration.ofMillis(30).toNanos());
  }

  @Test
  void firstPingWithoutRoom_isSentWhenThereIsRoom_howeverBusyThePeerIs() {
    LinkId link = inbound(LARGER);
    links.full.add(link);
    pass(Duration.ZERO);
    links.full.clear();
    pass(Duration.ofSeconds(1).minusNanos(1));
    links.heardNanos.put(link, now);
    assertThat(links.take(link)).isEmpty();
    pass(Duration.ofNanos(1));
    pingOn(link);
  }

  @Test
  void silentPeer_isPingedAgainAndAgain_thenClosed() {
    LinkId link = answered(LARGER);
    pass(PING_AFTER.minusNanos(1));
    assertThat(links.take(link)).isEmpty();
    pass(Duration.ofNanos(1));
    long first = pingOn(link);
    pass(PING_AFTER.minusNanos(1));
    assertThat(links.take(link)).isEmpty();
    pass(Duration.ofNanos(1));
    assertThat(pingOn(link)).isNotEqualTo(first);
    pass(SILENCE.minus(PING_AFTER.multipliedBy(2)).minusNanos(1));
    assertThat(links.take(link)).isEmpty();
    pass(Duration.ofNanos(1));
    assertThat(links.take(link)).containsExactly(goodbye(GoodbyeReason.SILENCE));
    assertThat(links.closed).containsEntry(link, CloseReason.local("silence"));
    assertThat(manager.takeDeparted()).hasSize(1);
  }

  @Test
  void peerThatSaysNothingOnceItsHandshakeIsDone_isClosed() {
    LinkId link = inbound(LARGER);
    for (int second = 1; second < SILENCE.toSeconds(); second++) {
      pass(Duration.ofSeconds(1));
      assertThat(links.closed).isEmpty();
    }
    pass(Duration.ofSeconds(1));
    assertThat(links.closed).containsEntry(link, CloseReason.local("silence"));
  }

  /** An honest peer to whom others are always first looks no different (PROTOCOL §9.2). */
  @Test
  void peersThatOnlyTake_stay_alsoWhereNoPlaceIsFree() {
    manager = manager(withPlaces(3));
    List<LinkId> all = List.of(answered(LARGER), answered(SMALLER), answered(IDENTITIES.get(1)));
    for (Duration time = Duration.ZERO; time.toHours() < 24; time = time.plus(PING_AFTER)) {
      pass(PING_AFTER);
      all.forEach(link -> answer(link, pingOn(link)));
    }
    assertThat(active()).isEqualTo(all);
  }

  @Test
  void peerWhosePongWasLost_isAskedAgain_andStays() {
    LinkId link = answered(LARGER);
    for (int i = 0; i < 10; i++) {
      pass(PING_AFTER);
      pingOn(link); // Its Pong found no room in the peer's queue.
      pass(PING_AFTER);
      answer(link, pingOn(link));
    }
    assertThat(links.closed).isEmpty();
    assertThat(manager.status(now).getFirst().score()).isZero();
  }

  @Test
  void wrongPongWhileAPingIsOpen_costsPoints() {
    LinkId link = answered(LARGER);
    pass(PING_AFTER);
    long nonce = pingOn(link);
    answer(link, nonce + 1);
    assertThat(manager.status(now).getFirst().score()).isEqualTo(-20);
    answer(link, nonce);
    assertThat(manager.status(now).getFirst().score()).isEqualTo(-20);
  }

  @Test
  void pingWithoutRoom_isSentWhenThereIsRoom() {
    LinkId link = answered(LARGER);
    links.full.add(link);
    pass(PING_AFTER);
    links.full.clear();
    pass(Duration.ofSeconds(1));
    pingOn(link);
  }

  @Test
  void busyPeer_isNotPinged() {
    LinkId link = answered(LARGER);
    for (int i = 0; i < 100; i++) {
      links.heardNanos.put(link, now);
      pass(Duration.ofSeconds(10));
    }
    assertThat(links.take(link)).isEmpty();
    assertThat(links.closed).isEmpty();
  }

  @Test
  void peerThatAnswersPings_staysAndIsTimed() {
    LinkId link = answered(LARGER);
    for (int i = 0; i < 10; i++) {
      pass(PING_AFTER);
      long nonce = pingOn(link);
      pass(Duration.ofMillis(30));
      answer(link, nonce);
    }
    assertThat(links.closed).isEmpty();
    PeerStatus status = manager.status(now).getFirst();
    assertThat(status.roundTripNanos()).hasValue(Duration.ofMillis(30).toNanos());
    assertThat(status.leastRoundTripNanos()).as("that of the first one").hasValue(0);
    assertThat(status.score()).isZero();
  }

  @Test
  void ping_isAnswered() {
    LinkId link = answered(LARGER);
    manager.ping(link, 77, now);
    assertThat(links.take(link)).containsExactly(new WireMessage.Pong(77));
  }

  @Test
  void peerThatTakesNothing_isClosedAsSlow_whateverItSendsAndIsPinged() {
    LinkId link = answered(LARGER);
    links.blockedSinceNanos.put(link, now);
    for (int i = 0; i < 7; i++) {
      links.heardNanos.put(link, now);
      assertThat(manager.speaker(link).send(new WireMessage.Ping(1), now)).isTrue();
      pass(Duration.ofNanos(PeerSettings.DEFAULT_SLOW_AFTER.toNanos() - 1).dividedBy(7));
    }
    assertThat(links.closed).isEmpty();
    pass(Duration.ofNanos(10));
    assertThat(links.closed).containsEntry(link, CloseReason.local("slow"));
  }

  @Test
  void slowPeer_isNoticedInTime_withoutAnythingElseHappening() {
    LinkId link = answered(LARGER);
    pass(Duration.ofSeconds(14));
    links.heardNanos.put(link, now);
    links.blockedSinceNanos.put(link, now);
    long untilNanos = now + PeerSettings.DEFAULT_SLOW_AFTER.toNanos();
    while (alarm.deadlineNanos(now) - untilNanos <= 0 && links.closed.isEmpty()) {
      links.heardNanos.put(link, now);
      pass(Duration.ofNanos(alarm.deadlineNanos(now) - now));
    }

    assertThat(links.closed).containsEntry(link, CloseReason.local("slow"));
  }

  @Test
  void slowPeer_isNoticedInTime_whereHeartbeatsAreRare() {
    Duration slowAfter = PeerSettings.DEFAULT_SLOW_AFTER;
    manager =
        manager(
            new PeerSettings(
                List.of(), 8, 8, Duration.ofMinutes(10), Duration.ofMinutes(30), slowAfter));
    LinkId link = answered(LARGER);
    pass(Duration.ofSeconds(5));
    links.blockedSinceNanos.put(link, now);
    long untilNanos = now + slowAfter.toNanos();
    while (alarm.deadlineNanos(now) - untilNanos <= 0 && links.closed.isEmpty()) {
      pass(Duration.ofNanos(alarm.deadlineNanos(now) - now));
    }

    assertThat(links.closed).containsEntry(link, CloseReason.local("slow"));
  }

  @Test
  void peerThatTakesSomethingNowAndThen_stays() {
    LinkId link = answered(LARGER);
    for (int i = 0; i < 10; i++) {
      links.heardNanos.put(link, now);
      links.blockedSinceNanos.put(link, now);
      pass(PeerSettings.DEFAULT_SLOW_AFTER.minusNanos(1));
    }
    assertThat(links.closed).isEmpty();
  }

  /** The nonce of the Ping that was sent on a link, and nothing else. */
  private long pingOn(LinkId link) {
    List<WireMessage> sent = links.take(link);
    assertThat(sent).singleElement().isInstanceOf(WireMessage.Ping.class);
    return ((WireMessage.Ping) sent.getFirst()).nonce();
  }

  private void answer(LinkId link, long nonce) {
    links.heardNanos.put(link, now);
    manager.pong(link, nonce, now);
  }
}
