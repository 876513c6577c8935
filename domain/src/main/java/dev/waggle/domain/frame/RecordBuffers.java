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
 * than the smallest), and copies each byte less than once and a half. Above 1 MiB they come in
 * whole MiB, and none is kept.
 *
 * <p>Owned by one thread. What a buffer holds is whatever its last user left in it.
 */
public final class RecordBuffers {
  /** Room beside a payload of a round size for what frame, record and codec put around it. */
  private static final int MARGIN = 128;

  /** Bytes of the largest buffer that is kept here. */
  public static final int MAX_KEPT_BYTES = (1 << 20) + MARGIN;

  private static final int LARGE_UNIT = 1 << 20;

  /** How many times what has arrived a buffer may be. */
  public static final int GROWTH = 4;

  /** A size, and how many unused buffers of it are kept: less than 4 MiB in all. */
  private record Size(int bytes, int kept) {}

  private static final List<Size> SIZES =
      List.of(
          new Size((4 << 10) + MARGIN, 64),
          new Size((16 << 10) + MARGIN, 32),
          new Size((64 << 10) + MARGIN, 16),
          new Size((256 << 10) + MARGIN, 4),
          new Size(MAX_KEPT_BYTES, 1));

  private final List<ArrayDeque<HeapBuffer>> unused = new ArrayList<>();
  private long lentBytes;

  public RecordBuffers() {
    SIZES.forEach(_ -> unused.add(new ArrayDeque<>()));
  }

  /**
   * Lends a buffer.
   *
   * @param atLeastBytes more than zero
   */
  public HeapBuffer take(int atLeastBytes) {
    int length = sizeFor(atLeastBytes);
    HeapBuffer buffer =
        length > MAX_KEPT_BYTES ? null : unused.get(indexOfSize(atLeastBytes)).pollLast();
    lentBytes += length;
    return buffer == null ? new HeapBuffer(length) : buffer;
  }

  /** How long a buffer is that {@link #take} lends for so many bytes. */
  public static int sizeFor(int atLeastBytes) {
    return atLeastBytes > MAX_KEPT_BYTES
        ? Math.ceilDiv(atLeastBytes, LARGE_UNIT) * LARGE_UNIT
        : SIZES.get(indexOfSize(atLeastBytes)).bytes();
  }

  /**
   * How long a buffer should be in which {@code arrived} of {@code total} bytes are there: the
   * longer, the less is copied, but no more than four times what has arrived, whatever is promised.
   */
  public static int sizeFor(int arrived, int total) {
    int whole = sizeFor(total);
    long most = (long) GROWTH * arrived;
    if (whole <= most) {
      return whole;
    }
    if (arrived > MAX_KEPT_BYTES) {
      return sizeFor(Math.max(arrived, whole / GROWTH));
    }
    int size = SIZES.size() - 1;
    while (size > 0 && SIZES.get(size).bytes() > most) {
      size--;
    }
    return Math.max(SIZES.get(size).bytes(), sizeFor(arrived));
  }

  private static int indexOfSize(int atLeastBytes) {
    int size = 0;
    while (SIZES.get(size).bytes() < atLeastBytes) {
      size++;
    }
    return size;
  }

  /**
   * Makes a buffer of exactly {@code length} bytes, all zero, which never comes back: whoever has
   * it gives it away, or drops it, and says so by {@link #gone}.
   */
  public HeapBuffer make(int length) {
    lentBytes += length;
    return new HeapBuffer(length);
  }

  /** What {@link #make} made is somebody else's, or nobody's; the caller forgets it. */
  public void gone(HeapBuffer made) {
    lentBytes -= made.length();
  }

  /** Takes back what {@link #take} lent; the caller forgets it. */
  public void giveBack(HeapBuffer buffer) {
    lentBytes -= buffer.length();
    if (buffer.length() > MAX_KEPT_BYTES) {
      return;
    }
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
