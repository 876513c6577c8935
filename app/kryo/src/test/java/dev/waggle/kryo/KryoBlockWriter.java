package dev.waggle.kryo;

import dev.waggle.ports.testkit.wire.BlockWriter;
import dev.waggle.ports.testkit.wire.WireBytes;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireBuffer;
import java.util.List;

/** What the table in {@link KryoCodec} says, and nothing of Kryo. */
final class KryoBlockWriter implements BlockWriter {
  private static WireBytes message(int classId) {
    WireBytes out = new WireBytes();
    out.putByte(classId);
    return out;
  }

  private static void zeros(WireBuffer out, int count) {
    out.putBytes(new byte[count], 0, count);
  }

  private static void varint(WireBuffer out, int value) {
    int rest = value;
    while (rest > 0x7F) {
      out.putByte((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.putByte(rest);
  }

  private static void bytes(WireBuffer out, int count) {
    varint(out, count);
    zeros(out, count);
  }

  private static void u16(WireBuffer out, int value) {
    out.putByte(value);
    out.putByte(value >>> 8);
  }

  private static void put(WireBuffer out, List<Item> items) {
    varint(out, items.size());
    for (Item item : items) {
      u16(out, item.index());
      bytes(out, item.bytes());
    }
  }

  @Override
  public byte[] compact(int headerBytes, int proofBytes, int shortIds, List<Item> prefilled) {
    WireBytes out = message(0x1A);
    bytes(out, headerBytes);
    bytes(out, proofBytes);
    zeros(out, Long.BYTES);
    varint(out, shortIds);
    zeros(out, shortIds * ShortIds.BYTES);
    put(out, prefilled);
    return out.toArray();
  }

  @Override
  public byte[] outline(int headerBytes, int proofBytes, int ids) {
    WireBytes out = message(0x21);
    bytes(out, headerBytes);
    bytes(out, proofBytes);
    ids(out, ids);
    return out.toArray();
  }

  @Override
  public byte[] items(List<Item> items) {
    WireBytes out = message(0x1C);
    zeros(out, MessageId.LENGTH);
    put(out, items);
    return out.toArray();
  }

  @Override
  public byte[] requestItems(List<Range> ranges) {
    WireBytes out = message(0x1B);
    zeros(out, MessageId.LENGTH);
    varint(out, ranges.size());
    for (Range range : ranges) {
      u16(out, range.first());
      u16(out, range.count());
    }
    return out.toArray();
  }

  @Override
  public byte[] sendCompact(int rank) {
    WireBytes out = message(0x1D);
    out.putByte(rank);
    return out.toArray();
  }

  @Override
  public byte[] preamble(int bytes) {
    WireBytes out = message(0x1F);
    zeros(out, MessageId.LENGTH);
    out.putIntLittleEndian(bytes);
    return out.toArray();
  }

  @Override
  public byte[] requestCompact(int ids) {
    return ids(0x1E, ids);
  }

  @Override
  public byte[] iDontWant(int ids) {
    return ids(0x20, ids);
  }

  private static byte[] ids(int classId, int count) {
    WireBytes out = message(classId);
    ids(out, count);
    return out.toArray();
  }

  private static void ids(WireBuffer out, int count) {
    varint(out, count);
    zeros(out, count * MessageId.LENGTH);
  }

  @Override
  public byte[] getHeaders(int locator, int count) {
    WireBytes out = message(0x22);
    ids(out, locator);
    u16(out, count);
    return out.toArray();
  }

  @Override
  public byte[] headers(int further, List<Integer> bytes) {
    WireBytes out = message(0x23);
    zeros(out, MessageId.LENGTH);
    out.putIntLittleEndian(further);
    varint(out, bytes.size());
    for (int count : bytes) {
      bytes(out, count);
    }
    return out.toArray();
  }
}
