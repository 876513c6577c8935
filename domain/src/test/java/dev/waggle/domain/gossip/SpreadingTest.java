package dev.waggle.domain.gossip;

import static dev.waggle.domain.gossip.Deliveries.delivery;
import static dev.waggle.domain.gossip.Deliveries.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is sent what, and who is only told (PROTOCOL §8.2). */
class SpreadingTest extends RouterFixture {
  private static final Duration SOON = GossipSettings.DEFAULTS.announceEvery();

  private int count(WireMessage message) {
    return (int) peers.stream().filter(peer -> peer.take().contains(message)).count();
  }

  private void connect(int count) {
    for (int i = 0; i < count; i++) {
      connect();
    }
  }

  @Test
  void smallMessage_isPushedToAFewOfMany_andAnnouncedToTheRestALittleLater() {
    connect(100);
    router.publish(delivery(message(1), null), now);

    List<FakeNeighbour> pushed = new ArrayList<>();
    for (FakeNeighbour peer : peers) {
      List<WireMessage> sent = peer.take();
      if (!sent.isEmpty()) {
        assertThat(sent).containsExactly(new WireMessage.Gossip(message(1)));
        pushed.add(peer);
      }
    }
    assertThat(pushed).hasSize(GossipSettings.DEFAULTS.pushPeers());
    pass(SOON.minusNanos(1));
    assertThat(peers).allSatisfy(peer -> assertThat(peer.take()).isEmpty());
    pass(Duration.ofNanos(1));
    for (FakeNeighbour peer : peers) {
      if (pushed.contains(peer)) {
        assertThat(peer.take()).isEmpty();
      } else {
        assertThat(peer.take()).containsExactly(announce(message(1)));
      }
    }
    assertThat(router.counters().announced()).isEqualTo(84);
  }

  @Test
  void whoWasPushedTo_isToldOfWhatComesLater() {
    connect(100);
    for (int i = 1; i <= 2; i++) {
      router.publish(delivery(message(i), null), now);
      assertThat(count(new WireMessage.Gossip(message(i)))).isEqualTo(16);
      pass(SOON);
      assertThat(count(announce(message(i)))).isEqualTo(84);
    }
  }

  /** A chain of pushes stays short, however many peers a node is allowed to have. */
  @Test
  void amongVeryMany_smallMessage_isPushedToTheSquareRoot() {
    connect(20 * 20 - 1);
    router.publish(delivery(message(1), null), now);

    assertThat(count(new WireMessage.Gossip(message(1)))).isEqualTo(20);
  }

  @Test
  void amongFewPeers_allArePushedTo_andNothingIsAnnounced() {
    connect(GossipSettings.DEFAULTS.pushPeers());
    router.publish(delivery(message(1), null), now);

    assertThat(count(new WireMessage.Gossip(message(1)))).isEqualTo(peers.size());
    pass(SOON);
    assertThat(peers).allSatisfy(peer -> assertThat(peer.take()).isEmpty());
  }

  @Test
  void announcementsOfSmallMessages_goTogether_toEachWhatItHasNotGot() {
    connect(30);
    FakeNeighbour sender = peers.getFirst();
    List<GossipMessage> all = List.of(message(1), message(2), message(3));
    router.announced(peers.get(1), List.of(id(message(2))), now);
    all.forEach(message -> router.gossiped(sender, delivery(message, sender), now));
    Map<FakeNeighbour, List<WireMessage>> pushed = new LinkedHashMap<>();
    peers.forEach(peer -> pushed.put(peer, peer.take()));

    pass(SOON);

    assertThat(sender.take()).isEmpty();
    for (FakeNeighbour peer : peers.subList(1, peers.size())) {
      List<GossipMessage> told = new ArrayList<>(all);
      told.removeIf(message -> pushed.get(peer).contains(new WireMessage.Gossip(message)));
      told.removeIf(message -> peer == peers.get(1) && message.equals(message(2)));
      assertThat(peer.take())
          .isEqualTo(
              told.isEmpty() ? List.of() : List.of(announce(told.toArray(new GossipMessage[0]))));
    }
  }

  @Test
  void asManyIdsAsAnAnnounceHolds_areNotGatheredAnyLonger() {
    connect(100);
    for (int i = 0; i < WireMessage.MAX_IDS; i++) {
      assertThat(router.counters().announced()).isZero();
      router.publish(delivery(message(i), null), now);
    }
    assertThat(router.counters().announced()).isEqualTo(84L * WireMessage.MAX_IDS);
    peers.forEach(FakeNeighbour::take);
    pass(SOON);
    assertThat(peers).allSatisfy(peer -> assertThat(peer.take()).isEmpty());
  }

  @Test
  void whoseQueueIsFull_isPushedToSomebodyElse_andAnnouncedToWhenThereIsRoom() {
    connect(17);
    peers.forEach(peer -> peer.room = 0);
    FakeNeighbour free = peers.get(4);
    free.room = 1;
    router.publish(delivery(message(1), null), now);
    assertThat(free.take()).containsExactly(new WireMessage.Gossip(message(1)));

    peers.forEach(peer -> peer.room = 1);
    pass(SOON);
    assertThat(free.take()).isEmpty();
    assertThat(count(announce(message(1)))).isEqualTo(16);
  }

  @Test
  void whoHasLeft_isToldNothing_andWhoHasCome_isToldToo() {
    connect(25);
    router.publish(delivery(message(1), null), now);
    // One that was not pushed to; here it would take what was sent to it nevertheless.
    FakeNeighbour gone =
        peers.stream().filter(peer -> peer.take().isEmpty()).findFirst().orElseThrow();
    peers.forEach(FakeNeighbour::take);
    router.departed(gone, now);
    FakeNeighbour late = connect();

    pass(SOON);
    assertThat(gone.take()).isEmpty();
    assertThat(late.take()).containsExactly(announce(message(1)));
  }

  @Test
  void smallMessage_isPushedToAllButItsSender() {
    FakeNeighbour sender = connect();
    FakeNeighbour second = connect();
    FakeNeighbour third = connect();

    router.gossiped(sender, delivery(message(1), sender), now);

    assertThat(application.delivered).containsExactly(id(message(1)));
    assertThat(sender.take()).isEmpty();
    assertThat(second.take()).containsExactly(new WireMessage.Gossip(message(1)));
    assertThat(third.take()).containsExactly(new WireMessage.Gossip(message(1)));
  }

  @Test
  void largeMessage_isPushedToTheSquareRootAndAnnouncedToTheRest() {
    connect(15);
    GossipMessage large = large(1);
    router.publish(delivery(large, null), now);

    int pushed = 0;
    int announced = 0;
    for (FakeNeighbour peer : peers) {
      List<WireMessage> sent = peer.take();
      assertThat(sent).hasSize(1);
      pushed += sent.contains(new WireMessage.Gossip(large)) ? 1 : 0;
      announced += sent.contains(announce(large)) ? 1 : 0;
    }
    assertThat(pushed).isEqualTo(4);
    assertThat(announced).isEqualTo(11);
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
  void payloadOfTheGreatestSmallLength_isSmall() {
    connect(100);
    router.publish(delivery(message(1, LARGE - 1), null), now);
    assertThat(router.counters().pushed()).isEqualTo(GossipSettings.DEFAULTS.pushPeers());
  }

  @Test
  void announcements_areGatheredFromTheFirst_forTheWholeInterval() {
    connect(100);
    pass(SOON.dividedBy(2));
    router.publish(delivery(message(1), null), now);
    pass(SOON.dividedBy(2));
    assertThat(router.counters().announced()).isZero();
    pass(SOON.dividedBy(2));
    assertThat(router.counters().announced()).isEqualTo(84);
  }

  @Test
  void whoNeedNotBeToldOfOneMessage_isToldOfTheNext() {
    FakeNeighbour peer = connect();
    Bulletin bulletin = new Bulletin();
    bulletin.add(id(message(1)));
    bulletin.exceptLast(peer);
    bulletin.announce(List.of(peer), now);
    assertThat(peer.take()).isEmpty();
    bulletin.add(id(message(2)));
    bulletin.announce(List.of(peer), now);
    assertThat(peer.take()).containsExactly(announce(message(2)));
  }
}
