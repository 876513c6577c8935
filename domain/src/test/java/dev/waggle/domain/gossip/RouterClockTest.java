package dev.waggle.domain.gossip;

import static dev.waggle.domain.gossip.Deliveries.delivery;
import static dev.waggle.domain.gossip.Deliveries.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.neighbour.Offence;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the router sees to by itself: in time, and as peers come and go. */
class RouterClockTest extends RouterFixture {
  private static final Duration RESUME = Duration.ofMillis(50);

  private void leave(FakeNeighbour peer) {
    peer.connected = false;
    router.departed(peer, now);
  }

  private void comeBack(FakeNeighbour peer) {
    peer.connected = true;
    router.linked(peer, now);
  }

  /** A walk of which the middle was driven out, and whose end is accepted then. */
  private FakeNeighbour walkWithAGap() {
    GossipSettings usual = GossipSettings.DEFAULTS;
    router = router(usual.withWaiting(2, usual.waitingMaxBytes()));
    FakeNeighbour sender = connect();
    for (int i = 3; i > 0; i--) {
      application.verdicts.put(id(message(i)), new Verdict.Await(id(message(i - 1))));
      router.gossiped(sender, delivery(message(i), sender), now);
    }
    router.gossiped(sender, delivery(message(0), sender), now);
    assertThat(application.delivered).containsExactly(id(message(0)), id(message(1)));
    assertThat(router.counters().waiting()).isEqualTo(1);
    sender.take();
    return sender;
  }

  @Test
  void walkBeginsAnew_soonAfterWhatLayAtItsEndWasAccepted() {
    FakeNeighbour sender = walkWithAGap();
    pass(RESUME.minusNanos(1));
    assertThat(sender.take()).isEmpty();
    pass(1);
    assertThat(sender.take()).containsExactly(request(message(2)));
  }

  @Test
  void walkBeginsAnewInTime_whateverElseHappensMeanwhile() {
    FakeNeighbour sender = walkWithAGap();
    for (int i = 0; i < 30; i++) {
      connect();
    }
    router.publish(delivery(message(9), null), now);
    pass(GossipSettings.DEFAULTS.announceEvery());
    sender.take();
    pass(RESUME.minus(GossipSettings.DEFAULTS.announceEvery()));
    assertThat(sender.take()).containsExactly(request(message(2)));
  }

  @Test
  void unansweredRequest_goesOnInItsOwnTime() {
    FakeNeighbour first = connect();
    FakeNeighbour second = connect();
    router.publish(delivery(message(9), null), now);
    pass(TIMEOUT / 3);
    router.announced(first, List.of(id(message(1))), now);
    router.announced(second, List.of(id(message(1))), now);
    second.take();
    pass(TIMEOUT - TIMEOUT / 3);
    assertThat(second.take()).isEmpty();
    pass(TIMEOUT / 3);
    assertThat(second.take()).containsExactly(request(message(1)));
  }

  @Test
  void waitingMessages_areGivenUp_thoughNobodyIsThere() {
    FakeNeighbour sender = connect();
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    router.gossiped(sender, delivery(message(2), sender), now);
    leave(sender);
    for (int i = 0; i < 210; i++) {
      pass(TIMEOUT);
    }
    assertThat(router.counters().waiting()).isZero();
  }

  @Test
  void brokenPromise_isFound_thoughNothingElseIsGoingOn() {
    FakeNeighbour peer = connect();
    router.announced(peer, List.of(id(message(1))), now);
    for (int i = 0; i < 11; i++) {
      pass(TIMEOUT);
    }
    assertThat(peer.offences).containsExactly(Offence.BROKEN_PROMISE);
  }

  @Test
  void newLink_cancelsWhatIsOwed() {
    FakeNeighbour peer = connect();
    router.announced(peer, List.of(id(message(1))), now);
    router.publish(delivery(message(1), null), now);
    router.linked(peer, now);
    for (int i = 0; i < 22; i++) {
      pass(TIMEOUT);
    }
    assertThat(peer.offences).isEmpty();
  }

  @Test
  void newLink_isSentAtOnceWhatTheOldOneHadNoRoomFor() {
    FakeNeighbour peer = connect();
    application.stored.put(id(message(1)), message(1));
    peer.room = 0;
    router.requested(peer, List.of(id(message(1))), now);
    peer.room = 1;
    router.linked(peer, now);
    assertThat(peer.take()).hasSize(1);
  }

  @Test
  void whoHasDepartedAndComesBack_isNotSentWhatItAskedForBefore() {
    FakeNeighbour peer = connect();
    application.stored.put(id(message(1)), message(1));
    peer.room = 0;
    router.requested(peer, List.of(id(message(1))), now);
    leave(peer);
    peer.room = 1;
    comeBack(peer);
    assertThat(peer.take()).isEmpty();
  }

  @Test
  void whoHasDepartedAndComesBack_isToldOfWhatItHadBefore() {
    FakeNeighbour sender = connect();
    FakeNeighbour second = connect();
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    router.gossiped(sender, delivery(message(2), sender), now);
    router.announced(second, List.of(id(message(2))), now);
    leave(second);
    comeBack(second);
    router.gossiped(sender, delivery(message(1), sender), now);
    assertThat(second.take()).containsExactly(announce(message(1), message(2)));
  }

  @Test
  void whereNobodyIsLeftWhoShouldHaveIt_aPeerThatWeChoseIsAskedHalfTheTime() {
    FakeNeighbour sender = connect();
    for (int i = 100; i < 100 + Wanted.MAX_HOMELESS; i++) {
      application.verdicts.put(id(message(i)), new Verdict.Await(new MessageId(i, 0, 0, 0)));
      router.gossiped(sender, delivery(message(i), sender), now);
    }
    for (int i = 0; i < 40; i++) {
      connect();
    }
    FakeNeighbour chosen = connect();
    chosen.outbound = true;
    leave(sender);
    long before = router.counters().requested();
    pass(TIMEOUT);

    assertThat(router.counters().requested() - before).isEqualTo(Wanted.MAX_HOMELESS);
    assertThat(chosen.take())
        .singleElement()
        .isInstanceOfSatisfying(
            WireMessage.Request.class,
            request ->
                assertThat(request.ids())
                    .hasSizeBetween(Wanted.MAX_HOMELESS / 4, Wanted.MAX_HOMELESS * 3 / 4));
  }
}
