package dev.waggle.chain;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Records in a file, each followed by a checksum over its number and its bytes, so that neither a
 * damaged nor a misplaced one passes. The system's cache is the only one, so the heap that this
 * takes is one record, however long the file.
 */
// RandomAccessFile and not FileChannel: an interrupt would close the channel for good.
final class FileRecords implements Records {
  private static final int ZEROS = 64 * 1024;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final Path path;
  private final RandomAccessFile file;
  private final byte[] array;
  private final ByteBuffer record;
  private final ByteBuffer view;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer numberBytes = ByteBuffer.allocate(Long.BYTES);
  private long reserved;
  private boolean closed;

  private FileRecords(Path path, RandomAccessFile file, int recordBytes) throws IOException {
    this.path = path;
    this.file = file;
    array = new byte[recordBytes + Integer.BYTES];
    record = ByteBuffer.wrap(array, 0, recordBytes).slice();
    view = record.asReadOnlyBuffer();
    reserved = file.length() / array.length;
  }

  static FileRecords open(Path path, int recordBytes) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      return new FileRecords(path, file, recordBytes);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public long reserved() {
    return reserved;
  }

  /** Writes zeros, for a length alone takes no room from the disk. */
  @Override
  public void reserve(long count) throws IOException {
    long at = reserved * array.length;
    long end = count * array.length;
    if (at >= end) {
      return;
    }
    byte[] zeros = new byte[(int) Math.min(end - at, ZEROS)];
    try {
      file.seek(at);
      for (; at < end; at += zeros.length) {
        file.write(zeros, 0, (int) Math.min(end - at, zeros.length));
      }
    } catch (IOException e) {
      try {
        file.setLength(reserved * array.length);
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
    reserved = count;
  }

  @Override
  public ByteBuffer read(long number) throws IOException {
    if (number < 0 || number >= reserved) {
      throw new BlockStoreException(path + ": there is no record " + number);
    }
    file.seek(number * array.length);
    file.readFully(array);
    requireIntact(number, array, 0);
    return view.clear();
  }

  @Override
  public byte[] read(long first, int count) throws IOException {
    if (first < 0 || count < 1 || first > reserved - count) {
      throw new BlockStoreException(
          path + ": there are no " + count + " records from " + first + " on");
    }
    byte[] stored = new byte[Math.multiplyExact(count, array.length)];
    file.seek(first * array.length);
    file.readFully(stored);
    int length = record.capacity();
    byte[] records = new byte[count * length];
    for (int i = 0; i < count; i++) {
      requireIntact(first + i, stored, i * array.length);
      System.arraycopy(stored, i * array.length, records, i * length, length);
    }
    return records;
  }

  /** Throws if the checksum is not that of the record before it, which lies at {@code offset}. */
  private void requireIntact(long number, byte[] from, int offset) throws BlockStoreException {
    int stored = (int) INT.get(from, offset + record.capacity());
    if (stored != checksumOf(number, from, offset)) {
      throw new BlockStoreException(path + ": record " + number + " is damaged");
    }
  }

  @Override
  public void write(long number, ByteBuffer source) throws IOException {
    if (number < 0 || number >= reserved) {
      throw new IllegalArgumentException(path + ": no room was made for record " + number);
    }
    record.clear().put(source.duplicate().clear());
    INT.set(array, record.capacity(), checksumOf(number, array, 0));
    file.seek(number * array.length);
    file.write(array);
  }

  private int checksumOf(long number, byte[] from, int offset) {
    crc.reset();
    crc.update(numberBytes.putLong(0, number).array());
    crc.update(from, offset, record.capacity());
    return (int) crc.getValue();
  }

  @Override
  public void sync() throws IOException {
    file.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      file.close();
    }
  }
}
