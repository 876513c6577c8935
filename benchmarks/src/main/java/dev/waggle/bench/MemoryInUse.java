package dev.waggle.bench;

import io.netty.buffer.PooledByteBufAllocator;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this JVM holds: on the heap, without garbage, and in direct buffers.
 *
 * @param heapBytes of objects that can be reached
 * @param directBytes of the JDK's direct buffers, and of the chunks that Netty's allocator has
 *     taken, whether their buffers are in use or kept for later. Those two do not overlap, since
 *     Netty takes its memory past the JDK's count where it may use {@code Unsafe}
 */
record MemoryInUse(long heapBytes, long directBytes) {
  /** Two collections in a row that differ by less have found all garbage there is. */
  private static final long STABLE_BYTES = 16 * 1024;

  private static final int MAX_COLLECTIONS = 50;

  /** Long enough for cleaners, and for I/O threads to come to rest. */
  private static final long PAUSE_MILLIS = 100;

  /** Collects garbage until there is no more. */
  static MemoryInUse settled() throws InterruptedException {
    MemoryInUse last = afterCollection();
    for (int i = 0; i < MAX_COLLECTIONS; i++) {
      MemoryInUse next = afterCollection();
      if (Math.abs(next.heapBytes - last.heapBytes) < STABLE_BYTES
          && next.directBytes == last.directBytes) {
        return next;
      }
      last = next;
    }
    throw new IllegalStateException("memory does not come to rest: " + last);
  }

  private static MemoryInUse afterCollection() throws InterruptedException {
    System.gc();
    Thread.sleep(PAUSE_MILLIS);
    System.gc();
    long direct = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      direct += pool.getMemoryUsed();
    }
    return new MemoryInUse(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), direct);
  }
}
