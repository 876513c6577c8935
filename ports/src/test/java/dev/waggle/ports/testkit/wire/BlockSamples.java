package dev.waggle.ports.testkit.wire;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.ItemRange;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Those of the {@link WireSamples} that are of compact blocks and early notices. */
final class BlockSamples {
  private BlockSamples() {}

  static List<WireMessage> small() {
    List<WireMessage> samples = new ArrayList<>();
    samples.add(compact(1, 0, 0, List.of()));
    samples.add(compact(127, 128, 1, List.of()));
    samples.add(compact(128, 127, 0, List.of(item(0, 0))));
    samples.add(compact(100, 1000, 2, List.of(item(0, 100), item(3, 200))));
    samples.add(compact(100, 1000, 33, List.of(item(1, 0), item(2, 128), item(34, 1))));
    samples.add(
        new WireMessage.Compact(
            WireSamples.bytes(1),
            Bytes.EMPTY,
            -1,
            ShortIds.wrap(new long[] {0, 1, ShortIds.MASK, 0x0102_0304_0506L}),
            List.of()));
    for (int count : new int[] {0, 1, 33}) {
      samples.add(outline(1, 0, count));
      samples.add(outline(128, 127, count));
    }
    MessageId id = id();
    samples.add(new WireMessage.Items(id, List.of()));
    samples.add(new WireMessage.Items(id, List.of(item(0, 0))));
    samples.add(
        new WireMessage.Items(id, List.of(item(255, 1), item(256, 127), item(16_383, 128))));
    samples.add(new WireMessage.RequestItems(id, List.of(new ItemRange(0, 1))));
    samples.add(
        new WireMessage.RequestItems(
            id, List.of(new ItemRange(0, 2), new ItemRange(3, 255), new ItemRange(16_383, 1))));
    samples.add(new WireMessage.RequestItems(id, List.of(new ItemRange(0, WireMessage.MAX_ITEMS))));
    for (int rank = 0; rank <= WireMessage.MAX_RANK; rank++) {
      samples.add(new WireMessage.SendCompact(rank));
    }
    for (int bytes : new int[] {0, 1, 65_536, GossipMessage.MAX_PAYLOAD_BYTES}) {
      samples.add(new WireMessage.Preamble(id, bytes));
    }
    for (int count : new int[] {0, 1, 2, 33}) {
      samples.add(new WireMessage.RequestCompact(WireSamples.ids(count)));
      samples.add(new WireMessage.IDontWant(WireSamples.ids(count)));
    }
    return samples;
  }

  /** Messages at the upper bounds of the protocol. */
  static List<WireMessage> large() {
    List<IndexedItem> emptyItems = new ArrayList<>();
    for (int index = 0; index < WireMessage.MAX_ITEMS; index++) {
      emptyItems.add(item(index, 0));
    }
    List<ItemRange> ranges = new ArrayList<>();
    for (int first = 1; ranges.size() < WireMessage.MAX_RANGES; first += 16) {
      ranges.add(new ItemRange(first, 15));
    }
    int half = WireMessage.MAX_PREFILLED_BYTES / 2;
    MessageId id = id();
    return List.of(
        compact(
            WireMessage.MAX_HEADER_BYTES,
            WireMessage.MAX_PROOF_BYTES,
            WireMessage.MAX_ITEMS - 2,
            List.of(item(0, half), item(WireMessage.MAX_ITEMS - 1, half))),
        compact(100, 100, 0, emptyItems),
        outline(WireMessage.MAX_HEADER_BYTES, WireMessage.MAX_PROOF_BYTES, WireMessage.MAX_ITEMS),
        new WireMessage.Items(id, emptyItems),
        new WireMessage.Items(id, List.of(item(0, 5_000_000), item(16_383, 3_000_000))),
        new WireMessage.RequestItems(id, ranges),
        new WireMessage.RequestCompact(WireSamples.ids(WireMessage.MAX_IDS)),
        new WireMessage.IDontWant(WireSamples.ids(WireMessage.MAX_IDS)));
  }

  private static WireMessage.Compact compact(
      int headerBytes, int proofBytes, int shortIds, List<IndexedItem> prefilled) {
    SplittableRandom random = new SplittableRandom(shortIds);
    return new WireMessage.Compact(
        WireSamples.bytes(headerBytes),
        WireSamples.bytes(proofBytes),
        random.nextLong(),
        ShortIds.wrap(random.longs(shortIds, 0, ShortIds.MASK + 1).toArray()),
        prefilled);
  }

  private static WireMessage.Outline outline(int headerBytes, int proofBytes, int ids) {
    return new WireMessage.Outline(
        WireSamples.bytes(headerBytes), WireSamples.bytes(proofBytes), WireSamples.ids(ids));
  }

  private static IndexedItem item(int index, int payloadBytes) {
    return new IndexedItem(index, WireSamples.bytes(payloadBytes));
  }

  private static MessageId id() {
    return WireSamples.ids(1).getFirst();
  }
}
