package dev.waggle.domain.frame;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The heap buffers that all sessions of one I/O thread share, so that an idle link holds none and a
 * busy one makes no garbage.
 *
 * <p>Buffers come in sizes that grow by four: whoever takes one for what has arrived, and changes
 * it for the next size when it is full, holds at most four times what has arrived (and never less
 * than the smallest), and copies each byte less than once and a half.
 *
 * <p>Owned by one thread. What a buffer holds is whatever its last user left in it.
 */
public final class RecordBuffers {
  /** Room beside a payload of a round size for what frame, record and codec put around it. */
  private static final int MARGIN = 64;

  /** Bytes of the largest buffer: a message of 8 MiB (PROTOCOL §7.1). */
  public static final int MAX_BYTES = 8 * 1024 * 1024 + MARGIN;

  /**
   * A size, and how many unused buffers of it are kept: less than 4 MiB in all. The largest are not
   * worth keeping, since such a message costs far more than its buffer.
   */
  private record Size(int bytes, int kept) {}

  private static final List<Size> SIZES =
      List.of(
          new Size((4 << 10) + MARGIN, 64),
          new Size((16 << 10) + MARGIN, 32),
          new Size((64 << 10) + MARGIN, 16),
          new Size((256 << 10) + MARGIN, 4),
          new Size((1 << 20) + MARGIN, 1),
          new Size((4 << 20) + MARGIN, 0),
          new Size(MAX_BYTES, 0));

  private final List<ArrayDeque<HeapBuffer>> unused = new ArrayList<>();
  private long lentBytes;

  public RecordBuffers() {
    SIZES.forEach(_ -> unused.add(new ArrayDeque<>()));
  }

  /**
   * Lends a buffer.
   *
   * @param atLeastBytes 1 to {@link #MAX_BYTES}
   */
  public HeapBuffer take(int atLeastBytes) {
    int size = indexOfSize(atLeastBytes);
    HeapBuffer buffer = unused.get(size).pollLast();
    lentBytes += SIZES.get(size).bytes();
    return buffer == null ? new HeapBuffer(SIZES.get(size).bytes()) : buffer;
  }

  /** How long a buffer is that {@link #take} lends for so many bytes. */
  public static int sizeFor(int atLeastBytes) {
    return SIZES.get(indexOfSize(atLeastBytes)).bytes();
  }

  private static int indexOfSize(int atLeastBytes) {
    int size = 0;
    while (SIZES.get(size).bytes() < atLeastBytes) {
      size++;
    }
    return size;
  }

  /** Takes back what {@link #take} lent; the caller forgets it. */
  public void giveBack(HeapBuffer buffer) {
    lentBytes -= buffer.length();
    for (int size = 0; size < SIZES.size(); size++) {
      if (SIZES.get(size).bytes() == buffer.length()) {
        ArrayDeque<HeapBuffer> same = unused.get(size);
        if (same.size() < SIZES.get(size).kept()) {
          same.addLast(buffer);
        }
        return;
      }
    }
    throw new IllegalArgumentException("not lent by a pool: " + buffer.length() + " bytes");
  }

  /**
   * A buffer with room for {@code atLeastBytes} that holds the first {@code used} bytes of {@code
   * buffer}: the same one, or a larger one in exchange.
   */
  public HeapBuffer grow(HeapBuffer buffer, int used, int atLeastBytes) {
    if (atLeastBytes <= buffer.length()) {
      return buffer;
    }
    HeapBuffer larger = take(atLeastBytes);
    System.arraycopy(buffer.array(), 0, larger.array(), 0, used);
    giveBack(buffer);
    return larger;
  }

  /** How much memory is lent: what the unfinished frames and messages of a thread take. */
  public long lentBytes() {
    return lentBytes;
  }
}
