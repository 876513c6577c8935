package dev.waggle.nio;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets an event loop that has just been busy look again for a moment before it sleeps.
 *
 * <p>The next bytes of a busy link are there within microseconds, but putting a thread to sleep and
 * waking it costs more than that, the more so in a virtual machine, and whoever wakes it pays too:
 * a third of the throughput of one link ({@code LinkBenchmark}). A loop without work does sleep.
 *
 * <p>Where a process has more event loops than cores, none spins: it would take the time of another
 * one. An instance belongs to one loop's thread.
 */
final class Spinning {
  /** About what a wakeup costs; so in the worst case, looking has cost as much again. */
  static final long MAX_NANOS = 50_000;

  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final AtomicInteger LOOPS = new AtomicInteger();

  private final int cores;
  private final AtomicInteger loops;
  private long busyNanos;

  Spinning(long nowNanos) {
    this(nowNanos, CORES, LOOPS);
  }

  Spinning(long nowNanos, int cores, AtomicInteger loops) {
    this.busyNanos = nowNanos;
    this.cores = cores;
    this.loops = loops;
  }

  /** The same loop, counted among those of the process as long as it runs. */
  static Runnable counted(Runnable loop) {
    return () -> {
      LOOPS.incrementAndGet();
      try {
        loop.run();
      } finally {
        LOOPS.decrementAndGet();
      }
    };
  }

  /**
   * Whether the loop may look once more at once, instead of waiting for something to do.
   *
   * @param busy whether there was something to do when it looked last
   */
  boolean mayLookAgain(boolean busy, long nowNanos) {
    if (busy) {
      busyNanos = nowNanos;
      return true;
    }
    return nowNanos - busyNanos < MAX_NANOS && loops.get() <= cores;
  }
}
