package dev.waggle.domain.session;

import dev.waggle.domain.frame.FrameBounds;
import dev.waggle.domain.frame.HeapBuffer;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.domain.stream.AssemblyMemory;
import dev.waggle.domain.stream.MemoryGrant;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What arrives while the handshake's work is under way, and can be understood only after it.
 *
 * <p>Behind its Confirmation an initiator may send records at once, before the responder has
 * verified it. More than a little is taken from the memory that all links share, for as many
 * handshakes may be under way at once. Owned by one thread.
 */
final class HeldBytes {
  /**
   * Bytes that are held at most. The session stops reading as soon as there are any, so there are
   * no more than the rest of one read and another one: this is room for reads of 512 KiB.
   */
  static final int MAX_BYTES = 1024 * 1024;

  /** What every handshake may hold without asking: as much as it may of an unfinished message. */
  static final int UNASKED_BYTES = FrameBounds.MAX_HANDSHAKE_BYTES;

  private final RecordBuffers buffers;
  private final MemoryGrant grant;
  private @Nullable HeapBuffer buffer;
  private int count;

  HeldBytes(RecordBuffers buffers, AssemblyMemory memory) {
    this.buffers = buffers;
    this.grant = new MemoryGrant(memory);
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

  /**
   * Takes all of {@code bytes}, of which there is at least one, and for which there is room.
   *
   * @return false, with nothing taken, if there is no memory for them
   */
  boolean add(ByteBuffer bytes) {
    int sum = count + bytes.remaining();
    if (sum > UNASKED_BYTES && !grant.covers(RecordBuffers.sizeFor(sum))) {
      return false;
    }
    buffer = buffer == null ? buffers.take(sum) : buffers.grow(buffer, count, sum);
    bytes.get(buffer.array(), count, bytes.remaining());
    count = sum;
    return true;
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
    grant.giveBack();
  }
}
