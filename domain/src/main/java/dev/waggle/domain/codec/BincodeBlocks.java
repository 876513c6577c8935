package dev.waggle.domain.codec;

import static dev.waggle.domain.codec.Bincode.LENGTH_BYTES;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.ItemRange;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireBuffer;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.util.ArrayList;
import java.util.List;

/** The fields of the messages in which {@link BincodeCodec} writes parts of blocks. */
final class BincodeBlocks {
  private static final int INDEX_BYTES = 2;

  private BincodeBlocks() {}

  static int compactLength(WireMessage.Compact compact) {
    return LENGTH_BYTES
        + compact.header().length()
        + LENGTH_BYTES
        + compact.proof().length()
        + Long.BYTES
        + LENGTH_BYTES
        + compact.shortIds().count() * ShortIds.BYTES
        + itemsLength(compact.prefilled());
  }

  static void putCompact(WireBuffer out, WireMessage.Compact compact) {
    Bincode.putBytes(out, compact.header());
    Bincode.putBytes(out, compact.proof());
    out.putLongLittleEndian(compact.nonce());
    ShortIds ids = compact.shortIds();
    out.putLongLittleEndian(ids.count());
    for (int i = 0; i < ids.count(); i++) {
      out.putIntLittleEndian((int) ids.at(i));
      Bincode.putU16(out, (int) (ids.at(i) >>> Integer.SIZE));
    }
    putItems(out, compact.prefilled());
  }

  static int outlineLength(WireMessage.Outline outline) {
    return LENGTH_BYTES
        + outline.header().length()
        + LENGTH_BYTES
        + outline.proof().length()
        + LENGTH_BYTES
        + outline.ids().size() * MessageId.LENGTH;
  }

  static void putOutline(WireBuffer out, WireMessage.Outline outline) {
    Bincode.putBytes(out, outline.header());
    Bincode.putBytes(out, outline.proof());
    Bincode.putIds(out, outline.ids());
  }

  static WireMessage.Outline takeOutline(WireSlice in) throws MalformedMessage {
    Bytes header = takeHeader(in);
    Bytes proof = Bincode.takeBytes(in, WireMessage.MAX_PROOF_BYTES);
    return new WireMessage.Outline(header, proof, Bincode.takeIds(in, WireMessage.MAX_ITEMS));
  }

  /** A block's header, of one byte at least. */
  static Bytes takeHeader(WireSlice in) throws MalformedMessage {
    Bytes header = Bincode.takeBytes(in, WireMessage.MAX_HEADER_BYTES);
    if (header.length() == 0) {
      throw new MalformedMessage("a block without a header");
    }
    return header;
  }

  static WireMessage.Compact takeCompact(WireSlice in) throws MalformedMessage {
    Bytes header = takeHeader(in);
    Bytes proof = Bincode.takeBytes(in, WireMessage.MAX_PROOF_BYTES);
    long nonce = in.takeLongLittleEndian();
    long[] ids = new long[Bincode.takeLength(in, WireMessage.MAX_ITEMS, ShortIds.BYTES)];
    for (int i = 0; i < ids.length; i++) {
      long low = Integer.toUnsignedLong(in.takeIntLittleEndian());
      ids[i] = low | ((long) Bincode.takeU16(in) << Integer.SIZE);
    }
    List<IndexedItem> prefilled = takePrefilled(in, ids.length);
    return new WireMessage.Compact(header, proof, nonce, ShortIds.wrap(ids), prefilled);
  }

  /** Items of a block that has {@code others} besides. */
  private static List<IndexedItem> takePrefilled(WireSlice in, int others) throws MalformedMessage {
    int count = takeItemCount(in);
    if (others + count > WireMessage.MAX_ITEMS) {
      throw new MalformedMessage("a block has at most " + WireMessage.MAX_ITEMS + " items");
    }
    return takeItems(in, count, others + count, WireMessage.MAX_PREFILLED_BYTES);
  }

  static int itemsLength(List<IndexedItem> items) {
    int length = LENGTH_BYTES;
    for (int i = 0; i < items.size(); i++) {
      length += INDEX_BYTES + LENGTH_BYTES + items.get(i).payload().length();
    }
    return length;
  }

  static void putItems(WireBuffer out, List<IndexedItem> items) {
    out.putLongLittleEndian(items.size());
    for (int i = 0; i < items.size(); i++) {
      Bincode.putU16(out, items.get(i).index());
      Bincode.putBytes(out, items.get(i).payload());
    }
  }

  /** Items of any block, bounded by the message that they fill. */
  static List<IndexedItem> takeItems(WireSlice in) throws MalformedMessage {
    return takeItems(in, takeItemCount(in), WireMessage.MAX_ITEMS, Integer.MAX_VALUE);
  }

  private static int takeItemCount(WireSlice in) throws MalformedMessage {
    return Bincode.takeLength(in, WireMessage.MAX_ITEMS, INDEX_BYTES + LENGTH_BYTES);
  }

  /** So many items of a block, in ascending order. */
  private static List<IndexedItem> takeItems(WireSlice in, int count, int end, int maxBytes)
      throws MalformedMessage {
    int free = 0;
    int left = maxBytes;
    List<IndexedItem> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int index = takeIndex(in, free, end);
      free = index + 1;
      Bytes payload = Bincode.takeBytes(in, Math.min(left, GossipMessage.MAX_PAYLOAD_BYTES));
      left -= payload.length();
      items.add(new IndexedItem(index, payload));
    }
    return items;
  }

  static int rangesLength(List<ItemRange> ranges) {
    return LENGTH_BYTES + ranges.size() * 2 * INDEX_BYTES;
  }

  static void putRanges(WireBuffer out, List<ItemRange> ranges) {
    out.putLongLittleEndian(ranges.size());
    for (int i = 0; i < ranges.size(); i++) {
      Bincode.putU16(out, ranges.get(i).first());
      Bincode.putU16(out, ranges.get(i).count());
    }
  }

  /** Ascending ranges, with something between each two: what is asked for has one form. */
  static List<ItemRange> takeRanges(WireSlice in) throws MalformedMessage {
    int count = Bincode.takeLength(in, WireMessage.MAX_RANGES, 2 * INDEX_BYTES);
    if (count == 0) {
      throw new MalformedMessage("a request for no items");
    }
    int free = 0;
    List<ItemRange> ranges = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int first = takeIndex(in, free, WireMessage.MAX_ITEMS);
      int length = takeIndex(in, 1, WireMessage.MAX_ITEMS - first + 1);
      ranges.add(new ItemRange(first, length));
      free = first + length + 1;
    }
    return ranges;
  }

  /** A number of two bytes, from {@code min} on and below {@code end}. */
  private static int takeIndex(WireSlice in, int min, int end) throws MalformedMessage {
    int index = Bincode.takeU16(in);
    if (index < min || index >= end) {
      throw new MalformedMessage("%d is not from %d on and below %d".formatted(index, min, end));
    }
    return index;
  }
}
