package dev.waggle.domain.codec;

import dev.waggle.ports.testkit.wire.BlockWriter;
import dev.waggle.ports.testkit.wire.WireBytes;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireBuffer;
import java.util.List;

/** Bincode by its rules, and nothing of {@link Bincode}. */
final class BincodeBlockWriter implements BlockWriter {
  private static WireBytes message(int tag) {
    WireBytes out = new WireBytes();
    out.putIntLittleEndian(tag);
    return out;
  }

  private static void zeros(WireBuffer out, int count) {
    out.putBytes(new byte[count], 0, count);
  }

  private static void bytes(WireBuffer out, int count) {
    out.putLongLittleEndian(count);
    zeros(out, count);
  }

  private static void u16(WireBuffer out, int value) {
    out.putByte(value);
    out.putByte(value >>> 8);
  }

  private static void put(WireBuffer out, List<Item> items) {
    out.putLongLittleEndian(items.size());
    for (Item item : items) {
      u16(out, item.index());
      bytes(out, item.bytes());
    }
  }

  @Override
  public byte[] compact(int headerBytes, int proofBytes, int shortIds, List<Item> prefilled) {
    WireBytes out = message(10);
    bytes(out, headerBytes);
    bytes(out, proofBytes);
    zeros(out, Long.BYTES);
    out.putLongLittleEndian(shortIds);
    zeros(out, shortIds * ShortIds.BYTES);
    put(out, prefilled);
    return out.toArray();
  }

  @Override
  public byte[] outline(int headerBytes, int proofBytes, int ids) {
    WireBytes out = message(17);
    bytes(out, headerBytes);
    bytes(out, proofBytes);
    ids(out, ids);
    return out.toArray();
  }

  @Override
  public byte[] items(List<Item> items) {
    WireBytes out = message(12);
    zeros(out, MessageId.LENGTH);
    put(out, items);
    return out.toArray();
  }

  @Override
  public byte[] requestItems(List<Range> ranges) {
    WireBytes out = message(11);
    zeros(out, MessageId.LENGTH);
    out.putLongLittleEndian(ranges.size());
    for (Range range : ranges) {
      u16(out, range.first());
      u16(out, range.count());
    }
    return out.toArray();
  }

  @Override
  public byte[] sendCompact(int rank) {
    WireBytes out = message(13);
    out.putByte(rank);
    return out.toArray();
  }

  @Override
  public byte[] preamble(int bytes) {
    WireBytes out = message(15);
    zeros(out, MessageId.LENGTH);
    out.putIntLittleEndian(bytes);
    return out.toArray();
  }

  @Override
  public byte[] requestCompact(int ids) {
    return ids(14, ids);
  }

  @Override
  public byte[] iDontWant(int ids) {
    return ids(16, ids);
  }

  private static byte[] ids(int tag, int count) {
    WireBytes out = message(tag);
    ids(out, count);
    return out.toArray();
  }

  private static void ids(WireBuffer out, int count) {
    out.putLongLittleEndian(count);
    zeros(out, count * MessageId.LENGTH);
  }

  @Override
  public byte[] getHeaders(int locator, int count) {
    WireBytes out = message(18);
    ids(out, locator);
    u16(out, count);
    return out.toArray();
  }

  @Override
  public byte[] headers(int further, List<Integer> bytes) {
    WireBytes out = message(19);
    zeros(out, MessageId.LENGTH);
    out.putIntLittleEndian(further);
    out.putLongLittleEndian(bytes.size());
    for (int count : bytes) {
      bytes(out, count);
    }
    return out.toArray();
  }
}
