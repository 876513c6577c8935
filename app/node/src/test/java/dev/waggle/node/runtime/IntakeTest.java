package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.memory.MessageWeight;
import dev.waggle.domain.naming.MessageIds;
import dev.waggle.domain.relay.CompactArrival;
import dev.waggle.domain.relay.ItemsArrival;
import dev.waggle.domain.relay.OutlineArrival;
import dev.waggle.domain.sync.HeadersArrival;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private static final PeerId PEER = new PeerId(Bytes.wrap(new byte[PeerId.LENGTH]));
  private static final MessageIds IDS = new MessageIds(ToySuite.create().hash());
  private static final GossipMessage LIGHT = transaction(1);
  private static final GossipMessage HEAVY = transaction(2);

  private final KnownIds known = new KnownIds();
  private final List<GossipMessage> examined = new ArrayList<>();
  private final Intake intake =
      new Intake(
          IDS,
          known,
          new AcceptingApplication() {
            @Override
            public boolean takesLong(GossipMessage message) {
              return message.equals(HEAVY);
            }

            @Override
            public Examination examine(MessageId id, GossipMessage message) {
              examined.add(message);
              return () -> 1000;
            }
          });

  private static GossipMessage transaction(int number) {
    return new GossipMessage.Transaction(Bytes.wrap(new byte[] {(byte) number}));
  }

  @Test
  void gossip_isNamedAndExamined() {
    Arrival arrival = (Arrival) intake.take(new WireMessage.Gossip(LIGHT), PEER);

    assertThat(arrival.delivery().id()).isEqualTo(IDS.of(LIGHT));
    assertThat(arrival.delivery().from()).isEqualTo(PEER);
    assertThat(arrival.delivery().examination().heldBytes()).isEqualTo(1000);
    assertThat(arrival.bytes()).isGreaterThan(1000);
    assertThat(arrival.isExamined()).isTrue();
  }

  @Test
  void whatTakesLong_isLeftToOthers() {
    Arrival arrival = (Arrival) intake.take(new WireMessage.Gossip(HEAVY), PEER);

    assertThat(arrival.isExamined()).isFalse();
    assertThat(examined).isEmpty();
    long bytes = arrival.bytes();
    arrival.examined(() -> 1000);
    assertThat(arrival.bytes()).as("what was counted is what is given back").isEqualTo(bytes);
    assertThat(intake.published(HEAVY).examination().heldBytes())
        .as("but not to the node")
        .isEqualTo(1000);
  }

  @Test
  void whatIsLarge_isNamedLater() {
    GossipMessage large = new GossipMessage.Block(Bytes.wrap(new byte[16 * 1024 + 1]));
    Arrival arrival = (Arrival) intake.take(new WireMessage.Gossip(large), PEER);
    assertThat(arrival.isNamed()).isFalse();
    long bytes = arrival.bytes();

    intake.name(arrival);
    assertThat(arrival.id()).isEqualTo(IDS.of(large));
    assertThat(arrival.isExamined()).isTrue();
    assertThat(arrival.isKnown()).isFalse();
    assertThat(arrival.bytes()).as("what was counted is what is given back").isEqualTo(bytes);

    known.add(arrival.id());
    Arrival again = (Arrival) intake.take(new WireMessage.Gossip(large), PEER);
    intake.name(again);
    assertThat(again.isKnown()).isTrue();
    assertThat(examined).containsExactly(large);
  }

  @Test
  void whatIsKnown_isDropped_alsoFromAnnouncements() {
    MessageId id = IDS.of(LIGHT);
    MessageId other = IDS.of(HEAVY);
    known.add(id);

    assertThat(intake.take(new WireMessage.Gossip(LIGHT), PEER)).isNull();
    assertThat(examined).isEmpty();
    assertThat(intake.take(new WireMessage.Announce(List.of(id, other, id)), PEER))
        .isEqualTo(new Incoming.Other(new WireMessage.Announce(List.of(other))));
    assertThat(intake.take(new WireMessage.Announce(List.of(id)), PEER)).isNull();
    assertThat(intake.take(new WireMessage.Request(List.of(id)), PEER))
        .isEqualTo(new Incoming.Other(new WireMessage.Request(List.of(id))));

    known.remove(id);
    assertThat(intake.take(new WireMessage.Gossip(LIGHT), PEER)).isNotNull();
  }

  private final ItemBlocks blocks = new ItemBlocks();
  private final Intake withBlocks =
      new Intake(new MessageIds(ToySuite.create().hash(), blocks), known, new WithFormat());

  /** That of {@link #blocks}. */
  private final class WithFormat extends AcceptingApplication {
    @Override
    public BlockFormat blockFormat() {
      return blocks;
    }
  }

  /** A compact block without short ids whose prefilled items have these lengths. */
  private WireMessage.Compact compact(int... lengths) {
    BlockParts parts = blocks.parts(1, List.of());
    return new WireMessage.Compact(
        parts.header(), parts.proof(), 5, ShortIds.wrap(new long[0]), items(lengths));
  }

  private static List<IndexedItem> items(int... lengths) {
    return IntStream.range(0, lengths.length)
        .mapToObj(index -> new IndexedItem(index, Bytes.wrap(new byte[lengths[index]])))
        .toList();
  }

  @Test
  void aCompactBlock_isNamed_andItsHeaderIsLeftToOthers() {
    WireMessage.Compact compact = compact(2, 3);
    IncomingCompact incoming = (IncomingCompact) withBlocks.take(compact, PEER);

    assertThat(incoming.isNamed()).isTrue();
    assertThat(incoming.isExamined()).isFalse();
    assertThat(incoming.arrival())
        .isEqualTo(
            new CompactArrival(
                IDS.ofHeader(compact.header()),
                compact,
                Examination.NONE,
                List.of(IDS.ofItem(Bytes.wrap(new byte[2])), IDS.ofItem(Bytes.wrap(new byte[3])))));
    assertThat(incoming.examineBy(new WithFormat())).isEqualTo(new ItemBlocks.Examined(false));
  }

  @Test
  void aCompactBlockOfOneThatIsKnown_isDropped_alsoIfItIsFoundOutLate() {
    WireMessage.Compact small = compact(1);
    IncomingCompact large = (IncomingCompact) withBlocks.take(compact(16 * 1024), PEER);
    assertThat(large.isNamed()).isFalse();
    known.add(IDS.ofHeader(small.header()));

    assertThat(withBlocks.take(small, PEER)).isNull();
    withBlocks.name(large);
    assertThat(large.isNamed()).isTrue();
    assertThat(large.isKnown()).isTrue();
  }

  @Test
  void items_areNamedWhereTheyArrive_unlessThatTakesLong() {
    assertThat(incoming(items(0, 15_000, 1)).isNamed()).isTrue();
    assertThat(incoming(items(16 * 1024)).isNamed()).isFalse();
    IncomingItems many = incoming(items(new int[65]));
    assertThat(many.isNamed()).isFalse();
    long bytes = many.bytes();

    intake.name(many);
    assertThat(many.arrival())
        .isEqualTo(
            new ItemsArrival(many.items(), Collections.nCopies(65, IDS.ofItem(Bytes.EMPTY))));
    assertThat(many.bytes()).as("what was counted is what is given back").isEqualTo(bytes);
  }

  private IncomingItems incoming(List<IndexedItem> items) {
    return (IncomingItems)
        intake.take(new WireMessage.Items(new MessageId(1, 2, 3, 4), items), PEER);
  }

  /** No peer sends it then; it is the node's to be surprised. */
  @Test
  void aBlockWithoutAFormatForIt_isNotLookedAt() {
    assertThat(intake.take(compact(1), PEER)).isEqualTo(new Incoming.Other(compact(1)));
    assertThat(intake.take(outline(), PEER)).isEqualTo(new Incoming.Other(outline()));
  }

  private WireMessage.Outline outline() {
    BlockParts parts = blocks.parts(1, List.of());
    return new WireMessage.Outline(
        parts.header(), parts.proof(), List.of(new MessageId(1, 2, 3, 4)));
  }

  @Test
  void anOutline_isNamed_itsHeaderIsLeftToOthers_andOfAKnownBlockItIsDropped() {
    IncomingOutline incoming = (IncomingOutline) withBlocks.take(outline(), PEER);
    MessageId block = IDS.ofHeader(outline().header());

    assertThat(incoming.isNamed()).isTrue();
    assertThat(incoming.isExamined()).isFalse();
    assertThat(incoming.arrival())
        .isEqualTo(new OutlineArrival(block, outline(), Examination.NONE));
    known.add(block);
    assertThat(withBlocks.take(outline(), PEER)).isNull();
  }

  private final ToyChain chain = new ToyChain();
  private final Intake withChain =
      new Intake(new MessageIds(ToySuite.create().hash(), chain), known, chain);

  /** The first ones of a chain. */
  private WireMessage.Headers headers(int count) {
    chain.grow(count, 10);
    return new WireMessage.Headers(
        ToyChain.BEGINNING, 5, chain.after(ToyChain.BEGINNING, count).headers());
  }

  @Test
  void headers_areNamedAndExaminedWhereTheyArrive_unlessThatTakesLong() {
    WireMessage.Headers few = headers(10);
    IncomingHeaders incoming = (IncomingHeaders) withChain.take(few, PEER);
    HeadersArrival arrival = incoming.arrival();

    assertThat(arrival.message()).isSameAs(few);
    assertThat(arrival.ids()).isEqualTo(chain.ids(1, 10));
    assertThat(arrival.examination())
        .isEqualTo(chain.examineHeaders(few.after(), chain.ids(1, 10), few.headers()));
    assertThat(incoming.bytes())
        .as("with the names, and what was found out")
        .isEqualTo(MessageWeight.bytes(few) + 10 * 52 + 10 * 100);
  }

  @Test
  void manyHeaders_areExaminedLater() {
    WireMessage.Headers many = headers(11);
    IncomingHeaders incoming = (IncomingHeaders) withChain.take(many, PEER);
    assertThat(incoming.isNamed()).isFalse();
    long bytes = incoming.bytes();

    withChain.name(incoming);
    assertThat(incoming.isNamed()).isTrue();
    assertThat(incoming.arrival().ids()).isEqualTo(chain.ids(1, 11));
    assertThat(incoming.bytes()).as("what was counted is what is given back").isEqualTo(bytes);
    assertThat(bytes).isEqualTo(MessageWeight.bytes(many) + 11 * 52);
  }

  /** A record holds 64 KiB: for what they weigh beyond that, no memory was granted. */
  @Test
  void manyHeaders_weighMoreThanTheyAreLong() {
    IncomingHeaders most = (IncomingHeaders) withChain.take(headers(256), PEER);
    Bytes longer = Bytes.wrap(new byte[WireMessage.MAX_HEADER_BYTES]);
    IncomingHeaders longest =
        (IncomingHeaders)
            withChain.take(
                new WireMessage.Headers(ToyChain.BEGINNING, 0, Collections.nCopies(256, longer)),
                PEER);

    assertThat(most.spansRecords()).isFalse();
    assertThat(most.excessBytes()).isZero();
    assertThat(longest.spansRecords()).isTrue();
    assertThat(longest.excessBytes()).isEqualTo(52 + 256 * 2 * 52);
  }

  @Test
  void headersWithoutAChainForThem_areNotLookedAt() {
    WireMessage.Headers headers = headers(1);
    assertThat(withBlocks.take(headers, PEER)).isEqualTo(new Incoming.Other(headers));
  }

  @Test
  void aBlock_bringsItsParts_andWeighsThemToo() {
    BlockParts parts = blocks.parts(7, List.of(Bytes.ofHex("0102"), Bytes.EMPTY));
    GossipMessage block =
        new GossipMessage.Block(blocks.block(7, List.of(Bytes.ofHex("0102"), Bytes.EMPTY)));

    Arrival arrival = (Arrival) withBlocks.take(new WireMessage.Gossip(block), PEER);
    assertThat(arrival.delivery().id()).isEqualTo(IDS.ofHeader(parts.header()));
    assertThat(arrival.delivery().parts()).isEqualTo(parts);
    assertThat(arrival.bytes()).isEqualTo(MessageWeight.bytes(block) + MessageWeight.bytes(parts));
    assertThat(withBlocks.published(block).parts()).isEqualTo(parts);
  }

  @Test
  void twoIdsOfOnePlace_theLastOneIsKnown() {
    MessageId first = new MessageId(7, 1, 1, 1);
    MessageId second = new MessageId(7, 2, 2, 2);
    known.add(first);
    known.add(second);
    assertThat(known.contains(first)).isFalse();
    assertThat(known.contains(second)).isTrue();

    known.remove(first);
    assertThat(known.contains(second)).as("it is another one's place by now").isTrue();
  }
}
