package dev.waggle.domain.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.neighbour.Offence;
import dev.waggle.domain.relay.RelaySettings;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Verdict;
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

/** What peers may try with compact blocks and early notices, and who is blamed for it. */
class CompactAttackTest {
  private static final int ITEMS = 20;

  private final RelayNode node = new RelayNode(0);
  private final FakeNeighbour attacker = node.link(1);
  private final FakeNeighbour honest = node.link(2);
  private final List<Bytes> items = new ArrayList<>();
  private final GossipMessage block;
  private final MessageId id;
  private final Bytes header;
  private final List<MessageId> names;

  CompactAttackTest() {
    for (int i = 0; i < ITEMS; i++) {
      items.add(ToyBlocks.item(i, 100));
    }
    names = items.stream().map(ToyBlocks.ids()::ofItem).toList();
    block = new GossipMessage.Block(ToyBlocks.block(1, items));
    id = ToyBlocks.ids().of(block);
    header = ToyBlocks.header(1, names);
    attacker.take();
    honest.take();
  }

  private static WireMessage.Compact compact(Bytes header, Bytes proof, int count) {
    long[] garbage = new long[count];
    for (int i = 0; i < count; i++) {
      garbage[i] = i;
    }
    return new WireMessage.Compact(header, proof, 5, ShortIds.wrap(garbage), List.of());
  }

  private WireMessage.Compact garbage() {
    return compact(header, ToyBlocks.PROOF, ITEMS);
  }

  private WireMessage.Outline outline() {
    return new WireMessage.Outline(header, ToyBlocks.PROOF, names);
  }

  private WireMessage.RequestItems requestForAll() {
    return new WireMessage.RequestItems(id, List.of(new ItemRange(0, ITEMS)));
  }

  private void assertThatTheBlockStillComesFrom(FakeNeighbour peer) {
    assertThat(peer.take()).contains(new WireMessage.Request(List.of(id)));
    node.receive(peer, new WireMessage.Gossip(block));
    assertThat(node.accepted).contains(id);
    assertThat(peer.offences).isEmpty();
  }

  private void passSeconds(int seconds) {
    for (int i = 0; i < 4 * seconds; i++) {
      node.pass(Duration.ofMillis(250));
    }
  }

  @Test
  void proofThatIsWrong_isItsSendersFault_andTheBlockStillComes() {
    node.receive(attacker, compact(header, Bytes.ofHex("00"), ITEMS));

    assertThat(attacker.offences).containsExactly(Offence.INVALID_MESSAGE);
    items.forEach(node.blocks::add);
    node.receive(honest, outline());
    node.reconstruct();
    assertThat(node.accepted).containsExactly(id);
  }

  @Test
  void proofThatIsWrong_doesNotMakeUsForget_whoElseHasTheBlock() {
    node.receive(attacker, new WireMessage.Announce(List.of(id)));
    node.receive(honest, new WireMessage.Announce(List.of(id)));
    attacker.take();
    node.receive(attacker, compact(header, Bytes.ofHex("00"), ITEMS));

    assertThat(honest.take()).contains(new WireMessage.RequestCompact(List.of(id)));
  }

  @Test
  void outlineOfOtherItems_isItsSendersFault() {
    node.receive(
        attacker, new WireMessage.Outline(header, ToyBlocks.PROOF, names.subList(1, ITEMS)));

    assertThat(attacker.offences).containsExactly(Offence.INVALID_MESSAGE);
    assertThat(attacker.take()).isEmpty();
  }

  @Test
  void itemsThatAreWithheld_areAskedOfOthersAfterASecond() {
    node.receive(attacker, outline());
    assertThat(attacker.take()).contains(requestForAll());
    node.receive(honest, new WireMessage.Announce(List.of(id)));
    assertThat(honest.take()).as("the attacker is being asked").doesNotContain(requestForAll());

    node.pass(Duration.ofMillis(1_500));

    assertThat(honest.take()).contains(requestForAll());
    List<IndexedItem> all = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      all.add(new IndexedItem(i, items.get(i)));
    }
    node.receive(honest, new WireMessage.Items(id, all));
    node.reconstruct();
    assertThat(node.accepted).containsExactly(id);
  }

  @Test
  void itemsThatEveryoneWithholds_leadToTheWholeBlock() {
    node.receive(attacker, outline());
    node.receive(honest, outline());
    honest.take();

    passSeconds(10);
    assertThatTheBlockStillComesFrom(honest);
  }

  @Test
  void shortIdsThatAreGarbage_costSeconds_andNobodyIsBlamed() {
    items.forEach(node.blocks::add);
    node.receive(attacker, garbage());
    assertThat(attacker.take()).contains(requestForAll());
    node.receive(honest, garbage());
    honest.take();

    passSeconds(10);

    assertThatTheBlockStillComesFrom(honest);
    assertThat(attacker.offences).isEmpty();
  }

  @Test
  void itemsThatAreOthers_areNotTaken() {
    node.receive(attacker, outline());
    List<IndexedItem> others = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      others.add(new IndexedItem(i, ToyBlocks.item(100 + i, 100)));
    }
    others.add(new IndexedItem(ITEMS + 7, ToyBlocks.item(1, 100)));
    node.receive(attacker, new WireMessage.Items(id, others));

    assertThat(node.reconstructions).isEmpty();
    assertThat(node.accepted).isEmpty();
    assertThat(attacker.take()).as("the block is still put together").contains(requestForAll());
    assertThat(node.router.relayCounters().fellBack()).isZero();
  }

  @Test
  void prefilledItemsThatAreOthers_leadToTheWholeBlock_andNobodyIsBlamed() {
    List<IndexedItem> others = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      others.add(new IndexedItem(i, ToyBlocks.item(100 + i, 100)));
    }
    node.receive(
        attacker,
        new WireMessage.Compact(header, ToyBlocks.PROOF, 5, ShortIds.wrap(new long[0]), others));

    assertThat(attacker.take()).contains(new WireMessage.Request(List.of(id)));
    assertThat(attacker.offences).isEmpty();
    node.receive(honest, new WireMessage.Announce(List.of(id)));
    node.pass(Duration.ofSeconds(4));
    assertThatTheBlockStillComesFrom(honest);
  }

  @Test
  void blockThatIsInvalid_isNotTheFaultOfWhoToldOfItEarly() {
    items.forEach(node.blocks::add);
    node.invalid.add(id);

    node.receive(honest, outline());
    node.reconstruct();

    assertThat(node.accepted).isEmpty();
    assertThat(honest.offences).isEmpty();
    node.receive(attacker, new WireMessage.Gossip(block));
    assertThat(attacker.offences).as("it is remembered as judged").isEmpty();
  }

  @Test
  void whoDisappoints_isNotBelievedEarly() {
    FakeNeighbour follower = node.link(3);
    node.receive(follower, new WireMessage.SendCompact(1));
    follower.take();
    node.receive(attacker, outline());
    assertThat(follower.take()).contains(outline());
    passSeconds(6); // Nothing comes, and nobody else has it.

    MessageId other = outlineOf(2, attacker);
    assertThat(follower.take()).doesNotHaveAnyElementsOfTypes(WireMessage.Outline.class);
    outlineOf(3, honest);
    assertThat(follower.take()).hasAtLeastOneElementOfType(WireMessage.Outline.class);
    assertThat(other).isNotEqualTo(id);
  }

  private MessageId outlineOf(int number, FakeNeighbour from) {
    Bytes otherHeader = ToyBlocks.header(number, names);
    node.receive(from, new WireMessage.Outline(otherHeader, ToyBlocks.PROOF, names));
    return ToyBlocks.ids().ofHeader(otherHeader);
  }

  @Test
  void onePeer_hasTwoBlocksPutTogetherAtATime_others_areServed() {
    outlineOf(1, attacker);
    outlineOf(2, attacker);
    attacker.take();
    MessageId third = outlineOf(3, attacker);
    assertThat(attacker.take()).containsExactly(new WireMessage.Request(List.of(third)));

    MessageId fourth = outlineOf(4, honest);
    assertThat(honest.take())
        .contains(new WireMessage.RequestItems(fourth, List.of(new ItemRange(0, ITEMS))));
  }

  /** There is no room for its block, and each time it is as if it were told of anew. */
  @Test
  void whoSendsOneHeaderAgainAndAgain_doesNotKeepOthersFromBeingAsked() {
    outlineOf(2, attacker);
    outlineOf(3, attacker);
    node.receive(attacker, outline());
    honest.take();
    node.receive(honest, new WireMessage.Announce(List.of(id)));

    List<WireMessage> asked = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      node.pass(Duration.ofMillis(500));
      node.receive(attacker, outline());
      asked.addAll(honest.take());
    }

    assertThat(asked).contains(new WireMessage.Request(List.of(id)));
  }

  @Test
  void itemsOfBlocksThatAreNeverComplete_holdNoMoreThanTheyMay() {
    RelaySettings tight =
        new RelaySettings(Duration.ofMillis(100), Duration.ofSeconds(2), 16, 3_000, 8, 1 << 20);
    RelayNode small = new RelayNode(0, GossipSettings.DEFAULTS.withRelay(tight));
    List<FakeNeighbour> peers = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      peers.add(small.link(i));
    }
    for (int i = 0; i < 8; i++) {
      Bytes each = ToyBlocks.header(i, names);
      MessageId eachId = ToyBlocks.ids().ofHeader(each);
      small.receive(peers.get(i), new WireMessage.Outline(each, ToyBlocks.PROOF, names));
      for (int index = 0; index < ITEMS - 1; index++) {
        IndexedItem item = new IndexedItem(index, items.get(index));
        small.receive(peers.get(i), new WireMessage.Items(eachId, List.of(item)));
        assertThat(small.router.relayCounters().openBytes()).isLessThanOrEqualTo(3_000);
      }
    }
    assertThat(small.router.relayCounters().fellBack()).isGreaterThan(5);
  }

  @Test
  void whoHasOnlyToldOfABlock_owesNothing() {
    node.receive(honest, outline());
    passSeconds(90);
    assertThat(honest.offences).isEmpty();
  }

  @Test
  void whoWasAskedForABlockThatItOnlyToldOf_hearsThatItIsHere_whenItIs() {
    node.receive(honest, outline());
    passSeconds(7);
    assertThat(honest.take()).contains(new WireMessage.Request(List.of(id)));

    node.receive(attacker, new WireMessage.Gossip(block));

    assertThat(honest.take()).contains(new WireMessage.Announce(List.of(id)));
  }

  /** It was asked for it, twice, when it had it not. */
  @Test
  void whoHasOnlyToldOfABlock_isAskedWhenItHasIt() {
    node.receive(honest, outline());
    passSeconds(15);
    assertThat(honest.take()).filteredOn(WireMessage.Request.class::isInstance).hasSize(2);

    node.receive(honest, new WireMessage.Announce(List.of(id)));

    assertThatTheBlockStillComesFrom(honest);
  }

  /** It may fail, and would never hear of it otherwise. */
  @Test
  void whoIsGettingABlock_hearsThatItIsHere_whenItIs() {
    items.forEach(node.blocks::add);
    node.receive(honest, new WireMessage.IDontWant(List.of(id)));
    node.receive(honest, new WireMessage.SendCompact(2));
    honest.take();
    node.receive(attacker, new WireMessage.Gossip(block));
    node.pass(Duration.ofMillis(1_900));
    assertThat(honest.take()).isEmpty();

    passSeconds(2);

    assertThat(honest.take()).containsExactly(new WireMessage.Announce(List.of(id)));
  }

  @Test
  void whoToldOfABlockThatNobodyHad_hearsThatItIsHere_whenItIs() {
    node.receive(honest, outline());
    FakeNeighbour late = node.link(3);
    late.take();
    honest.take();
    node.receive(late, new WireMessage.Gossip(block));
    assertThat(node.accepted).containsExactly(id);
    assertThat(honest.take()).contains(new WireMessage.Announce(List.of(id)));
  }

  @Test
  void headerThatMustWait_isAskedForWhole() {
    MessageId parent = new MessageId(1, 2, 3, 4);
    node.blocks.verdict = new Verdict.Await(parent);

    node.receive(honest, outline());

    assertThat(honest.take()).containsExactly(new WireMessage.Request(List.of(id)));
  }

  @Test
  void requestForItemsOfNothing_orFarBeyondABlock_isAnsweredByNothing() {
    items.forEach(node.blocks::add);
    node.receive(
        attacker,
        new WireMessage.RequestItems(new MessageId(9, 9, 9, 9), List.of(new ItemRange(0, 1))));
    node.publish(block);
    attacker.take();
    node.receive(
        attacker, new WireMessage.RequestItems(id, List.of(new ItemRange(ITEMS, 16_384 - ITEMS))));
    assertThat(attacker.take()).isEmpty();

    node.receive(
        attacker, new WireMessage.RequestItems(id, List.of(new ItemRange(ITEMS - 1, 100))));
    assertThat(attacker.take())
        .containsExactly(
            new WireMessage.Items(id, List.of(new IndexedItem(ITEMS - 1, items.get(ITEMS - 1)))));
  }

  @Test
  void whoAsksAndReadsNothing_costsNothing() {
    items.forEach(node.blocks::add);
    node.publish(block);
    attacker.take();
    attacker.room = 0;
    for (int i = 0; i < 100; i++) {
      node.receive(attacker, requestForAll());
    }
    assertThat(attacker.take()).isEmpty();
    attacker.room = Integer.MAX_VALUE;
    node.router.drained(attacker, 1);
    assertThat(attacker.take())
        .singleElement()
        .isInstanceOfSatisfying(
            WireMessage.Items.class, sent -> assertThat(sent.items()).hasSize(ITEMS));
  }
}
