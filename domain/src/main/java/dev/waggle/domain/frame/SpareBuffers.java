package dev.waggle.domain.frame;

import org.jspecify.annotations.Nullable;

/**
 * Where {@link RecordBuffers} leave buffers that are too large to be kept for good: whoever keeps
 * them gives the memory up when somebody needs it. Owned by one thread.
 */
public interface SpareBuffers {
  /** Keeps none. */
  SpareBuffers NONE =
      new SpareBuffers() {
        @Override
        public @Nullable HeapBuffer take(int length) {
          return null;
        }

        @Override
        public void keep(HeapBuffer buffer) {}
      };

  /** A buffer of exactly so many bytes, given away, or null. */
  @Nullable HeapBuffer take(int length);

  /** Takes a buffer that nobody uses. */
  void keep(HeapBuffer buffer);
}
