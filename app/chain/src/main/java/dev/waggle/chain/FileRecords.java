package dev.waggle.chain;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
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

  private final Path path;
  private final RandomAccessFile file;
  private final byte[] array;
  private final ByteBuffer record;
  private final ByteBuffer view;
  private final ByteBuffer checksum;
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
    checksum = ByteBuffer.wrap(array, recordBytes, Integer.BYTES).slice();
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
    if (checksum.getInt(0) != checksumOf(number)) {
      throw new BlockStoreException(path + ": record " + number + " is damaged");
    }
    return view.clear();
  }

  @Override
  public void write(long number, ByteBuffer source) throws IOException {
    if (number < 0 || number >= reserved) {
      throw new IllegalArgumentException(path + ": no room was made for record " + number);
    }
    record.clear().put(source.duplicate().clear());
    checksum.putInt(0, checksumOf(number));
    file.seek(number * array.length);
    file.write(array);
  }

  private int checksumOf(long number) {
    crc.reset();
    crc.update(numberBytes.putLong(0, number).array());
    crc.update(array, 0, record.capacity());
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
