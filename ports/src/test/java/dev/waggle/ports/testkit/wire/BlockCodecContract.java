package dev.waggle.ports.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.ports.testkit.wire.BlockWriter.Item;
import dev.waggle.ports.testkit.wire.BlockWriter.Range;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The part of {@link WireCodecContract} that is about compact blocks, early notices and headers:
 * what is at a limit has one encoding, and what is beyond it has none.
 */
public abstract class BlockCodecContract {
  private WireCodec codec;
  private BlockWriter byHand;

  protected abstract WireCodec codec();

  /** Writes what {@link #codec} would. */
  protected abstract BlockWriter byHand();

  @BeforeEach
  void makeCodecAndWriter() {
    codec = codec();
    byHand = byHand();
  }

  @Test
  void compact_hasAHeaderOfABoundedLength() {
    assertSound(byHand.compact(1, 0, 0, List.of()));
    assertSound(byHand.compact(WireMessage.MAX_HEADER_BYTES, 0, 0, List.of()));
    assertMalformed(byHand.compact(0, 0, 0, List.of()));
    assertMalformed(byHand.compact(WireMessage.MAX_HEADER_BYTES + 1, 0, 0, List.of()));
  }

  @Test
  void compact_hasAProofOfABoundedLength() {
    assertSound(byHand.compact(1, WireMessage.MAX_PROOF_BYTES, 0, List.of()));
    assertMalformed(byHand.compact(1, WireMessage.MAX_PROOF_BYTES + 1, 0, List.of()));
  }

  @Test
  void compact_hasABoundedNumberOfItems() {
    int most = WireMessage.MAX_ITEMS;
    assertSound(byHand.compact(1, 0, most, List.of()));
    assertSound(byHand.compact(1, 0, most - 1, List.of(new Item(most - 1, 1))));
    assertSound(byHand.compact(1, 0, 0, emptyItems(most)));
    assertMalformed(byHand.compact(1, 0, most + 1, List.of()));
    assertMalformed(byHand.compact(1, 0, most, List.of(new Item(0, 1))));
    assertMalformed(byHand.compact(1, 0, 1, emptyItems(most)));
    assertMalformed(byHand.compact(1, 0, 0, emptyItems(most + 1)));
  }

  @Test
  void prefilledItems_ascendWithinTheBlock() {
    assertSound(byHand.compact(1, 0, 1, List.of(new Item(0, 1), new Item(1, 1))));
    assertSound(byHand.compact(1, 0, 1, List.of(new Item(1, 1), new Item(2, 1))));
    assertMalformed(byHand.compact(1, 0, 1, List.of(new Item(1, 1), new Item(0, 1))));
    assertMalformed(byHand.compact(1, 0, 1, List.of(new Item(1, 1), new Item(1, 1))));
    assertMalformed(byHand.compact(1, 0, 1, List.of(new Item(0, 1), new Item(3, 1))));
    assertMalformed(byHand.compact(1, 0, 0, List.of(new Item(1, 1))));
    assertMalformed(byHand.compact(1, 0, 0, List.of(new Item(0xFFFF, 1))));
  }

  @Test
  void prefilledItems_haveABoundedNumberOfBytes() {
    int most = WireMessage.MAX_PREFILLED_BYTES;
    assertSound(byHand.compact(1, 0, 0, List.of(new Item(0, most))));
    assertSound(byHand.compact(1, 0, 0, List.of(new Item(0, most), new Item(1, 0))));
    assertMalformed(byHand.compact(1, 0, 0, List.of(new Item(0, most + 1))));
    assertMalformed(byHand.compact(1, 0, 0, List.of(new Item(0, most), new Item(1, 1))));
    assertMalformed(
        byHand.compact(
            1, 0, 0, List.of(new Item(0, most / 2), new Item(1, most / 2 - 1), new Item(2, 2))));
  }

  @Test
  void outline_isBoundedInEachOfItsParts() {
    assertSound(byHand.outline(1, 0, 0));
    assertSound(byHand.outline(WireMessage.MAX_HEADER_BYTES, WireMessage.MAX_PROOF_BYTES, 1));
    assertSound(byHand.outline(1, 0, WireMessage.MAX_ITEMS));
    assertMalformed(byHand.outline(0, 0, 0));
    assertMalformed(byHand.outline(WireMessage.MAX_HEADER_BYTES + 1, 0, 0));
    assertMalformed(byHand.outline(1, WireMessage.MAX_PROOF_BYTES + 1, 0));
    assertMalformed(byHand.outline(1, 0, WireMessage.MAX_ITEMS + 1));
  }

  @Test
  void items_ascend() {
    int last = WireMessage.MAX_ITEMS - 1;
    assertSound(byHand.items(List.of()));
    assertSound(byHand.items(List.of(new Item(0, 0), new Item(1, 1), new Item(last, 2))));
    assertMalformed(byHand.items(List.of(new Item(1, 1), new Item(0, 1))));
    assertMalformed(byHand.items(List.of(new Item(1, 1), new Item(1, 1))));
    assertMalformed(byHand.items(List.of(new Item(last + 1, 1))));
    assertMalformed(byHand.items(List.of(new Item(0xFFFF, 1))));
  }

  @Test
  void items_areBoundedInNumber_andEachInBytes() {
    assertSound(byHand.items(emptyItems(WireMessage.MAX_ITEMS)));
    assertMalformed(byHand.items(emptyItems(WireMessage.MAX_ITEMS + 1)));
    assertSound(byHand.items(List.of(new Item(0, GossipMessage.MAX_PAYLOAD_BYTES))));
    assertMalformed(byHand.items(List.of(new Item(0, GossipMessage.MAX_PAYLOAD_BYTES + 1))));
  }

  @Test
  void requestItems_asksForSomething() {
    assertMalformed(byHand.requestItems(List.of()));
    assertMalformed(byHand.requestItems(List.of(new Range(0, 0))));
    assertMalformed(byHand.requestItems(List.of(new Range(0, 1), new Range(2, 0))));
  }

  @Test
  void requestItems_hasAscendingRangesWithSomethingBetween() {
    assertSound(byHand.requestItems(List.of(new Range(0, 2), new Range(3, 1), new Range(9, 7))));
    assertMalformed(byHand.requestItems(List.of(new Range(0, 2), new Range(2, 1))));
    assertMalformed(byHand.requestItems(List.of(new Range(0, 2), new Range(1, 1))));
    assertMalformed(byHand.requestItems(List.of(new Range(5, 1), new Range(0, 1))));
  }

  @Test
  void requestItems_staysWithinABlock() {
    int most = WireMessage.MAX_ITEMS;
    assertSound(byHand.requestItems(List.of(new Range(0, most))));
    assertSound(byHand.requestItems(List.of(new Range(most - 1, 1))));
    assertMalformed(byHand.requestItems(List.of(new Range(0, most + 1))));
    assertMalformed(byHand.requestItems(List.of(new Range(most - 1, 2))));
    assertMalformed(byHand.requestItems(List.of(new Range(most, 1))));
    assertMalformed(byHand.requestItems(List.of(new Range(0, most), new Range(most + 1, 1))));
    assertMalformed(byHand.requestItems(List.of(new Range(0xFFFF, 0xFFFF))));
  }

  @Test
  void requestItems_hasABoundedNumberOfRanges() {
    assertSound(byHand.requestItems(everyOther(WireMessage.MAX_RANGES)));
    assertMalformed(byHand.requestItems(everyOther(WireMessage.MAX_RANGES + 1)));
  }

  @Test
  void ranks_are0To3() {
    assertSound(byHand.sendCompact(0));
    assertSound(byHand.sendCompact(3));
    assertMalformed(byHand.sendCompact(4));
    assertMalformed(byHand.sendCompact(0xFF));
  }

  @Test
  void preamble_isOfAPayloadThatCanBe() {
    assertSound(byHand.preamble(0));
    assertSound(byHand.preamble(GossipMessage.MAX_PAYLOAD_BYTES));
    assertMalformed(byHand.preamble(GossipMessage.MAX_PAYLOAD_BYTES + 1));
    assertMalformed(byHand.preamble(Integer.MIN_VALUE));
    assertMalformed(byHand.preamble(-1));
  }

  @Test
  void ids_areAsManyAsInARequest() {
    assertSound(byHand.requestCompact(WireMessage.MAX_IDS));
    assertMalformed(byHand.requestCompact(WireMessage.MAX_IDS + 1));
    assertSound(byHand.iDontWant(WireMessage.MAX_IDS));
    assertMalformed(byHand.iDontWant(WireMessage.MAX_IDS + 1));
  }

  @Test
  void getHeaders_hasALocatorOfABoundedLength() {
    assertSound(byHand.getHeaders(1, 1));
    assertSound(byHand.getHeaders(WireMessage.MAX_LOCATOR, 1));
    assertMalformed(byHand.getHeaders(0, 1));
    assertMalformed(byHand.getHeaders(WireMessage.MAX_LOCATOR + 1, 1));
  }

  @Test
  void getHeaders_asksForABoundedNumber() {
    assertSound(byHand.getHeaders(1, 0));
    assertSound(byHand.getHeaders(1, WireMessage.MAX_HEADERS_ASKED));
    assertMalformed(byHand.getHeaders(1, WireMessage.MAX_HEADERS_ASKED + 1));
    assertMalformed(byHand.getHeaders(1, 0xFFFF));
  }

  @Test
  void headers_areBoundedInNumber() {
    assertSound(byHand.headers(0, List.of()));
    assertSound(byHand.headers(0, Collections.nCopies(WireMessage.MAX_HEADERS, 1)));
    assertMalformed(byHand.headers(0, Collections.nCopies(WireMessage.MAX_HEADERS + 1, 1)));
  }

  @Test
  void headers_areEachOfABoundedLength() {
    assertSound(byHand.headers(0, List.of(1, WireMessage.MAX_HEADER_BYTES, 1)));
    assertMalformed(byHand.headers(0, List.of(1, 0, 1)));
    assertMalformed(byHand.headers(0, List.of(1, WireMessage.MAX_HEADER_BYTES + 1, 1)));
  }

  @Test
  void headers_mayBeFollowedByAsManyAsFourBytesCount() {
    assertSound(byHand.headers(Integer.MAX_VALUE, List.of(1)));
    assertSound(byHand.headers(Integer.MIN_VALUE, List.of(1)));
    assertSound(byHand.headers(-1, List.of()));
  }

  private static List<Item> emptyItems(int count) {
    return IntStream.range(0, count).mapToObj(index -> new Item(index, 0)).toList();
  }

  private static List<Range> everyOther(int count) {
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ranges.add(new Range(2 * i, 1));
    }
    return ranges;
  }

  private void assertSound(byte[] encoded) {
    WireBytes again = new WireBytes();
    try {
      codec.encode(codec.decode(WireSlice.of(encoded)), again);
    } catch (MalformedMessage e) {
      throw new AssertionError("refused at the limit", e);
    }
    assertThat(again.toArray()).isEqualTo(encoded);
  }

  private void assertMalformed(byte[] encoded) {
    assertThatExceptionOfType(MalformedMessage.class)
        .isThrownBy(() -> codec.decode(WireSlice.of(encoded)));
  }
}
