package dev.waggle.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.ItemRange;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of the messages of compact blocks and early notices, as {@link KryoCodec} lists them.
 */
final class RelaySerializers {
  private RelaySerializers() {}

  static void register(Kryo kryo) {
    kryo.register(WireMessage.Compact.class, new CompactSerializer(), MessageClasses.COMPACT);
    kryo.register(WireMessage.Outline.class, new OutlineSerializer(), MessageClasses.OUTLINE);
    kryo.register(
        WireMessage.RequestItems.class, new RequestItemsSerializer(), MessageClasses.REQUEST_ITEMS);
    kryo.register(WireMessage.Items.class, new ItemsSerializer(), MessageClasses.ITEMS);
    kryo.register(
        WireMessage.SendCompact.class, new SendCompactSerializer(), MessageClasses.SEND_COMPACT);
    kryo.register(
        WireMessage.RequestCompact.class,
        new RequestCompactSerializer(),
        MessageClasses.REQUEST_COMPACT);
    kryo.register(WireMessage.Preamble.class, new PreambleSerializer(), MessageClasses.PREAMBLE);
    kryo.register(
        WireMessage.IDontWant.class, new IDontWantSerializer(), MessageClasses.I_DONT_WANT);
  }

  private static final class OutlineSerializer extends MessageSerializer<WireMessage.Outline> {
    @Override
    void put(WireMessage.Outline outline, WireOutput out) {
      out.writeBytesWithLength(outline.header());
      out.writeBytesWithLength(outline.proof());
      out.writeIds(outline.ids());
    }

    @Override
    WireMessage.Outline take(WireInput in) {
      Bytes header = in.takeHeader();
      Bytes proof = in.takeBytesOfLength(WireMessage.MAX_PROOF_BYTES);
      return new WireMessage.Outline(header, proof, in.takeIds(WireMessage.MAX_ITEMS));
    }
  }

  private static final class CompactSerializer extends MessageSerializer<WireMessage.Compact> {
    @Override
    void put(WireMessage.Compact compact, WireOutput out) {
      out.writeBytesWithLength(compact.header());
      out.writeBytesWithLength(compact.proof());
      out.writeLong(compact.nonce());
      ShortIds ids = compact.shortIds();
      out.writeLength(ids.count());
      for (int i = 0; i < ids.count(); i++) {
        out.writeInt((int) ids.at(i));
        out.writeShort((int) (ids.at(i) >>> Integer.SIZE));
      }
      putItems(compact.prefilled(), out);
    }

    @Override
    WireMessage.Compact take(WireInput in) {
      Bytes header = in.takeHeader();
      Bytes proof = in.takeBytesOfLength(WireMessage.MAX_PROOF_BYTES);
      long nonce = in.readLong();
      long[] ids = new long[in.readLength(WireMessage.MAX_ITEMS, ShortIds.BYTES)];
      for (int i = 0; i < ids.length; i++) {
        long low = Integer.toUnsignedLong(in.readInt());
        ids[i] = low | ((long) in.readShortUnsigned() << Integer.SIZE);
      }
      List<IndexedItem> prefilled = takePrefilled(in, ids.length);
      return new WireMessage.Compact(header, proof, nonce, ShortIds.wrap(ids), prefilled);
    }

    /** The items of a block that has {@code others} besides. */
    private static List<IndexedItem> takePrefilled(WireInput in, int others) {
      int count = takeItemCount(in);
      if (others + count > WireMessage.MAX_ITEMS) {
        throw new KryoException("a block has at most " + WireMessage.MAX_ITEMS + " items");
      }
      return takeItems(in, count, others + count, WireMessage.MAX_PREFILLED_BYTES);
    }
  }

  private static void putItems(List<IndexedItem> items, WireOutput out) {
    out.writeLength(items.size());
    for (int i = 0; i < items.size(); i++) {
      out.writeShort(items.get(i).index());
      out.writeBytesWithLength(items.get(i).payload());
    }
  }

  private static int takeItemCount(WireInput in) {
    return in.readLength(WireMessage.MAX_ITEMS, Short.BYTES + 1);
  }

  private static List<IndexedItem> takeItems(WireInput in, int count, int end, int maxBytes) {
    int free = 0;
    int left = maxBytes;
    List<IndexedItem> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int index = takeIndex(in, free, end);
      free = index + 1;
      Bytes payload = in.takeBytesOfLength(Math.min(left, GossipMessage.MAX_PAYLOAD_BYTES));
      left -= payload.length();
      items.add(new IndexedItem(index, payload));
    }
    return items;
  }

  /** A number of two bytes, from {@code min} on and below {@code end}. */
  private static int takeIndex(WireInput in, int min, int end) {
    int index = in.readShortUnsigned();
    if (index < min || index >= end) {
      throw new KryoException("%d is not from %d on and below %d".formatted(index, min, end));
    }
    return index;
  }

  private static final class RequestItemsSerializer
      extends MessageSerializer<WireMessage.RequestItems> {
    @Override
    void put(WireMessage.RequestItems request, WireOutput out) {
      out.writeId(request.block());
      List<ItemRange> ranges = request.ranges();
      out.writeLength(ranges.size());
      for (int i = 0; i < ranges.size(); i++) {
        out.writeShort(ranges.get(i).first());
        out.writeShort(ranges.get(i).count());
      }
    }

    @Override
    WireMessage.RequestItems take(WireInput in) {
      MessageId block = in.takeId();
      int count = in.readLength(WireMessage.MAX_RANGES, 2 * Short.BYTES);
      if (count == 0) {
        throw new KryoException("a request for no items");
      }
      int free = 0;
      List<ItemRange> ranges = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        int first = takeIndex(in, free, WireMessage.MAX_ITEMS);
        int length = takeIndex(in, 1, WireMessage.MAX_ITEMS - first + 1);
        ranges.add(new ItemRange(first, length));
        free = first + length + 1;
      }
      return new WireMessage.RequestItems(block, ranges);
    }
  }

  private static final class ItemsSerializer extends MessageSerializer<WireMessage.Items> {
    @Override
    void put(WireMessage.Items items, WireOutput out) {
      out.writeId(items.block());
      putItems(items.items(), out);
    }

    @Override
    WireMessage.Items take(WireInput in) {
      MessageId block = in.takeId();
      return new WireMessage.Items(
          block, takeItems(in, takeItemCount(in), WireMessage.MAX_ITEMS, Integer.MAX_VALUE));
    }
  }

  private static final class SendCompactSerializer
      extends MessageSerializer<WireMessage.SendCompact> {
    @Override
    void put(WireMessage.SendCompact wish, WireOutput out) {
      out.writeByte(wish.rank());
    }

    @Override
    WireMessage.SendCompact take(WireInput in) {
      int rank = in.readByteUnsigned();
      if (rank > WireMessage.MAX_RANK) {
        throw new KryoException("ranks are 0 to " + WireMessage.MAX_RANK + ", not " + rank);
      }
      return new WireMessage.SendCompact(rank);
    }
  }

  private static final class RequestCompactSerializer
      extends MessageSerializer<WireMessage.RequestCompact> {
    @Override
    void put(WireMessage.RequestCompact request, WireOutput out) {
      out.writeIds(request.ids());
    }

    @Override
    WireMessage.RequestCompact take(WireInput in) {
      return new WireMessage.RequestCompact(in.takeIds(WireMessage.MAX_IDS));
    }
  }

  private static final class PreambleSerializer extends MessageSerializer<WireMessage.Preamble> {
    @Override
    void put(WireMessage.Preamble preamble, WireOutput out) {
      out.writeId(preamble.id());
      out.writeInt(preamble.bytes());
    }

    @Override
    WireMessage.Preamble take(WireInput in) {
      MessageId id = in.takeId();
      int bytes = in.readInt();
      if (bytes < 0 || bytes > GossipMessage.MAX_PAYLOAD_BYTES) {
        throw new KryoException("no payload has " + Integer.toUnsignedString(bytes) + " bytes");
      }
      return new WireMessage.Preamble(id, bytes);
    }
  }

  private static final class IDontWantSerializer extends MessageSerializer<WireMessage.IDontWant> {
    @Override
    void put(WireMessage.IDontWant unwanted, WireOutput out) {
      out.writeIds(unwanted.ids());
    }

    @Override
    WireMessage.IDontWant take(WireInput in) {
      return new WireMessage.IDontWant(in.takeIds(WireMessage.MAX_IDS));
    }
  }
}
