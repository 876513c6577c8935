package dev.waggle.domain.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.keyed.SipHash;
import dev.waggle.domain.neighbour.Offence;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.ItemRange;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PROTOCOL §8.4 between nodes that are honest. */
class CompactBlocksTest {
  private static final int ITEMS = 20;

  private static List<Bytes> items(int first, int count) {
    List<Bytes> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(ToyBlocks.item(first + i, 5_000));
    }
    return items;
  }

  private static GossipMessage block(List<Bytes> items) {
    return new GossipMessage.Block(ToyBlocks.block(1, items));
  }

  private static MessageId id(GossipMessage message) {
    return ToyBlocks.ids().of(message);
  }

  private static void know(RelayNode node, List<Bytes> items) {
    items.forEach(node.blocks::add);
  }

  private static RelayNetwork line(int count) {
    RelayNetwork network = new RelayNetwork(count);
    for (int i = 0; i + 1 < count; i++) {
      network.link(i + 1, i);
    }
    return network;
  }

  @Test
  void blockWhoseItemsAllKnow_arrivesWithoutThem_andWithoutARoundTrip() {
    RelayNetwork network = line(3);
    List<Bytes> items = items(0, ITEMS);
    network.nodes.forEach(node -> know(node, items));
    GossipMessage block = block(items);

    network.nodes.getFirst().publish(block);
    network.exchange();

    assertThat(network.nodes.get(2).accepted).containsExactly(id(block));
    assertThat(network.sentTo(1, WireMessage.Compact.class))
        .singleElement()
        .satisfies(
            compact -> {
              assertThat(compact.shortIds().count()).isEqualTo(ITEMS);
              assertThat(compact.prefilled()).isEmpty();
            });
    assertThat(network.sent)
        .noneMatch(sent -> sent.message() instanceof WireMessage.Gossip)
        .noneMatch(sent -> sent.message() instanceof WireMessage.RequestItems)
        .noneMatch(sent -> sent.message() instanceof WireMessage.RequestCompact);
  }

  @Test
  void itemsThatOneLacks_areAskedFor_andNoOthers() {
    RelayNetwork network = line(2);
    List<Bytes> items = items(0, ITEMS);
    know(network.nodes.get(0), items);
    know(network.nodes.get(1), items.subList(0, 7));
    know(network.nodes.get(1), items.subList(9, ITEMS));
    GossipMessage block = block(items);

    network.nodes.getFirst().publish(block);
    network.exchange();

    assertThat(network.nodes.get(1).accepted).containsExactly(id(block));
    assertThat(network.sentTo(0, WireMessage.RequestItems.class))
        .containsExactly(new WireMessage.RequestItems(id(block), List.of(new ItemRange(7, 2))));
    assertThat(network.sentTo(1, WireMessage.Items.class))
        .flatExtracting(WireMessage.Items::items)
        .containsExactly(new IndexedItem(7, items.get(7)), new IndexedItem(8, items.get(8)));
  }

  @Test
  void itemsThatTheMinerHasToldNobody_comeAlong_fromNodeToNode() {
    RelayNetwork network = line(3);
    List<Bytes> items = items(0, ITEMS);
    network.nodes.forEach(node -> know(node, items.subList(1, ITEMS)));
    GossipMessage block = block(items);

    network.nodes.getFirst().publish(block);
    network.exchange();

    assertThat(network.nodes.get(2).accepted).containsExactly(id(block));
    assertThat(network.sentTo(2, WireMessage.Compact.class))
        .singleElement()
        .extracting(WireMessage.Compact::prefilled)
        .isEqualTo(List.of(new IndexedItem(0, items.getFirst())));
    assertThat(network.sent).noneMatch(sent -> sent.message() instanceof WireMessage.RequestItems);
  }

  @Test
  void blockWhoseItemsNobodyKnows_isToldOn_beforeItIsThere() {
    RelayNetwork network = line(2);
    RelayNode middle = network.nodes.get(1);
    FakeNeighbour beyond = middle.link(7);
    middle.receive(beyond, new WireMessage.SendCompact(1));
    List<WireMessage> _ = beyond.take();
    List<Bytes> items = items(0, ITEMS);
    GossipMessage block = block(items);
    network.nodes.getFirst().publish(block);
    RelayNode miner = network.nodes.getFirst();

    WireMessage outline = only(miner.peers.get(1).take());
    assertThat(outline).isInstanceOf(WireMessage.Outline.class);
    middle.receive(middle.peers.get(0), outline);

    assertThat(beyond.take()).as("before any item has come").contains(outline);
    ItemRange all = new ItemRange(0, ITEMS);
    middle.receive(beyond, new WireMessage.RequestItems(id(block), List.of(all)));
    assertThat(beyond.take()).as("nothing is there yet").isEmpty();
    miner.receive(miner.peers.get(1), only(middle.peers.get(0).take()));
    for (WireMessage some : miner.peers.get(1).take()) {
      middle.receive(middle.peers.get(0), some);
      assertThat(beyond.take()).as("is passed on as it comes").contains(some);
    }
    middle.reconstruct();
    assertThat(middle.accepted).containsExactly(id(block));
  }

  private static WireMessage only(List<WireMessage> messages) {
    assertThat(messages).hasSize(1);
    return messages.getFirst();
  }

  @Test
  void blockOfWhichNobodyKnowsAnything_reachesAll_eachItemOnceANode() {
    RelayNetwork network = new RelayNetwork(6);
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < i; j++) {
        network.link(i, j);
      }
    }
    List<Bytes> items = items(0, 200);
    GossipMessage block = block(items);

    network.nodes.getFirst().publish(block);
    network.pass(Duration.ofSeconds(1));

    for (RelayNode node : network.nodes) {
      assertThat(node.accepted).containsExactly(id(block));
    }
    for (int i = 1; i < 6; i++) {
      assertThat(
              network.sentTo(i, WireMessage.Items.class).stream()
                  .mapToInt(m -> m.items().size())
                  .sum())
          .as("items sent to node " + i)
          .isEqualTo(200);
    }
  }

  @Test
  void peerWithoutTheFeature_isServedAsBefore() {
    RelayNetwork network = new RelayNetwork(2);
    network.link(1, 0, new Integer[0]);
    List<Bytes> items = items(0, ITEMS);
    network.nodes.forEach(node -> know(node, items));
    GossipMessage block = block(items);

    network.nodes.getFirst().publish(block);
    network.exchange();

    assertThat(network.sentTo(1, WireMessage.Gossip.class))
        .containsExactly(new WireMessage.Gossip(block));
    assertThat(network.nodes.get(1).accepted).containsExactly(id(block));
  }

  @Test
  void peerOfALaterRank_isSentABlockLater_andNotIfItGetsItMeanwhile() {
    RelayNode node = new RelayNode(0);
    FakeNeighbour origin = node.link(9);
    FakeNeighbour first = node.link(1);
    FakeNeighbour second = node.link(2);
    FakeNeighbour third = node.link(3);
    node.receive(first, new WireMessage.SendCompact(1));
    node.receive(second, new WireMessage.SendCompact(2));
    node.receive(third, new WireMessage.SendCompact(2));
    node.peers.values().forEach(FakeNeighbour::take);
    GossipMessage block = block(items(0, 0));

    node.receive(origin, new WireMessage.Gossip(block));

    assertThat(first.take()).hasSize(1).first().isInstanceOf(WireMessage.Compact.class);
    assertThat(second.take()).isEmpty();
    node.receive(third, new WireMessage.Announce(List.of(id(block))));
    node.pass(Duration.ofMillis(100));
    assertThat(second.take()).hasSize(1).first().isInstanceOf(WireMessage.Compact.class);
    node.pass(Duration.ofSeconds(10));
    assertThat(third.take()).isEmpty();
  }

  @Test
  void blockWhoseItemsAllWaitHere_isToldOn_beforeItIsJudged() {
    RelayNode node = new RelayNode(0);
    FakeNeighbour origin = node.link(9);
    FakeNeighbour follower = node.link(1);
    node.receive(follower, new WireMessage.SendCompact(1));
    List<WireMessage> _ = follower.take();
    List<Bytes> items = items(0, 3);
    know(node, items);
    List<MessageId> ids = items.stream().map(ToyBlocks.ids()::ofItem).toList();
    Bytes header = ToyBlocks.header(1, ids);

    node.receive(origin, new WireMessage.Outline(header, ToyBlocks.PROOF, ids));

    assertThat(node.accepted).isEmpty();
    assertThat(follower.take()).hasAtLeastOneElementOfType(WireMessage.Compact.class);
  }

  @Test
  void blockThatIsMadeHere_isSentToAllAtOnce() {
    RelayNode node = new RelayNode(0);
    List<FakeNeighbour> peers = List.of(node.link(1), node.link(2), node.link(3), node.link(4));
    peers.forEach(FakeNeighbour::take);

    node.publish(block(items(0, 0)));

    for (FakeNeighbour peer : peers) {
      assertThat(peer.take()).hasSize(1).first().isInstanceOf(WireMessage.Compact.class);
    }
  }

  @Test
  void peersThatWishForNoBlocks_hearOfThemLater_asManyAsTheSquareRoot_andAskForCompactOnes() {
    RelayNode node = new RelayNode(0);
    FakeNeighbour origin = node.link(99);
    for (int i = 1; i <= 15; i++) {
      node.link(i);
    }
    List<Bytes> items = items(0, ITEMS);
    know(node, items);
    GossipMessage block = block(items);
    node.receive(origin, new WireMessage.Gossip(block));
    node.pass(Duration.ofMillis(1_999));
    node.peers.values().forEach(FakeNeighbour::take);

    node.pass(Duration.ofMillis(1));

    List<FakeNeighbour> told = new ArrayList<>();
    for (FakeNeighbour peer : node.peers.values()) {
      if (peer.take().contains(new WireMessage.Announce(List.of(id(block))))) {
        told.add(peer);
      }
    }
    assertThat(told).hasSize(4).doesNotContain(origin);
    for (FakeNeighbour heard : node.peers.values()) {
      if (!told.contains(heard) && heard.id().hash().toArray()[0] < 8) {
        node.receive(heard, new WireMessage.Announce(List.of(id(block))));
      }
    }
    node.pass(Duration.ofSeconds(3));
    for (FakeNeighbour rest : node.peers.values()) {
      boolean knew =
          told.contains(rest) || rest.equals(origin) || rest.id().hash().toArray()[0] < 8;
      assertThat(rest.take().contains(new WireMessage.Announce(List.of(id(block)))))
          .isEqualTo(!knew);
    }
    FakeNeighbour peer = told.getFirst();
    node.receive(peer, new WireMessage.RequestCompact(List.of(id(block))));
    assertThat(peer.take())
        .singleElement()
        .isInstanceOfSatisfying(
            WireMessage.Compact.class,
            compact -> assertThat(compact.shortIds().count()).isEqualTo(ITEMS));
    node.receive(peer, new WireMessage.Request(List.of(id(block))));
    assertThat(peer.take()).containsExactly(new WireMessage.Gossip(block));
  }

  @Test
  void whoIsFirstWithBlocks_isAskedToSendThemUnasked() {
    RelayNode node = new RelayNode(0);
    List<FakeNeighbour> peers = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      peers.add(node.link(i));
    }
    FakeNeighbour fast = peers.getLast();
    assertThat(fast.take()).as("the three places are taken").isEmpty();

    for (int number = 1; number <= 3; number++) {
      Bytes block = ToyBlocks.block(number, List.of());
      WireMessage.Compact compact =
          new WireMessage.Compact(
              ToyBlocks.header(number, List.of()),
              ToyBlocks.PROOF,
              9,
              ShortIds.wrap(new long[0]),
              List.of());
      node.receive(fast, compact);
      node.reconstruct();
      assertThat(node.accepted).hasSize(number);
      assertThat(block.length()).isPositive();
    }

    assertThat(fast.take().stream().filter(WireMessage.SendCompact.class::isInstance))
        .last()
        .isEqualTo(new WireMessage.SendCompact(1));
    assertThat(fast.offences).isEmpty();
  }

  @Test
  void twoItemsThatLookAlike_areAskedFor() {
    RelayNode node = new RelayNode(0);
    FakeNeighbour peer = node.link(1);
    List<WireMessage> _ = peer.take();
    List<Bytes> items = items(0, 2);
    know(node, items);
    List<MessageId> ids = items.stream().map(ToyBlocks.ids()::ofItem).toList();
    Bytes header = ToyBlocks.header(1, ids);
    MessageId id = ToyBlocks.ids().ofHeader(header);
    MessageId first = ids.getFirst();
    long alike =
        ShortIds.MASK
            & new SipHash(id.first() ^ 5, id.second())
                .hash(
                    Long.reverseBytes(first.first()),
                    Long.reverseBytes(first.second()),
                    Long.reverseBytes(first.third()),
                    Long.reverseBytes(first.fourth()));
    node.receive(
        peer,
        new WireMessage.Compact(
            header, ToyBlocks.PROOF, 5, ShortIds.wrap(new long[] {alike, alike}), List.of()));

    assertThat(peer.take())
        .contains(new WireMessage.RequestItems(id, List.of(new ItemRange(0, 2))));
    assertThat(peer.offences).doesNotContain(Offence.INVALID_MESSAGE);
  }
}
