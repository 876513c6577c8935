package dev.waggle.domain.gossip;

import static dev.waggle.domain.gossip.Deliveries.delivery;
import static dev.waggle.domain.gossip.Deliveries.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.neighbour.Offence;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GossipRouterTest extends RouterFixture {
  private static final HashFunction SHA256 = ToySuite.create().hash();

  @Test
  void id_isTheHashOfKindAndPayload() {
    byte[] hashed = {1, 10, 20};
    GossipMessage block = new GossipMessage.Block(Bytes.wrap(new byte[] {10, 20}));
    assertThat(id(block)).isEqualTo(MessageId.read(SHA256.hash(hashed), 0));
  }

  @Test
  void messageAgain_isNeitherJudgedNorForwarded() {
    FakeNeighbour first = connect();
    FakeNeighbour second = connect();
    router.gossiped(first, delivery(message(1), first), now);
    second.take();

    router.gossiped(second, delivery(message(1), second), now);

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

    router.gossiped(sender, delivery(message(1), sender), now);
    assertThat(sender.offences).isEmpty();
    router.gossiped(sender, delivery(message(2), sender), now);
    assertThat(sender.offences).containsExactly(Offence.INVALID_MESSAGE);

    assertThat(application.delivered).isEmpty();
    assertThat(other.take()).isEmpty();
  }

  @Test
  void whoBringsAnAcceptedMessageFirst_isOfUse_andNobodyElse() {
    FakeNeighbour first = connect();
    FakeNeighbour second = connect();
    GossipMessage block = new GossipMessage.Block(Bytes.wrap(new byte[] {7}));
    application.verdicts.put(id(message(2)), new Verdict.Ignore("old"));
    application.verdicts.put(id(message(3)), new Verdict.Reject("bad"));
    application.verdicts.put(id(message(4)), new Verdict.Await(id(message(1))));
    for (int i = 2; i <= 4; i++) {
      router.gossiped(first, delivery(message(i), first), now);
    }
    assertThat(first.firsts).isEmpty();

    router.gossiped(first, delivery(block, first), now);
    router.gossiped(second, delivery(block, second), now);
    assertThat(first.firsts).containsExactly(GossipMessage.Kind.BLOCK);
    application.verdicts.remove(id(message(4)));
    router.gossiped(second, delivery(message(1), second), now);
    assertThat(second.firsts).containsExactly(GossipMessage.Kind.TRANSACTION);
    assertThat(first.firsts)
        .as("what has waited is accepted now")
        .containsExactly(GossipMessage.Kind.BLOCK, GossipMessage.Kind.TRANSACTION);

    assertThat(router.publish(delivery(message(5), null), now)).isEqualTo(new Verdict.Accept());
    application.full = true;
    router.gossiped(second, delivery(message(6), second), now);
    assertThat(second.firsts).hasSize(1);
  }

  @Test
  void messageThatCannotBeKept_isNotForwardedAndMayComeAgain() {
    FakeNeighbour sender = connect();
    FakeNeighbour other = connect();
    application.full = true;

    assertThat(router.publish(delivery(message(1), null), now))
        .isEqualTo(new Verdict.Ignore("no room"));
    router.gossiped(sender, delivery(message(1), sender), now);
    assertThat(other.take()).isEmpty();
    assertThat(sender.offences).isEmpty();
    assertThat(router.counters().accepted()).isZero();

    application.full = false;
    router.gossiped(sender, delivery(message(1), sender), now);
    assertThat(application.delivered).containsExactly(id(message(1)));
    assertThat(other.take()).containsExactly(new WireMessage.Gossip(message(1)));
  }

  @Test
  void published_isForwardedOnlyIfAccepted_andTheVerdictReturned() {
    FakeNeighbour peer = connect();
    application.verdicts.put(id(message(2)), new Verdict.Reject("bad"));

    assertThat(router.publish(delivery(message(1), null), now)).isEqualTo(new Verdict.Accept());
    assertThat(router.publish(delivery(message(2), null), now))
        .isEqualTo(new Verdict.Reject("bad"));
    assertThat(router.publish(delivery(message(1), null), now)).isInstanceOf(Verdict.Ignore.class);

    assertThat(peer.take()).containsExactly(new WireMessage.Gossip(message(1)));
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

    router.gossiped(first, delivery(message(1), first), now);

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
    router.publish(delivery(message(1), null), now);
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
  void judgedMessages_areForgottenAfterTheirAge() {
    FakeNeighbour peer = connect();
    router.gossiped(peer, delivery(message(1), peer), now);
    pass(Duration.ofMinutes(10));
    assertThat(router.counters().seen()).isZero();
    assertThat(router.counters().recentBytes()).isZero();
  }
}
