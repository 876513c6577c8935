package dev.waggle.ports.wire;

import dev.waggle.ports.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * A stretch of received bytes, read from front to back; every read is checked against what is left.
 *
 * <p>Reusable through {@link #reset}, so that the hot path makes one a link and not one a message.
 * Owned by one thread.
 */
public final class WireSlice {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /**
   * How much of a given array may be wasted on what else lies in it: a 128th. So what keeps the
   * array holds hardly more than its own length, by which memory is counted.
   */
  private static final int WASTE_SHIFT = 7;

  private byte[] array = new byte[0];
  private int position;
  private int limit;
  private boolean given;

  public WireSlice() {}

  public static WireSlice of(byte[] array) {
    return new WireSlice().reset(array, 0, array.length);
  }

  public static WireSlice of(Bytes bytes) {
    WireSlice slice = new WireSlice();
    bytes.lendTo(slice::reset);
    return slice;
  }

  /**
   * Points this slice at {@code length} bytes of {@code borrowed} from {@code offset} on.
   *
   * @throws IndexOutOfBoundsException if the range does not lie inside the array
   */
  public WireSlice reset(byte[] borrowed, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, borrowed.length);
    array = borrowed;
    position = offset;
    limit = offset + length;
    given = false;
    return this;
  }

  /**
   * Points this slice at {@code length} bytes of {@code owned} from {@code offset} on. The caller
   * gives the array away: a string that takes up nearly all of it keeps it, and is not copied.
   *
   * @throws IndexOutOfBoundsException if the range does not lie inside the array
   */
  public WireSlice give(byte[] owned, int offset, int length) {
    reset(owned, offset, length);
    given = true;
    return this;
  }

  public int remaining() {
    return limit - position;
  }

  /** The next byte, unsigned. */
  public int takeByte() throws MalformedMessage {
    return array[advance(1)] & 0xFF;
  }

  /** The next four bytes, the least significant first. */
  public int takeIntLittleEndian() throws MalformedMessage {
    return (int) INTS.get(array, advance(4));
  }

  /** The next eight bytes, the least significant first. */
  public long takeLongLittleEndian() throws MalformedMessage {
    return (long) LONGS.get(array, advance(8));
  }

  public MessageId takeMessageId() throws MalformedMessage {
    return MessageId.read(array, advance(MessageId.LENGTH));
  }

  /**
   * The next {@code length} bytes: a copy, unless they keep an array that was {@link #give given}.
   * Nothing is allocated unless so many are there.
   */
  public Bytes takeBytes(int length) throws MalformedMessage {
    return bytesAt(advance(length), length);
  }

  /**
   * The same for a codec that brings its own reader: {@code length} bytes of {@link #borrowArray}
   * from {@code start} on.
   *
   * @throws IndexOutOfBoundsException if the range does not lie inside the array
   */
  public Bytes bytesAt(int start, int length) {
    return given && array.length - length <= array.length >> WASTE_SHIFT
        ? Bytes.wrap(array, start, length)
        : Bytes.copyOf(array, start, length);
  }

  /**
   * Steps over {@code length} bytes.
   *
   * @return where they start in {@link #borrowArray}
   */
  public int advance(int length) throws MalformedMessage {
    if (length < 0 || length > limit - position) {
      throw new MalformedMessage(
          "expected " + length + " bytes more, but only " + (limit - position) + " are left");
    }
    int start = position;
    position += length;
    return start;
  }

  /** The array under this slice, lent to a codec that brings its own reader. */
  public byte[] borrowArray() {
    return array;
  }

  /**
   * Asserts that every byte was read.
   *
   * @throws MalformedMessage if some are left over
   */
  public void requireEnd() throws MalformedMessage {
    if (position != limit) {
      throw new MalformedMessage((limit - position) + " bytes are left over");
    }
  }
}
