package dev.waggle.domain.gossip;

import static dev.waggle.domain.gossip.Deliveries.delivery;
import static dev.waggle.domain.gossip.Deliveries.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.neighbour.Offence;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that cannot be judged yet (PROTOCOL §8.3). */
class AwaitingTest extends RouterFixture {
  @Test
  void awaitedMessage_isRequestedFromTheSender_andReleasesInOrder() {
    FakeNeighbour sender = connect();
    FakeNeighbour other = connect();
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    application.verdicts.put(id(message(3)), new Verdict.Await(id(message(2))));

    router.gossiped(sender, delivery(message(3), sender), now);
    assertThat(sender.take()).containsExactly(request(message(2)));
    router.gossiped(sender, delivery(message(2), sender), now);
    assertThat(sender.take()).containsExactly(request(message(1)));
    assertThat(router.counters().waiting()).isEqualTo(2);
    router.gossiped(sender, delivery(message(1), sender), now);

    assertThat(application.delivered)
        .containsExactly(id(message(1)), id(message(2)), id(message(3)));
    assertThat(router.counters().waiting()).isZero();
    assertThat(sender.take()).isEmpty();
    assertThat(other.take())
        .as("old news is announced, not pushed")
        .containsExactly(announce(message(1), message(2), message(3)));
  }

  @Test
  void rejectedMessage_takesWhatAwaitsItAlong_andBlamesOnlyItsSender() {
    FakeNeighbour honest = connect();
    FakeNeighbour culprit = connect();
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    application.verdicts.put(id(message(1)), new Verdict.Reject("bad"));
    router.gossiped(honest, delivery(message(2), honest), now);

    router.gossiped(culprit, delivery(message(1), culprit), now);

    assertThat(honest.offences).isEmpty();
    assertThat(culprit.offences).containsExactly(Offence.INVALID_MESSAGE);
    assertThat(router.counters().waiting()).isZero();
    router.gossiped(honest, delivery(message(2), honest), now);
    assertThat(router.counters().duplicates()).as("remembered as judged").isEqualTo(1);
  }

  @Test
  void ignoredMessage_letsWhatAwaitsItTryAgain_once() {
    FakeNeighbour peer = connect();
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    application.verdicts.put(id(message(1)), new Verdict.Ignore("later perhaps"));
    router.gossiped(peer, delivery(message(2), peer), now);

    router.gossiped(peer, delivery(message(1), peer), now);

    assertThat(application.judged).containsExactly(id(message(2)), id(message(1)), id(message(2)));
    assertThat(router.counters().waiting()).isZero();

    // What was ignored is asked for again when it turns out to be missing.
    application.verdicts.remove(id(message(1)));
    peer.take();
    router.gossiped(peer, delivery(message(2), peer), now);
    assertThat(peer.take()).containsExactly(request(message(1)));
    router.gossiped(peer, delivery(message(1), peer), now);
    assertThat(application.delivered).containsExactly(id(message(1)), id(message(2)));
  }

  @Test
  void messageThatAwaitsItself_isDropped() {
    FakeNeighbour peer = connect();
    application.verdicts.put(id(message(1)), new Verdict.Await(id(message(1))));
    router.gossiped(peer, delivery(message(1), peer), now);
    assertThat(router.counters().waiting()).isZero();
    assertThat(peer.take()).isEmpty();
  }

  @Test
  void senderOfAnAwaitingMessageDeparts_anybodyIsAsked() {
    FakeNeighbour sender = connect();
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    router.gossiped(sender, delivery(message(2), sender), now);
    sender.connected = false;
    router.departed(sender, now);
    FakeNeighbour other = connect();

    pass(TIMEOUT);

    assertThat(other.take()).containsExactly(request(message(1)));
  }

  @Test
  void inventedOrphans_driveOutOnlyWhatTheirInventorSent() {
    GossipSettings usual = GossipSettings.DEFAULTS;
    router = router(usual.withWaiting(10, usual.waitingMaxBytes()));
    FakeNeighbour honest = connect();
    FakeNeighbour inventor = connect();
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    router.gossiped(honest, delivery(message(2), honest), now);
    for (int i = 100; i < 200; i++) {
      application.verdicts.put(id(message(i)), new Verdict.Await(new MessageId(i, 0, 0, 0)));
      router.gossiped(inventor, delivery(message(i), inventor), now);
    }
    assertThat(router.counters().waiting()).isEqualTo(10);

    router.gossiped(honest, delivery(message(1), honest), now);

    assertThat(application.delivered).containsExactly(id(message(1)), id(message(2)));
  }

  @Test
  void waitingMessages_areGivenUpWithoutProgress() {
    FakeNeighbour peer = connect();
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    router.gossiped(peer, delivery(message(2), peer), now);
    for (int i = 0; i < 210; i++) {
      pass(TIMEOUT);
    }
    assertThat(router.counters().waiting()).isZero();
  }

  @Test
  void secondAnnouncerOfAWaitingMessage_isAskedForWhatLiesBeforeItAllTheSame() {
    FakeNeighbour sender = connect();
    for (int i = 0; i < 20; i++) {
      connect();
    }
    FakeNeighbour second = connect();
    application.verdicts.put(id(message(3)), new Verdict.Await(id(message(2))));
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    router.gossiped(sender, delivery(message(3), sender), now);
    router.gossiped(sender, delivery(message(2), sender), now);
    router.announced(second, List.of(id(message(3))), now);
    assertThat(second.take()).isEmpty();

    sender.connected = false;
    router.departed(sender, now);
    pass(TIMEOUT);

    assertThat(second.take()).containsExactly(request(message(1)));
  }

  @Test
  void secondAnnouncerOfAWaitingMessage_isNextToBeAskedForWhatItAwaits() {
    FakeNeighbour sender = connect();
    FakeNeighbour second = connect();
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    router.gossiped(sender, delivery(message(2), sender), now);
    router.announced(second, List.of(id(message(2))), now);
    assertThat(second.take()).isEmpty();
    pass(TIMEOUT);
    assertThat(second.take()).containsExactly(request(message(1)));
  }

  @Test
  void tipThatIsAnnouncedAgainDuringALongWalk_beginsNoSecondWalk() {
    router = router(GossipSettings.DEFAULTS.withWaiting(3, LARGE));
    FakeNeighbour peer = connect();
    for (int number = 9; number > 1; number--) {
      application.verdicts.put(id(message(number)), new Verdict.Await(id(message(number - 1))));
    }
    for (int number = 9; number > 4; number--) {
      router.gossiped(peer, delivery(message(number), peer), now);
    }
    assertThat(peer.take()).last().isEqualTo(request(message(4)));

    router.announced(peer, List.of(id(message(9))), now);
    assertThat(peer.take()).as("still owes us another").isEmpty();

    for (int number = 4; number > 0; number--) {
      router.gossiped(peer, delivery(message(number), peer), now);
    }
    pass(Duration.ofMillis(50));
    assertThat(peer.take()).last().isEqualTo(request(message(8)));
  }

  @Test
  void secondSenderOfAWaitingMessage_isAskedForWhatItAwaitsAtOnce() {
    FakeNeighbour sender = connect();
    FakeNeighbour second = connect();
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    router.gossiped(sender, delivery(message(2), sender), now);
    router.gossiped(second, delivery(message(2), second), now);
    assertThat(second.take()).containsExactly(request(message(1)));
  }

  @Test
  void allWhoShouldHaveAMissingMessageFail_othersAreAskedOneByOne() {
    FakeNeighbour sender = connect();
    FakeNeighbour chosen = connect();
    chosen.outbound = true;
    FakeNeighbour other = connect();
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    router.gossiped(sender, delivery(message(2), sender), now);
    pass(TIMEOUT);
    pass(TIMEOUT);
    assertThat(sender.take()).hasSize(2);
    for (int i = 0; i < 4; i++) {
      pass(TIMEOUT);
    }
    assertThat(chosen.take()).containsExactly(request(message(1)));
    assertThat(other.take()).containsExactly(request(message(1)));
    assertThat(sender.take()).as("has had its tries").isEmpty();
    pass(Duration.ofMinutes(1));
    assertThat(chosen.offences).as("promised nothing").isEmpty();
    assertThat(sender.offences).containsExactly(Offence.BROKEN_PROMISE);
  }

  @Test
  void tooEarlyMessage_isJudgedAgainInItsTime_andWhatAwaitsItWaitsToo() {
    FakeNeighbour sender = connect();
    FakeNeighbour other = connect();
    Duration ahead = Duration.ofSeconds(60);
    application.verdicts.put(id(message(1)), new Verdict.NotYet("early", ahead));
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    router.gossiped(sender, delivery(message(1), sender), now);
    router.gossiped(other, delivery(message(1), other), now);
    router.gossiped(sender, delivery(message(2), sender), now);
    assertThat(application.judged).as("once each").hasSize(2);
    assertThat(sender.take()).as("what is here already is not asked for").isEmpty();

    application.verdicts.remove(id(message(1)));
    pass(ahead.minusNanos(1));
    assertThat(application.delivered).isEmpty();
    pass(1);
    assertThat(application.delivered).containsExactly(id(message(1)), id(message(2)));
    assertThat(router.counters().waiting()).isZero();
    assertThat(other.take()).contains(announce(message(2)));
  }

  @Test
  void messageThatIsTooEarlyForLong_isIgnored() {
    FakeNeighbour sender = connect();
    for (Duration ahead : List.of(Duration.ofMinutes(10), Duration.ofSeconds(Long.MAX_VALUE))) {
      GossipMessage early = message(Math.floorMod(ahead.hashCode(), 1000));
      application.verdicts.put(id(early), new Verdict.NotYet("early", ahead));
      router.gossiped(sender, delivery(early, sender), now);
      router.gossiped(sender, delivery(early, sender), now);
    }
    assertThat(router.counters().waiting()).isZero();
    assertThat(router.counters().ignored()).isEqualTo(2);
    assertThat(application.judged).hasSize(2);
  }

  @Test
  void manyMessagesOfTheSameTime_areJudgedAFewAtOnce() {
    FakeNeighbour sender = connect();
    for (int i = 0; i < 100; i++) {
      application.verdicts.put(id(message(i)), new Verdict.NotYet("early", Duration.ofSeconds(1)));
      router.gossiped(sender, delivery(message(i), sender), now);
    }
    application.verdicts.clear();
    application.judged.clear();
    pass(Duration.ofSeconds(1));
    assertThat(application.judged).hasSizeBetween(1, 16);
    for (int i = 0; i < 10; i++) {
      pass(0);
    }
    assertThat(application.delivered).hasSize(100);
  }

  @Test
  void messageThatStaysTooEarly_isJudgedTenTimesASecondAtMost() {
    FakeNeighbour sender = connect();
    application.verdicts.put(id(message(1)), new Verdict.NotYet("early", Duration.ZERO));
    router.gossiped(sender, delivery(message(1), sender), now);
    for (int i = 0; i < 1000; i++) {
      pass(Duration.ofMillis(1));
    }
    assertThat(application.judged).hasSize(11);
  }

  @Test
  void tooEarlyMessageWithoutRoom_isRequestedAgainInItsTime() {
    GossipSettings usual = GossipSettings.DEFAULTS;
    router = router(usual.withWaiting(10, 0));
    FakeNeighbour sender = connect();
    for (int i = 1; i <= 100; i++) {
      application.verdicts.put(id(message(i)), new Verdict.NotYet("early", Duration.ofSeconds(9)));
      router.gossiped(sender, delivery(message(i), sender), now);
    }
    assertThat(router.counters().waiting()).isEqualTo(10);
    application.verdicts.clear();
    pass(Duration.ofSeconds(9));
    assertThat(router.counters().waiting()).isZero();
    assertThat(router.counters().wanted()).isEqualTo(10);
    router.gossiped(sender, delivery(message(1), sender), now);
    assertThat(application.delivered).containsExactly(id(message(1)));
  }

  @Test
  void whoAnnouncedAMessageBeforeItCame_isNextToBeAskedForWhatItAwaits() {
    FakeNeighbour sender = connect();
    FakeNeighbour second = connect();
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    router.announced(sender, List.of(id(message(2))), now);
    router.announced(second, List.of(id(message(2))), now);
    router.gossiped(sender, delivery(message(2), sender), now);
    assertThat(second.take()).isEmpty();
    pass(TIMEOUT);
    assertThat(second.take()).containsExactly(request(message(1)));
  }

  @Test
  void messageThatThenAwaitsAnother_holdsBackWhatAwaitsIt() {
    FakeNeighbour sender = connect();
    application.verdicts.put(id(message(3)), new Verdict.Await(id(message(2))));
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    router.gossiped(sender, delivery(message(3), sender), now);
    router.gossiped(sender, delivery(message(2), sender), now);
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(0))));

    router.gossiped(sender, delivery(message(1), sender), now);
    assertThat(router.counters().waiting()).isEqualTo(2);
    router.gossiped(sender, delivery(message(0), sender), now);

    assertThat(application.delivered)
        .containsExactly(id(message(1)), id(message(0)), id(message(2)), id(message(3)));
  }

  @Test
  void messageOfWhichOnlyTheIdWasKept_isRequestedInItsTurn_fromAllWhoHaveIt() {
    router = router(GossipSettings.DEFAULTS.withWaiting(10, 0));
    FakeNeighbour sender = connect();
    FakeNeighbour second = connect();
    application.verdicts.put(id(message(3)), new Verdict.Await(id(message(2))));
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    router.gossiped(sender, delivery(message(3), sender), now);
    router.gossiped(sender, delivery(message(2), sender), now);
    router.announced(second, List.of(id(message(2))), now);
    sender.take();
    router.gossiped(sender, delivery(message(1), sender), now);

    assertThat(sender.take()).containsExactly(request(message(2)));
    assertThat(router.counters().waiting()).as("what awaits it still does").isEqualTo(1);
    second.take();
    pass(TIMEOUT);
    assertThat(second.take()).containsExactly(request(message(2)));
    assertThat(sender.take()).isEmpty();
  }
}
