package dev.waggle.bench;

import dev.waggle.ports.wire.WireBuffer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** An array of fixed length that a codec writes into, again and again. */
public final class ArrayBuffer implements WireBuffer {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] array;
  private int position;

  ArrayBuffer(int length) {
    array = new byte[length];
  }

  /**
   * Starts anew.
   *
   * @throws IllegalArgumentException if there is no room for what shall come
   */
  void clear(int expectedBytes) {
    if (expectedBytes > array.length) {
      throw new IllegalArgumentException("no room for " + expectedBytes + " bytes");
    }
    position = 0;
  }

  byte[] array() {
    return array;
  }

  @Override
  public void putByte(int value) {
    array[position++] = (byte) value;
  }

  @Override
  public void putBytes(byte[] source, int offset, int length) {
    System.arraycopy(source, offset, array, position, length);
    position += length;
  }

  @Override
  public void putIntLittleEndian(int value) {
    INTS.set(array, position, value);
    position += Integer.BYTES;
  }

  @Override
  public void putLongLittleEndian(long value) {
    LONGS.set(array, position, value);
    position += Long.BYTES;
  }
}
