package dev.waggle.simulator.shape;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Bytes that have come through a socket before their time. Not more than {@link Direction} lets be
 * written. Owned by an I/O thread.
 */
final class Held {
  private final Queue<ByteBuffer> reads = new ArrayDeque<>();

  /** Copies what was read. */
  void add(ByteBuffer bytes) {
    reads.add(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
  }

  /** How many bytes can be {@linkplain #take taken} at once. */
  int available() {
    ByteBuffer first = reads.peek();
    return first == null ? 0 : first.remaining();
  }

  /**
   * Removes the first bytes.
   *
   * @param bytes up to what is {@link #available}, and more than none
   */
  ByteBuffer take(int bytes) {
    ByteBuffer first = reads.element();
    ByteBuffer taken = first.slice(first.position(), bytes);
    first.position(first.position() + bytes);
    if (!first.hasRemaining()) {
      reads.remove();
    }
    return taken;
  }

  void clear() {
    reads.clear();
  }
}
