package dev.waggle.chain;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Records that end with their process: for a chain in memory, which is bounded itself. */
final class MemoryRecords implements Records {
  private final List<ByteBuffer> records = new ArrayList<>();
  private final int recordBytes;

  MemoryRecords(int recordBytes) {
    this.recordBytes = recordBytes;
  }

  @Override
  public long reserved() {
    return records.size();
  }

  @Override
  public void reserve(long count) {
    while (records.size() < count) {
      records.add(ByteBuffer.allocate(0));
    }
  }

  @Override
  public ByteBuffer read(long number) {
    return ByteBuffer.allocate(recordBytes).put(records.get((int) number).duplicate()).clear();
  }

  @Override
  public void write(long number, ByteBuffer record) {
    records.set(
        (int) number, ByteBuffer.allocate(recordBytes).put(record.duplicate().clear()).clear());
  }

  @Override
  public void sync() {}

  @Override
  public void close() {}
}
