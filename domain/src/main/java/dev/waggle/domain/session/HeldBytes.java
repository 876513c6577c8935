package dev.waggle.domain.session;

import dev.waggle.domain.frame.HeapBuffer;
import dev.waggle.domain.frame.RecordBuffers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What arrives while the handshake's work is under way, and can be understood only after it.
 *
 * <p>Behind its Confirmation an initiator may send records at once, before the responder has
 * verified it. Owned by one thread.
 */
final class HeldBytes {
  /**
   * Bytes that are held at most. The session stops reading as soon as there are any, so there are
   * no more than the rest of one read and another one: this is room for reads of 512 KiB.
   */
  static final int MAX_BYTES = 1024 * 1024;

  private final RecordBuffers buffers;
  private @Nullable HeapBuffer buffer;
  private int count;

  HeldBytes(RecordBuffers buffers) {
    this.buffers = buffers;
  }

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  boolean hasRoomFor(ByteBuffer bytes) {
    return bytes.remaining() <= MAX_BYTES - count;
  }

  /** Takes all of {@code bytes}, of which there is at least one, and for which there is room. */
  void add(ByteBuffer bytes) {
    int sum = count + bytes.remaining();
    buffer = buffer == null ? buffers.take(sum) : buffers.grow(buffer, count, sum);
    bytes.get(buffer.array(), count, bytes.remaining());
    count = sum;
  }

  /** What is held, lent until {@link #release}. */
  ByteBuffer bytes() {
    return buffer == null ? ByteBuffer.allocate(0) : buffer.first(count);
  }

  void release() {
    if (buffer != null) {
      buffers.giveBack(buffer);
      buffer = null;
      count = 0;
    }
  }
}
