package dev.waggle.chain;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records that end with their process: for a chain in memory, which is bounded itself. They take
 * the heap of what was written, and none for room alone.
 */
final class MemoryRecords implements Records {
  /** Null where none was written yet; it ends with the last that was. */
  private final List<byte @Nullable []> records = new ArrayList<>();

  private final int recordBytes;
  private long reserved;

  MemoryRecords(int recordBytes) {
    this.recordBytes = recordBytes;
  }

  @Override
  public long reserved() {
    return reserved;
  }

  @Override
  public void reserve(long count) {
    reserved = Math.max(reserved, count);
  }

  /** {@inheritDoc} A view: nothing is copied. */
  @Override
  public ByteBuffer read(long number) throws BlockStoreException {
    return ByteBuffer.wrap(find(number)).asReadOnlyBuffer();
  }

  @Override
  public byte[] read(long first, int count) throws BlockStoreException {
    byte[] all = new byte[Math.multiplyExact(count, recordBytes)];
    for (int i = 0; i < count; i++) {
      System.arraycopy(find(first + i), 0, all, i * recordBytes, recordBytes);
    }
    return all;
  }

  private byte[] find(long number) throws BlockStoreException {
    byte[] record = number < 0 || number >= records.size() ? null : records.get((int) number);
    if (record == null) {
      throw new BlockStoreException("there is no record " + number + " in memory");
    }
    return record;
  }

  @Override
  public void write(long number, ByteBuffer source) {
    if (number < 0 || number >= reserved) {
      throw new IllegalArgumentException("no room was made for record " + number + " in memory");
    }
    while (records.size() <= number) {
      records.add(null);
    }
    byte[] record = records.get((int) number);
    if (record == null) {
      record = new byte[recordBytes];
      records.set((int) number, record);
    }
    source.duplicate().clear().get(record);
  }

  @Override
  public void sync() {}

  @Override
  public void close() {}
}
