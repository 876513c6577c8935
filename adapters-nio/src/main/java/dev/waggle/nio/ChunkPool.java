package dev.waggle.nio;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Direct buffers of one size, kept for the connections of one event loop. Belongs to its thread.
 *
 * <p>A chunk in use holds the bytes between its position and its limit; more are put behind the
 * limit. The chunk that came back last is handed out first, while the processor still has it in its
 * cache.
 */
final class ChunkPool {
  /**
   * What a link holds at least while bytes of it wait. About a full record (PROTOCOL §6.1): a busy
   * link of small messages was slower with quarters of that.
   */
  static final int CHUNK_BYTES = 64 * 1024;

  /** 16 MiB: as much as 128 links use when all stand at their high-water mark. */
  static final int MAX_KEPT = 256;

  private final ArrayDeque<ByteBuffer> kept = new ArrayDeque<>();

  /** An empty chunk. */
  ByteBuffer take() {
    ByteBuffer chunk = kept.pollLast();
    if (chunk == null) {
      chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
    }
    return chunk.position(0).limit(0);
  }

  /** Takes a chunk back, or leaves it to the garbage collector if enough are kept. */
  void giveBack(ByteBuffer chunk) {
    if (kept.size() < MAX_KEPT) {
      kept.addLast(chunk);
    }
  }
}
