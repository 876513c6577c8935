package dev.waggle.nio;

import dev.waggle.ports.transport.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of one connection that wait to be sent, and their number.
 *
 * <p>{@link #reserve} is safe from any thread, the rest belongs to the event loop. The number
 * counts what callers have written, so that one on another thread hears of the high-water mark at
 * once, though the loop has yet to take its bytes.
 */
final class WriteQueue {
  /** Chunks that one system call gets: 1 MiB, more than sockets take at once. */
  static final int MAX_GATHERED = 64;

  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private final ChunkPool pool;
  private final AtomicLong unsent = new AtomicLong();

  /** Those from {@code first} to before {@code end} wait, all but the last of them full. */
  private ByteBuffer[] chunks = {NONE, NONE, NONE, NONE};

  private int first;
  private int end;
  private boolean aboveHighWater;

  WriteQueue(ChunkPool pool) {
    this.pool = pool;
  }

  /**
   * Counts {@code length} bytes that are about to be appended.
   *
   * @return the number unsent with them, or -1 and nothing counted if that would be more than
   *     {@link Connection#MAX_UNSENT_BYTES}
   */
  long reserve(int length) {
    long total = unsent.addAndGet(length);
    if (total > Connection.MAX_UNSENT_BYTES) {
      unsent.addAndGet(-length);
      return -1;
    }
    return total;
  }

  /** Copies {@code bytes}, which were reserved and gave {@code total}, behind all others. */
  void append(ByteBuffer bytes, long total) {
    while (bytes.hasRemaining()) {
      ByteBuffer tail = tailWithRoom();
      int from = tail.limit();
      int length = Math.min(tail.capacity() - from, bytes.remaining());
      tail.limit(from + length).put(from, bytes, bytes.position(), length);
      bytes.position(bytes.position() + length);
    }
    // The bytes that made the number so high are still counted, so their leaving will be noticed.
    aboveHighWater |= total > Connection.HIGH_WATER_BYTES;
  }

  private ByteBuffer tailWithRoom() {
    if (first < end && chunks[end - 1].limit() < chunks[end - 1].capacity()) {
      return chunks[end - 1];
    }
    if (end == chunks.length) {
      makeRoom();
    }
    ByteBuffer tail = pool.take();
    chunks[end++] = tail;
    return tail;
  }

  /** Doubles the array, or moves the chunks to its beginning if that alone gives as much room. */
  private void makeRoom() {
    int count = end - first;
    ByteBuffer[] target = chunks;
    if (count > chunks.length / 2) {
      target = new ByteBuffer[chunks.length * 2];
    }
    System.arraycopy(chunks, first, target, 0, count);
    Arrays.fill(target, count, target.length, NONE);
    chunks = target;
    first = 0;
    end = count;
  }

  boolean isEmpty() {
    return first == end;
  }

  /**
   * Sends what {@code channel} takes in one call.
   *
   * @return false if it takes no more at the moment
   */
  boolean send(GatheringByteChannel channel) throws IOException {
    int count = Math.min(end - first, MAX_GATHERED);
    long offered = 0;
    for (int i = first; i < first + count; i++) {
      offered += chunks[i].remaining();
    }
    long sent = count == 1 ? channel.write(chunks[first]) : channel.write(chunks, first, count);
    unsent.addAndGet(-sent);
    dropSent();
    return sent == offered;
  }

  private void dropSent() {
    while (first < end && !chunks[first].hasRemaining()) {
      dropFirst();
    }
    if (first == end) {
      first = 0;
      end = 0;
    }
  }

  private void dropFirst() {
    pool.giveBack(chunks[first]);
    chunks[first++] = NONE;
  }

  /** Whether there is room again, after a write beyond the high-water mark. True once for each. */
  boolean becameWritable() {
    if (aboveHighWater && unsent.get() <= Connection.LOW_WATER_BYTES) {
      aboveHighWater = false;
      return true;
    }
    return false;
  }

  /** Forgets what has not been sent. */
  void clear() {
    while (first < end) {
      dropFirst();
    }
  }
}
