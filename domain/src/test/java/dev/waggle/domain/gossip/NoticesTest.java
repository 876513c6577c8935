package dev.waggle.domain.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PROTOCOL §8.5. */
class NoticesTest extends RouterFixture {
  private static final GossipMessage LONG =
      new GossipMessage.Evidence(ToyBlocks.item(1, Notices.MIN_BYTES));
  private static final MessageId ID = Deliveries.id(LONG);

  private FakeNeighbour connectWithNotices() {
    FakeNeighbour peer = connect();
    peer.features.add(Feature.EARLY_NOTICES);
    return peer;
  }

  private static WireMessage preamble() {
    return new WireMessage.Preamble(ID, Notices.MIN_BYTES);
  }

  @Test
  void longMessage_isPrecededByAPreamble_whereThePeerUnderstandsIt() {
    FakeNeighbour peer = connectWithNotices();
    router.publish(Deliveries.delivery(LONG, null), now);
    assertThat(peer.take()).containsExactly(preamble(), new WireMessage.Gossip(LONG));

    FakeNeighbour other = new FakeNeighbour(77);
    other.outbound = true;
    router = router(GossipSettings.DEFAULTS);
    router.linked(other, now);
    router.publish(Deliveries.delivery(LONG, null), now);
    assertThat(other.take()).containsExactly(new WireMessage.Gossip(LONG));
  }

  @Test
  void messageOfLessThanThat_isPrecededByNothing() {
    FakeNeighbour peer = connectWithNotices();
    GossipMessage less = new GossipMessage.Evidence(ToyBlocks.item(1, Notices.MIN_BYTES - 1));
    router.publish(Deliveries.delivery(less, null), now);
    assertThat(peer.take()).containsExactly(new WireMessage.Gossip(less));
  }

  @Test
  void whoIsGettingAMessage_tellsTheOthers_andAsksNobodyForIt() {
    FakeNeighbour sender = connectWithNotices();
    FakeNeighbour other = connectWithNotices();
    FakeNeighbour old = connect();

    router.noticed(sender, ID, now);

    assertThat(other.take()).containsExactly(new WireMessage.IDontWant(List.of(ID)));
    assertThat(sender.take()).isEmpty();
    assertThat(old.take()).isEmpty();
    router.announced(other, List.of(ID), now);
    assertThat(other.take()).isEmpty();
    router.gossiped(sender, Deliveries.delivery(LONG, sender), now);
    assertThat(application.delivered).containsExactly(ID);
  }

  @Test
  void messageThatDoesNotCome_isAskedOfOthersAfterATurn() {
    FakeNeighbour liar = connectWithNotices();
    FakeNeighbour other = connectWithNotices();
    router.noticed(liar, ID, now);
    router.announced(other, List.of(ID), now);
    other.take();

    pass(TIMEOUT);

    assertThat(other.take()).contains(new WireMessage.Request(List.of(ID)));
  }

  @Test
  void whoNeverSendsWhatItSaidWasComing_breaksAPromise() {
    FakeNeighbour liar = connectWithNotices();
    router.noticed(liar, ID, now);
    for (int i = 0; i < 40; i++) {
      pass(Duration.ofSeconds(1));
    }
    assertThat(liar.offences).hasSize(1);
  }

  @Test
  void peerThatDoesNotWantAMessage_isNotPushedIt_butHearsOfIt() {
    FakeNeighbour peer = connectWithNotices();
    router.unwanted(peer, List.of(ID), now);

    router.publish(Deliveries.delivery(LONG, null), now);

    assertThat(peer.take()).containsExactly(new WireMessage.Announce(List.of(ID)));
  }

  @Test
  void onlyTheLastUnwantedIds_areRemembered() {
    FakeNeighbour peer = connectWithNotices();
    List<MessageId> ids = new ArrayList<>();
    ids.add(ID);
    for (int i = 0; i < Notices.MAX_UNWANTED; i++) {
      ids.add(new MessageId(i, 0, 0, 0));
    }
    router.unwanted(peer, ids, now);

    router.publish(Deliveries.delivery(LONG, null), now);

    assertThat(peer.take()).contains(new WireMessage.Gossip(LONG));
  }

  @Test
  void largeTransaction_isAnnouncedToAll_andPushedToNobody() {
    FakeNeighbour peer = connect();
    GossipMessage transaction = message(1, LARGE);
    router.publish(Deliveries.delivery(transaction, null), now);
    assertThat(peer.take()).isEmpty();
    pass(GossipSettings.DEFAULTS.announceEvery());
    assertThat(peer.take()).containsExactly(announce(transaction));
  }
}
