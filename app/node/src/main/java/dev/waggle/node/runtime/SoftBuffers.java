package dev.waggle.node.runtime;

import dev.waggle.domain.frame.HeapBuffer;
import dev.waggle.domain.frame.SpareBuffers;
import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Spare buffers that the garbage collector may take before memory is short, so they are in no
 * budget. With them a message of 8 MiB is received without a buffer of that size being made, and
 * cleared, for it. Owned by one I/O thread.
 */
public final class SoftBuffers implements SpareBuffers {
  /** The one into which a message of 8 MiB grows, and the one before. */
  private static final int KEPT = 2;

  private final ArrayDeque<SoftReference<HeapBuffer>> spare = new ArrayDeque<>();

  @Override
  public @Nullable HeapBuffer take(int length) {
    for (Iterator<SoftReference<HeapBuffer>> each = spare.iterator(); each.hasNext(); ) {
      HeapBuffer buffer = each.next().get();
      if (buffer == null || buffer.length() == length) {
        each.remove();
      }
      if (buffer != null && buffer.length() == length) {
        return buffer;
      }
    }
    return null;
  }

  @Override
  public void keep(HeapBuffer buffer) {
    if (spare.size() == KEPT) {
      spare.removeFirst();
    }
    spare.addLast(new SoftReference<>(buffer));
  }
}
