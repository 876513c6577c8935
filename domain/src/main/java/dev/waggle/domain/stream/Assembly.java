package dev.waggle.domain.stream;

import dev.waggle.domain.frame.FrameBounds;
import dev.waggle.domain.frame.HeapBuffer;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.ports.wire.WireSlice;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that spans records, as far as it has arrived.
 *
 * <p>Its buffer grows with that, whatever length was announced, and is granted first where it is
 * more than every link may have. The last buffer of a long message is exactly as long as that, so
 * that the payload can keep it.
 *
 * <p>Owned by one thread.
 */
final class Assembly {
  /** How long a message may be that every link may put together without asking. */
  private static final int UNASKED_BYTES = FrameBounds.MAX_PLAINTEXT_BYTES;

  private final RecordBuffers buffers;
  private final MemoryGrant grant;
  private @Nullable HeapBuffer buffer;
  private boolean bufferIsOwn;
  private int arrived;

  Assembly(RecordBuffers buffers, AssemblyMemory memory) {
    this.buffers = buffers;
    this.grant = new MemoryGrant(memory);
  }

  /**
   * Makes room for {@code count} bytes more of a message of {@code length} bytes.
   *
   * @return false if no memory is granted for it
   */
  boolean makeRoom(int count, int length) {
    int sum = arrived + count;
    boolean own =
        length >= MessageReader.MIN_OWN_BYTES && length <= RecordBuffers.GROWTH * (long) sum;
    int room = own ? length : RecordBuffers.sizeFor(sum, length);
    if (buffer != null && room <= buffer.length()) {
      return true;
    }
    if (length > UNASKED_BYTES && !grant.covers(room)) {
      return false;
    }
    HeapBuffer larger = own ? buffers.make(room) : buffers.take(room);
    if (buffer != null) {
      System.arraycopy(buffer.array(), 0, larger.array(), 0, arrived);
      drop(buffer);
    }
    buffer = larger;
    bufferIsOwn = own;
    return true;
  }

  /** Takes bytes for which there is room. */
  void add(byte[] source, int offset, int count) {
    System.arraycopy(source, offset, array(), arrived, count);
    arrived += count;
  }

  /** Takes note of {@code count} bytes that were put behind the others, in their room. */
  void added(int count) {
    arrived += count;
  }

  /** Where the message is put together. Lent until there must be room for more. */
  byte[] array() {
    return Objects.requireNonNull(buffer, "no message is put together").array();
  }

  /** How many bytes of the message are there. */
  int arrived() {
    return arrived;
  }

  /** The message, all of which is there: what is decoded from it may keep its array. */
  WireSlice all(WireSlice slice) {
    return bufferIsOwn ? slice.give(array(), 0, arrived) : slice.reset(array(), 0, arrived);
  }

  /** Gives the buffer up, and the memory that was granted for it. */
  void release() {
    arrived = 0;
    if (buffer != null) {
      drop(buffer);
      buffer = null;
    }
    grant.giveBack();
  }

  private void drop(HeapBuffer dropped) {
    if (bufferIsOwn) {
      buffers.gone(dropped);
    } else {
      buffers.giveBack(dropped);
    }
  }
}
