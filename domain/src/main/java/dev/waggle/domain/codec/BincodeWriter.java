package dev.waggle.domain.codec;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.WireBuffer;
import java.util.Arrays;

/**
 * Collects what is written in an array that grows, for bytes that are needed as a whole: handshake
 * messages, transcripts, vectors. The hot path writes into records instead.
 *
 * <p>Owned by one thread.
 */
public final class BincodeWriter implements WireBuffer {
  private byte[] array;
  private int length;

  public BincodeWriter() {
    this(256);
  }

  /**
   * A writer with room for {@code expectedBytes} at first.
   *
   * @param expectedBytes 0 or more
   */
  public BincodeWriter(int expectedBytes) {
    array = new byte[expectedBytes];
  }

  @Override
  public void putByte(int value) {
    int at = reserve(1);
    array[at] = (byte) value;
  }

  @Override
  public void putBytes(byte[] source, int offset, int count) {
    int at = reserve(count);
    System.arraycopy(source, offset, array, at, count);
  }

  @Override
  public void putIntLittleEndian(int value) {
    int at = reserve(4);
    for (int i = 0; i < 4; i++) {
      array[at + i] = (byte) (value >>> (8 * i));
    }
  }

  @Override
  public void putLongLittleEndian(long value) {
    int at = reserve(8);
    for (int i = 0; i < 8; i++) {
      array[at + i] = (byte) (value >>> (8 * i));
    }
  }

  /** How many bytes were written so far. */
  public int length() {
    return length;
  }

  /** A copy of what was written so far. */
  public Bytes toBytes() {
    return Bytes.copyOf(array, 0, length);
  }

  /** Makes room, in a new array if need be, and returns where it starts. */
  private int reserve(int count) {
    int start = length;
    int needed = Math.addExact(start, count);
    if (needed > array.length) {
      array = Arrays.copyOf(array, Math.max(needed, 2 * start));
    }
    length = needed;
    return start;
  }
}
