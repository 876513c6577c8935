package dev.waggle.cli.calibrate;

import dev.waggle.simulator.calibration.Lateness;
import java.util.concurrent.TimeUnit;

/**
 * How late this machine wakes threads up: a thread that sleeps for a moment again and again, and
 * looks at the clock. What it sees, every thread of the nodes suffers: other processes, a lack of
 * processors, the collector of garbage.
 */
final class WakeUps implements AutoCloseable {
  private static final long SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private static final long BUCKET_NANOS = TimeUnit.MICROSECONDS.toNanos(10);

  /** Up to a second; what is later is so late that nobody asks by how much. */
  private static final int BUCKETS = 100_000;

  private static final double NANOS_PER_MILLI = 1e6;

  // Guarded by this.
  private final int[] buckets = new int[BUCKETS];
  private long count;
  private long latestNanos;

  private final Thread thread =
      Thread.ofPlatform().name("waggle-wake-ups").daemon().start(this::run);

  private void run() {
    try {
      while (true) {
        long began = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(SLEEP_NANOS);
        add(System.nanoTime() - began - SLEEP_NANOS);
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  private synchronized void add(long nanos) {
    buckets[Math.clamp(nanos / BUCKET_NANOS, 0, BUCKETS - 1)]++;
    count++;
    latestNanos = Math.max(latestNanos, nanos);
  }

  /** Since it began. */
  synchronized Lateness lateness() {
    long left = count - count / 100;
    int bucket = 0;
    while (bucket < BUCKETS - 1 && left > buckets[bucket]) {
      left -= buckets[bucket++];
    }
    return new Lateness(
        (bucket + 1) * BUCKET_NANOS / NANOS_PER_MILLI, latestNanos / NANOS_PER_MILLI);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
