package dev.waggle.domain.frame;

import java.nio.ByteBuffer;

/**
 * An array, and the buffer over it that transports take, made together so that sending a record
 * makes neither.
 */
public final class HeapBuffer {
  private final byte[] array;
  private final ByteBuffer view;

  HeapBuffer(int length) {
    array = new byte[length];
    view = ByteBuffer.wrap(array);
  }

  /** The array, used from index 0 on. */
  public byte[] array() {
    return array;
  }

  /** How long the array is. */
  public int length() {
    return array.length;
  }

  /** The first {@code count} bytes, for a transport; the same buffer each time. */
  public ByteBuffer first(int count) {
    return view.clear().limit(count);
  }
}
