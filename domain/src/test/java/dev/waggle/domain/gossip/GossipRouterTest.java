package dev.waggle.domain.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.peers.Alarm;
import dev.waggle.domain.peers.Draws;
import dev.waggle.domain.peers.Offence;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.testkit.crypto.SeededRandom;
import dev.waggle.ports.testkit.crypto.ToySuite;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GossipRouterTest {
  private static final HashFunction SHA256 = ToySuite.create().hash();
  private static final MessageIds IDS = new MessageIds(SHA256);
  private static final long TIMEOUT = GossipSettings.DEFAULTS.requestTimeout().toNanos();
  private static final int LARGE = GossipSettings.DEFAULTS.pushMaxBytes() + 1;

  private final FakeApplication application = new FakeApplication();
  private final Alarm alarm = new Alarm();
  private final List<FakeNeighbour> peers = new ArrayList<>();
  private GossipRouter router = router(GossipSettings.DEFAULTS);
  private long now = 1_000;

  private GossipRouter router(GossipSettings settings) {
    return new GossipRouter(settings, SHA256, application, new Draws(new SeededRandom(1)), alarm);
  }

  private FakeNeighbour connect() {
    FakeNeighbour peer = new FakeNeighbour(peers.size());
    peers.add(peer);
    router.linked(peer, now);
    return peer;
  }

  private void pass(Duration time) {
    pass(time.toNanos());
  }

  private void pass(long nanos) {
    now += nanos;
    if (alarm.rings(now)) {
      router.timePassed(now);
    }
  }

  private static GossipMessage message(int number) {
    return message(number, 8);
  }

  private static GossipMessage message(int number, int length) {
    byte[] payload = new byte[length];
    payload[0] = (byte) number;
    payload[1] = (byte) (number >> 8);
    return new GossipMessage.Transaction(Bytes.wrap(payload));
  }

  private static MessageId id(GossipMessage message) {
    return IDS.of(message);
  }

  private static WireMessage request(GossipMessage... messages) {
    return new WireMessage.Request(List.of(messages).stream().map(IDS::of).toList());
  }

  private static WireMessage announce(GossipMessage... messages) {
    return new WireMessage.Announce(List.of(messages).stream().map(IDS::of).toList());
  }

  @Test
  void id_isTheHashOfKindAndPayload() {
    byte[] hashed = {1, 10, 20};
    GossipMessage block = new GossipMessage.Block(Bytes.wrap(new byte[] {10, 20}));
    assertThat(id(block)).isEqualTo(MessageId.read(SHA256.hash(hashed), 0));
  }

  @Test
  void smallMessage_isPushedToAllButItsSender() {
    FakeNeighbour sender = connect();
    FakeNeighbour second = connect();
    FakeNeighbour third = connect();

    router.gossiped(sender, message(1), now);

    assertThat(application.delivered).containsExactly(id(message(1)));
    assertThat(sender.take()).isEmpty();
    assertThat(second.take()).containsExactly(new WireMessage.Gossip(message(1)));
    assertThat(third.take()).containsExactly(new WireMessage.Gossip(message(1)));
  }

  @Test
  void messageAgain_isNeitherJudgedNorForwarded() {
    FakeNeighbour first = connect();
    FakeNeighbour second = connect();
    router.gossiped(first, message(1), now);
    second.take();

    router.gossiped(second, message(1), now);

    assertThat(application.judged).hasSize(1);
    assertThat(first.take()).isEmpty();
    assertThat(router.counters().duplicates()).isEqualTo(1);
  }

  @Test
  void onlyAcceptedMessages_areForwarded() {
    FakeNeighbour sender = connect();
    FakeNeighbour other = connect();
    application.verdicts.put(id(message(1)), new Verdict.Ignore("old"));
    application.verdicts.put(id(message(2)), new Verdict.Reject("bad"));

    router.gossiped(sender, message(1), now);
    assertThat(sender.offences).isEmpty();
    router.gossiped(sender, message(2), now);
    assertThat(sender.offences).containsExactly(Offence.INVALID_MESSAGE);

    assertThat(application.delivered).isEmpty();
    assertThat(other.take()).isEmpty();
  }

  @Test
  void messageThatCannotBeKept_isNotForwardedAndMayComeAgain() {
    FakeNeighbour sender = connect();
    FakeNeighbour other = connect();
    application.full = true;

    assertThat(router.publish(message(1), now)).isEqualTo(new Verdict.Ignore("no room"));
    router.gossiped(sender, message(1), now);
    assertThat(other.take()).isEmpty();
    assertThat(sender.offences).isEmpty();
    assertThat(router.counters().accepted()).isZero();

    application.full = false;
    router.gossiped(sender, message(1), now);
    assertThat(application.delivered).containsExactly(id(message(1)));
    assertThat(other.take()).containsExactly(new WireMessage.Gossip(message(1)));
  }

  @Test
  void published_isForwardedOnlyIfAccepted_andTheVerdictReturned() {
    FakeNeighbour peer = connect();
    application.verdicts.put(id(message(2)), new Verdict.Reject("bad"));

    assertThat(router.publish(message(1), now)).isEqualTo(new Verdict.Accept());
    assertThat(router.publish(message(2), now)).isEqualTo(new Verdict.Reject("bad"));
    assertThat(router.publish(message(1), now)).isInstanceOf(Verdict.Ignore.class);

    assertThat(peer.take()).containsExactly(new WireMessage.Gossip(message(1)));
  }

  @Test
  void largeMessage_isPushedToTheSquareRootAndAnnouncedToTheRest() {
    for (int i = 0; i < 16; i++) {
      connect();
    }
    GossipMessage large = message(1, LARGE);
    router.publish(large, now);

    int pushed = 0;
    int announced = 0;
    for (FakeNeighbour peer : peers) {
      List<WireMessage> sent = peer.take();
      assertThat(sent).hasSize(1);
      pushed += sent.contains(new WireMessage.Gossip(large)) ? 1 : 0;
      announced += sent.contains(announce(large)) ? 1 : 0;
    }
    assertThat(pushed).isEqualTo(4);
    assertThat(announced).isEqualTo(12);
  }

  @Test
  void announcedMessage_isRequestedOnce_andNotSentBackToItsAnnouncers() {
    FakeNeighbour first = connect();
    FakeNeighbour second = connect();
    FakeNeighbour third = connect();
    router.announced(first, List.of(id(message(1))), now);
    router.announced(second, List.of(id(message(1))), now);
    assertThat(first.take()).containsExactly(request(message(1)));
    assertThat(second.take()).isEmpty();

    router.gossiped(first, message(1), now);

    assertThat(first.take()).isEmpty();
    assertThat(second.take()).isEmpty();
    assertThat(third.take()).containsExactly(new WireMessage.Gossip(message(1)));
    assertThat(router.counters().wanted()).isZero();
  }

  @Test
  void unansweredRequest_goesToTheNextAnnouncer_twiceToEach_thenRests() {
    FakeNeighbour first = connect();
    FakeNeighbour second = connect();
    router.announced(first, List.of(id(message(1))), now);
    router.announced(second, List.of(id(message(1))), now);
    assertThat(first.take()).containsExactly(request(message(1)));
    pass(TIMEOUT - 1);
    assertThat(second.take()).isEmpty();
    pass(1);
    assertThat(first.take()).isEmpty();
    assertThat(second.take()).containsExactly(request(message(1)));
    pass(TIMEOUT);
    assertThat(first.take()).as("two at once from the third turn on").hasSize(1);
    assertThat(second.take()).containsExactly(request(message(1)));
    for (int i = 0; i < 9; i++) {
      pass(TIMEOUT);
      router.announced(second, List.of(id(message(1))), now);
      assertThat(first.take()).isEmpty();
      assertThat(second.take()).as("who has failed gains nothing by announcing again").isEmpty();
    }
    pass(TIMEOUT);
    pass(TIMEOUT);
    pass(TIMEOUT);
    assertThat(router.counters().wanted()).isZero();

    router.announced(second, List.of(id(message(1))), now);
    assertThat(second.take()).containsExactly(request(message(1)));
  }

  @Test
  void departedPeer_theNextAnnouncerIsAskedAtOnce() {
    FakeNeighbour first = connect();
    FakeNeighbour second = connect();
    router.announced(first, List.of(id(message(1)), id(message(2))), now);
    router.announced(second, List.of(id(message(2)), id(message(1))), now);

    first.connected = false;
    router.departed(first, now);

    assertThat(second.take()).containsExactly(request(message(1), message(2)));
  }

  @Test
  void requests_areServedFromTheCacheThenFromTheApplication_unknownIdsAreIgnored() {
    FakeNeighbour peer = connect();
    router.publish(message(1), now);
    peer.take();
    application.stored.put(id(message(2)), message(2));

    router.requested(peer, List.of(id(message(3)), id(message(2)), id(message(1))), now);

    assertThat(peer.take())
        .containsExactly(new WireMessage.Gossip(message(2)), new WireMessage.Gossip(message(1)));
  }

  @Test
  void requestForMoreThanTheLinkTakes_isServedAsItDrains() {
    FakeNeighbour peer = connect();
    List<MessageId> ids = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      application.stored.put(id(message(i)), message(i));
      ids.add(id(message(i)));
    }
    peer.room = 5;
    router.requested(peer, ids, now);
    assertThat(peer.take()).hasSize(5);
    router.drained(peer, now);
    assertThat(peer.take()).hasSize(5);
    pass(TIMEOUT);
    assertThat(peer.take()).as("also if nobody says that it has drained").hasSize(2);
    assertThat(router.counters().served()).isEqualTo(12);
    assertThat(router.counters().dropped()).isZero();
  }

  @Test
  void requestThatOneEventCannotServe_goesOnAtOnce() {
    FakeNeighbour peer = connect();
    List<MessageId> ids = new ArrayList<>();
    for (int i = 0; i < WireMessage.MAX_IDS; i++) {
      application.stored.put(id(message(i)), message(i));
      ids.add(id(message(i)));
    }
    router.requested(peer, ids, now);
    for (int event = 0; event < 4; event++) {
      pass(0);
    }
    assertThat(peer.take()).hasSize(WireMessage.MAX_IDS);
  }

  @Test
  void moreIdsThanThePeerHasPlaces_theLastOnesCount() {
    FakeNeighbour peer = connect();
    List<MessageId> ids = new ArrayList<>();
    for (int i = 0; i < WireMessage.MAX_IDS; i++) {
      ids.add(new MessageId(i, 0, 0, 0));
    }
    router.announced(peer, ids, now);
    assertThat(peer.take())
        .containsExactly(
            new WireMessage.Request(
                ids.subList(WireMessage.MAX_IDS - Account.INBOUND_PLACES, WireMessage.MAX_IDS)));
  }

  @Test
  void newLink_isToldTheInventory() {
    application.inventory.add(id(message(1)));
    assertThat(connect().take()).containsExactly(announce(message(1)));
  }

  @Test
  void inventory_isToldAgainNowAndThen() {
    FakeNeighbour peer = connect();
    application.inventory.add(id(message(1)));
    pass(Duration.ofSeconds(60).minusNanos(1));
    assertThat(peer.take()).isEmpty();
    pass(Duration.ofNanos(1));
    assertThat(peer.take()).containsExactly(announce(message(1)));
    for (int minute = 0; minute < 3; minute++) {
      pass(Duration.ofSeconds(60));
      assertThat(peer.take()).containsExactly(announce(message(1)));
    }
  }

  @Test
  void awaitedMessage_isRequestedFromTheSender_andReleasesInOrder() {
    FakeNeighbour sender = connect();
    FakeNeighbour other = connect();
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    application.verdicts.put(id(message(3)), new Verdict.Await(id(message(2))));

    router.gossiped(sender, message(3), now);
    assertThat(sender.take()).containsExactly(request(message(2)));
    router.gossiped(sender, message(2), now);
    assertThat(sender.take()).containsExactly(request(message(1)));
    assertThat(router.counters().waiting()).isEqualTo(2);
    router.gossiped(sender, message(1), now);

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
    router.gossiped(honest, message(2), now);

    router.gossiped(culprit, message(1), now);

    assertThat(honest.offences).isEmpty();
    assertThat(culprit.offences).containsExactly(Offence.INVALID_MESSAGE);
    assertThat(router.counters().waiting()).isZero();
    router.gossiped(honest, message(2), now);
    assertThat(router.counters().duplicates()).as("remembered as judged").isEqualTo(1);
  }

  @Test
  void ignoredMessage_letsWhatAwaitsItTryAgain_once() {
    FakeNeighbour peer = connect();
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    application.verdicts.put(id(message(1)), new Verdict.Ignore("later perhaps"));
    router.gossiped(peer, message(2), now);

    router.gossiped(peer, message(1), now);

    assertThat(application.judged).containsExactly(id(message(2)), id(message(1)), id(message(2)));
    assertThat(router.counters().waiting()).isZero();

    // What was ignored is asked for again when it turns out to be missing.
    application.verdicts.remove(id(message(1)));
    peer.take();
    router.gossiped(peer, message(2), now);
    assertThat(peer.take()).containsExactly(request(message(1)));
    router.gossiped(peer, message(1), now);
    assertThat(application.delivered).containsExactly(id(message(1)), id(message(2)));
  }

  @Test
  void messageThatAwaitsItself_isDropped() {
    FakeNeighbour peer = connect();
    application.verdicts.put(id(message(1)), new Verdict.Await(id(message(1))));
    router.gossiped(peer, message(1), now);
    assertThat(router.counters().waiting()).isZero();
    assertThat(peer.take()).isEmpty();
  }

  @Test
  void senderOfAnAwaitingMessageDeparts_anybodyIsAsked() {
    FakeNeighbour sender = connect();
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    router.gossiped(sender, message(2), now);
    sender.connected = false;
    router.departed(sender, now);
    FakeNeighbour other = connect();

    pass(TIMEOUT);

    assertThat(other.take()).containsExactly(request(message(1)));
  }

  @Test
  void inventedOrphans_driveOutOnlyWhatTheirInventorSent() {
    GossipSettings usual = GossipSettings.DEFAULTS;
    router =
        router(
            new GossipSettings(
                usual.pushMaxBytes(),
                usual.seenMaxCount(),
                usual.seenMaxAge(),
                usual.recentMaxBytes(),
                10,
                usual.waitingMaxBytes(),
                usual.waitingMaxAge(),
                usual.requestTimeout()));
    FakeNeighbour honest = connect();
    FakeNeighbour inventor = connect();
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    router.gossiped(honest, message(2), now);
    for (int i = 100; i < 200; i++) {
      application.verdicts.put(id(message(i)), new Verdict.Await(new MessageId(i, 0, 0, 0)));
      router.gossiped(inventor, message(i), now);
    }
    assertThat(router.counters().waiting()).isEqualTo(10);

    router.gossiped(honest, message(1), now);

    assertThat(application.delivered).containsExactly(id(message(1)), id(message(2)));
  }

  @Test
  void waitingMessages_areGivenUpWithoutProgress() {
    FakeNeighbour peer = connect();
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    router.gossiped(peer, message(2), now);
    for (int i = 0; i < 210; i++) {
      pass(TIMEOUT);
    }
    assertThat(router.counters().waiting()).isZero();
  }

  @Test
  void judgedMessages_areForgottenAfterTheirAge() {
    FakeNeighbour peer = connect();
    router.gossiped(peer, message(1), now);
    pass(Duration.ofMinutes(10));
    assertThat(router.counters().seen()).isZero();
    assertThat(router.counters().recentBytes()).isZero();
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
    router.gossiped(sender, message(3), now);
    router.gossiped(sender, message(2), now);
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
    router.gossiped(sender, message(2), now);
    router.announced(second, List.of(id(message(2))), now);
    assertThat(second.take()).isEmpty();
    pass(TIMEOUT);
    assertThat(second.take()).containsExactly(request(message(1)));
  }

  @Test
  void secondSenderOfAWaitingMessage_isAskedForWhatItAwaitsAtOnce() {
    FakeNeighbour sender = connect();
    FakeNeighbour second = connect();
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    router.gossiped(sender, message(2), now);
    router.gossiped(second, message(2), now);
    assertThat(second.take()).containsExactly(request(message(1)));
  }

  @Test
  void allWhoShouldHaveAMissingMessageFail_othersAreAskedOneByOne() {
    FakeNeighbour sender = connect();
    FakeNeighbour chosen = connect();
    chosen.outbound = true;
    FakeNeighbour other = connect();
    application.verdicts.put(id(message(2)), new Verdict.Await(id(message(1))));
    router.gossiped(sender, message(2), now);
    pass(TIMEOUT);
    pass(TIMEOUT);
    assertThat(sender.take()).hasSize(2);
    for (int i = 0; i < 4; i++) {
      pass(TIMEOUT);
    }
    assertThat(chosen.take()).containsExactly(request(message(1)));
    assertThat(other.take()).containsExactly(request(message(1)));
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
    router.gossiped(sender, message(1), now);
    router.gossiped(other, message(1), now);
    router.gossiped(sender, message(2), now);
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
      router.gossiped(sender, early, now);
      router.gossiped(sender, early, now);
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
      router.gossiped(sender, message(i), now);
    }
    application.verdicts.clear();
    application.judged.clear();
    pass(Duration.ofSeconds(1));
    assertThat(application.judged).hasSizeBetween(1, 20);
    for (int i = 0; i < 10; i++) {
      pass(0);
    }
    assertThat(application.delivered).hasSize(100);
  }

  @Test
  void messageThatStaysTooEarly_isJudgedTenTimesASecondAtMost() {
    FakeNeighbour sender = connect();
    application.verdicts.put(id(message(1)), new Verdict.NotYet("early", Duration.ZERO));
    router.gossiped(sender, message(1), now);
    for (int i = 0; i < 1000; i++) {
      pass(Duration.ofMillis(1));
    }
    assertThat(application.judged).hasSize(11);
  }

  @Test
  void tooEarlyMessageWithoutRoom_isRequestedAgainInItsTime() {
    GossipSettings usual = GossipSettings.DEFAULTS;
    router =
        router(
            new GossipSettings(
                usual.pushMaxBytes(),
                usual.seenMaxCount(),
                usual.seenMaxAge(),
                usual.recentMaxBytes(),
                10,
                0,
                usual.waitingMaxAge(),
                usual.requestTimeout()));
    FakeNeighbour sender = connect();
    for (int i = 1; i <= 100; i++) {
      application.verdicts.put(id(message(i)), new Verdict.NotYet("early", Duration.ofSeconds(9)));
      router.gossiped(sender, message(i), now);
    }
    assertThat(router.counters().waiting()).isEqualTo(10);
    application.verdicts.clear();
    pass(Duration.ofSeconds(9));
    assertThat(router.counters().waiting()).isZero();
    assertThat(router.counters().wanted()).isEqualTo(10);
    router.gossiped(sender, message(1), now);
    assertThat(application.delivered).containsExactly(id(message(1)));
  }
}
