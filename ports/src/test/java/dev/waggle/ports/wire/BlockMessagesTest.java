package dev.waggle.ports.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.waggle.ports.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The messages of compact blocks and early notices, and what they are made of. */
class BlockMessagesTest {
  private static final MessageId ID = new MessageId(1, 2, 3, 4);
  private static final ShortIds NO_IDS = ShortIds.wrap(new long[0]);

  @Test
  void shortIds_have48Bits() {
    ShortIds ids = ShortIds.wrap(new long[] {0, 7, 0xFFFF_FFFF_FFFFL});

    assertThat(ids.count()).isEqualTo(3);
    assertThat(ids.at(1)).isEqualTo(7);
    assertThat(ids.at(2)).isEqualTo(ShortIds.MASK);
    assertRefused(() -> ShortIds.wrap(new long[] {1, 0x1_0000_0000_0000L}));
    assertRefused(() -> ShortIds.wrap(new long[] {-1}));
  }

  @Test
  void shortIds_areEqualByValue() {
    assertThat(shortIds(2))
        .isEqualTo(shortIds(2))
        .hasSameHashCodeAs(shortIds(2))
        .isNotEqualTo(shortIds(3))
        .isNotEqualTo(ShortIds.wrap(new long[] {1, 0}));
  }

  @Test
  void range_holdsAnItemAtLeast() {
    assertThat(new ItemRange(3, 2).end()).isEqualTo(5);
    assertRefused(() -> new ItemRange(-1, 1));
    assertRefused(() -> new ItemRange(0, 0));
    assertRefused(() -> new ItemRange(0, -1));
  }

  @Test
  void item_hasAPlace_andIsNoLongerThanAPayload() {
    Bytes longest = Bytes.wrap(new byte[GossipMessage.MAX_PAYLOAD_BYTES]);

    assertThat(new IndexedItem(0, longest).payload()).isEqualTo(longest);
    assertRefused(() -> item(-1, 0));
    assertRefused(() -> item(0, GossipMessage.MAX_PAYLOAD_BYTES + 1));
  }

  @Test
  void compact_hasABoundedHeaderAndProof() {
    assertAllowed(() -> compact(1, 0, 0));
    assertAllowed(() -> compact(WireMessage.MAX_HEADER_BYTES, WireMessage.MAX_PROOF_BYTES, 0));
    assertRefused(() -> compact(0, 0, 0));
    assertRefused(() -> compact(WireMessage.MAX_HEADER_BYTES + 1, 0, 0));
    assertRefused(() -> compact(1, WireMessage.MAX_PROOF_BYTES + 1, 0));
  }

  @Test
  void outline_isBoundedInEachOfItsParts() {
    assertAllowed(
        () ->
            outline(
                WireMessage.MAX_HEADER_BYTES, WireMessage.MAX_PROOF_BYTES, WireMessage.MAX_ITEMS));
    assertRefused(() -> outline(0, 0, 0));
    assertRefused(() -> outline(WireMessage.MAX_HEADER_BYTES + 1, 0, 0));
    assertRefused(() -> outline(1, WireMessage.MAX_PROOF_BYTES + 1, 0));
    assertRefused(() -> outline(1, 0, WireMessage.MAX_ITEMS + 1));
  }

  @Test
  void compact_hasABoundedNumberOfItems() {
    assertThat(compact(1, 0, 2, item(1, 0)).items()).isEqualTo(3);
    assertAllowed(() -> compact(1, 0, WireMessage.MAX_ITEMS));
    assertAllowed(() -> compact(1, 0, WireMessage.MAX_ITEMS - 1, item(0, 0)));
    assertRefused(() -> compact(1, 0, WireMessage.MAX_ITEMS + 1));
    assertRefused(() -> compact(1, 0, WireMessage.MAX_ITEMS, item(0, 0)));
  }

  @Test
  void prefilled_ascendsWithinTheBlock_andIsBoundedInBytes() {
    int half = WireMessage.MAX_PREFILLED_BYTES / 2;
    assertAllowed(() -> compact(1, 0, 1, item(0, half), item(2, half)));
    assertRefused(() -> compact(1, 0, 1, item(0, half), item(2, half + 1)));
    assertRefused(() -> compact(1, 0, 1, item(0, 0), item(0, 0)));
    assertRefused(() -> compact(1, 0, 1, item(1, 0), item(0, 0)));
    assertRefused(() -> compact(1, 0, 1, item(0, 0), item(3, 0)));
  }

  @Test
  void requestItems_hasAscendingRangesWithSomethingBetween() {
    assertAllowed(() -> requestItems(new ItemRange(0, 2), new ItemRange(3, 1)));
    assertRefused(() -> requestItems());
    assertRefused(() -> requestItems(new ItemRange(0, 2), new ItemRange(2, 1)));
    assertRefused(() -> requestItems(new ItemRange(3, 1), new ItemRange(0, 1)));
  }

  @Test
  void requestItems_staysWithinABlock() {
    assertAllowed(() -> requestItems(new ItemRange(0, WireMessage.MAX_ITEMS)));
    assertRefused(() -> requestItems(new ItemRange(1, WireMessage.MAX_ITEMS)));
    assertRefused(() -> requestItems(new ItemRange(WireMessage.MAX_ITEMS, 1)));
    assertRefused(() -> requestItems(new ItemRange(1, Integer.MAX_VALUE)));
  }

  @Test
  void requestItems_hasABoundedNumberOfRanges() {
    assertAllowed(() -> new WireMessage.RequestItems(ID, ranges(WireMessage.MAX_RANGES)));
    assertRefused(() -> new WireMessage.RequestItems(ID, ranges(WireMessage.MAX_RANGES + 1)));
  }

  @Test
  void items_ascend_andAreBoundedInNumber() {
    assertAllowed(() -> items(item(0, 0), item(WireMessage.MAX_ITEMS - 1, 0)));
    assertRefused(() -> items(item(WireMessage.MAX_ITEMS, 0)));
    assertRefused(() -> items(item(1, 0), item(1, 0)));
    assertRefused(() -> items(item(1, 0), item(0, 0)));
  }

  @Test
  void ranksAndLengthsAndIds_areBounded() {
    assertAllowed(() -> new WireMessage.SendCompact(WireMessage.MAX_RANK));
    assertRefused(() -> new WireMessage.SendCompact(WireMessage.MAX_RANK + 1));
    assertRefused(() -> new WireMessage.SendCompact(-1));
    assertAllowed(() -> new WireMessage.Preamble(ID, GossipMessage.MAX_PAYLOAD_BYTES));
    assertRefused(() -> new WireMessage.Preamble(ID, GossipMessage.MAX_PAYLOAD_BYTES + 1));
    assertRefused(() -> new WireMessage.Preamble(ID, -1));
    List<MessageId> tooMany = Collections.nCopies(WireMessage.MAX_IDS + 1, ID);
    assertRefused(() -> new WireMessage.RequestCompact(tooMany));
    assertRefused(() -> new WireMessage.IDontWant(tooMany));
  }

  @Test
  void lists_areNobodyElsesToChange() {
    List<IndexedItem> items = new ArrayList<>(List.of(item(0, 0)));
    List<ItemRange> ranges = new ArrayList<>(List.of(new ItemRange(0, 1)));
    WireMessage.Items message = new WireMessage.Items(ID, items);
    WireMessage.RequestItems request = new WireMessage.RequestItems(ID, ranges);
    WireMessage.Compact compact =
        new WireMessage.Compact(Bytes.ofHex("aa"), Bytes.EMPTY, 0, NO_IDS, items);
    items.clear();
    ranges.clear();

    assertThat(message.items()).hasSize(1);
    assertThat(compact.prefilled()).hasSize(1);
    assertThat(request.ranges()).hasSize(1);
  }

  @Test
  void messages_belongToTheFeatureThatBringsThem() {
    for (WireMessage message :
        List.of(
            compact(1, 0, 0),
            outline(1, 0, 0),
            new WireMessage.RequestCompact(List.of()),
            requestItems(new ItemRange(0, 1)),
            items(),
            new WireMessage.SendCompact(0))) {
      assertThat(Feature.of(message)).as("%s", message).isEqualTo(0x0001);
    }
    assertThat(Feature.of(new WireMessage.Preamble(ID, 0))).isEqualTo(0x0002);
    assertThat(Feature.of(new WireMessage.IDontWant(List.of()))).isEqualTo(0x0002);
    assertThat(Feature.of(new WireMessage.Extension(0xFF01, Bytes.EMPTY))).isEqualTo(0xFF01);
    assertThat(Feature.of(new WireMessage.Request(List.of()))).isEqualTo(Feature.NONE);
  }

  private static WireMessage.Compact compact(
      int headerBytes, int proofBytes, int shortIds, IndexedItem... prefilled) {
    return new WireMessage.Compact(
        Bytes.wrap(new byte[headerBytes]),
        Bytes.wrap(new byte[proofBytes]),
        0,
        shortIds(shortIds),
        List.of(prefilled));
  }

  private static WireMessage.Outline outline(int headerBytes, int proofBytes, int ids) {
    return new WireMessage.Outline(
        Bytes.wrap(new byte[headerBytes]),
        Bytes.wrap(new byte[proofBytes]),
        Collections.nCopies(ids, ID));
  }

  private static ShortIds shortIds(int count) {
    return ShortIds.wrap(new long[count]);
  }

  private static WireMessage.RequestItems requestItems(ItemRange... ranges) {
    return new WireMessage.RequestItems(ID, List.of(ranges));
  }

  private static WireMessage.Items items(IndexedItem... items) {
    return new WireMessage.Items(ID, List.of(items));
  }

  private static IndexedItem item(int index, int bytes) {
    return new IndexedItem(index, Bytes.wrap(new byte[bytes]));
  }

  private static List<ItemRange> ranges(int count) {
    return IntStream.range(0, count).mapToObj(i -> new ItemRange(2 * i, 1)).toList();
  }

  private static void assertAllowed(ThrowingCallable construction) {
    assertThatCode(construction).doesNotThrowAnyException();
  }

  private static void assertRefused(ThrowingCallable construction) {
    assertThatIllegalArgumentException().isThrownBy(construction);
  }
}
