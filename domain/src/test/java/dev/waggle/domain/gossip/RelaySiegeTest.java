package dev.waggle.domain.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.relay.RelaySettings;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.operator.RelayCounters;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.ItemRange;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All inbound links at once, each of another identity, against what a node holds and does. */
class RelaySiegeTest {
  private static final int LINKS = 117;
  private static final int ITEMS = 1_000;

  private final RelayNode node = new RelayNode(0);
  private final FakeNeighbour chosen = node.link(1_000);
  private final List<FakeNeighbour> strangers = new ArrayList<>();
  private final List<Bytes> items = new ArrayList<>();
  private final List<MessageId> names = new ArrayList<>();
  private int number;

  RelaySiegeTest() {
    chosen.outbound = true;
    for (int i = 0; i < LINKS; i++) {
      strangers.add(node.link(i));
    }
    for (int i = 0; i < ITEMS; i++) {
      Bytes item = ToyBlocks.item(i, 50);
      items.add(item);
      names.add(ToyBlocks.ids().ofItem(item));
    }
    everybody().forEach(FakeNeighbour::take);
  }

  private List<FakeNeighbour> everybody() {
    List<FakeNeighbour> all = new ArrayList<>(strangers);
    all.add(chosen);
    return all;
  }

  private MessageId outlineFrom(FakeNeighbour peer) {
    Bytes header = ToyBlocks.header(++number, names);
    node.receive(peer, new WireMessage.Outline(header, ToyBlocks.PROOF, names));
    return ToyBlocks.ids().ofHeader(header);
  }

  /** Each costs us a notice to everybody: a peer of ours might take so many for a flood. */
  @Test
  void messagesThatManySayAreComing_makeUsTellOthersOfAFew() {
    for (int round = 0; round < 30; round++) {
      for (FakeNeighbour stranger : strangers) {
        node.receive(stranger, new WireMessage.Preamble(new MessageId(++number, 0, 0, 0), 1 << 20));
      }
    }
    assertThat(notices(chosen.take())).isBetween(1, Notices.MAX_COMING / 2);

    node.receive(chosen, new WireMessage.Preamble(new MessageId(++number, 0, 0, 0), 1 << 20));
    assertThat(notices(strangers.getLast().take()))
        .as("of whom we dialled there is room to tell")
        .isEqualTo(Notices.MAX_COMING / 2 + 1);

    node.pass(Duration.ofSeconds(4));
    strangers.forEach(FakeNeighbour::take);
    node.receive(strangers.get(7), new WireMessage.Preamble(new MessageId(9, 9, 9, 9), 1 << 20));
    assertThat(notices(strangers.getFirst().take())).as("a while later").isEqualTo(1);
  }

  private static int notices(List<WireMessage> messages) {
    return (int) messages.stream().filter(WireMessage.IDontWant.class::isInstance).count();
  }

  @Test
  void headersOfAll_takeHalfOfTheRoom_andWhomWeDialledHasTheRest() {
    for (int round = 0; round < 10; round++) {
      strangers.forEach(this::outlineFrom);
    }
    assertThat(node.router.relayCounters().open()).isEqualTo(RelaySettings.DEFAULTS.maxOpen() / 2);
    chosen.take();

    MessageId ours = outlineFrom(chosen);

    assertThat(chosen.take())
        .contains(new WireMessage.RequestItems(ours, List.of(new ItemRange(0, 64))));
  }

  @Test
  void whatIsHeldForBlocksThatAreNeverComplete_isBounded_tablesIncluded() {
    long limit = 400_000;
    RelayNode small =
        new RelayNode(
            0,
            GossipSettings.DEFAULTS.withRelay(RelaySettings.DEFAULTS.withMemory(limit, 1 << 20)));
    for (int i = 0; i < LINKS; i++) {
      FakeNeighbour stranger = small.link(i);
      Bytes header = ToyBlocks.header(i, names);
      MessageId id = ToyBlocks.ids().ofHeader(header);
      small.receive(stranger, new WireMessage.Outline(header, ToyBlocks.PROOF, names));
      List<IndexedItem> most = new ArrayList<>();
      for (int index = 0; index < ITEMS - 1; index++) {
        most.add(new IndexedItem(index, items.get(index)));
      }
      small.receive(stranger, new WireMessage.Items(id, most));
      RelayCounters counters = small.router.relayCounters();
      assertThat(counters.openBytes()).isLessThanOrEqualTo(limit);
      assertThat((long) counters.open() * ITEMS * 60)
          .as("an outline of so many ids weighs more than nothing")
          .isLessThanOrEqualTo(limit);
    }
  }

  @Test
  void blockThatIsPutTogetherForEver_isAskedForWhole() {
    items.forEach(node.blocks::add);
    MessageId id = outlineFrom(chosen);
    assertThat(node.reconstructions).hasSize(1);
    node.reconstructions.clear();

    for (int second = 0; second < 31; second++) {
      node.pass(Duration.ofSeconds(1));
    }

    assertThat(chosen.take()).contains(new WireMessage.Request(List.of(id)));
    assertThat(node.router.relayCounters().open()).isZero();
  }

  @Test
  void blockThatIsTooLargeToBeKept_travelsWhole() {
    RelayNode small =
        new RelayNode(
            0,
            GossipSettings.DEFAULTS.withRelay(RelaySettings.DEFAULTS.withMemory(1 << 20, 1_000)));
    FakeNeighbour peer = small.link(1);
    peer.take();
    GossipMessage block = new GossipMessage.Block(ToyBlocks.block(1, items));

    small.publish(block);

    assertThat(peer.take()).contains(new WireMessage.Gossip(block));
  }

  /** What some wait for comes in pieces as small as can be. */
  @Test
  void itemsThatComeOneByOne_reachAllWhoWait_eachOnce() {
    MessageId id = outlineFrom(chosen);
    WireMessage all = new WireMessage.RequestItems(id, List.of(new ItemRange(0, ITEMS)));
    strangers.forEach(stranger -> node.receive(stranger, all));
    strangers.forEach(FakeNeighbour::take);

    for (int index = 0; index < ITEMS; index++) {
      List<IndexedItem> one = List.of(new IndexedItem(index, items.get(index)));
      node.receive(chosen, new WireMessage.Items(id, one));
      node.pass(Duration.ZERO); // So many are served for one event at most, and the rest at once.
      assertThat(strangers.get(index % LINKS).take()).contains(new WireMessage.Items(id, one));
      strangers.forEach(FakeNeighbour::take);
    }
    assertThat(node.router.relayCounters().itemsSent()).isEqualTo((long) LINKS * ITEMS);
  }
}
