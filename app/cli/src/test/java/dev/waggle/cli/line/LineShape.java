package dev.waggle.cli.line;

import java.time.Duration;

/**
 * What a line is like, the same in both directions.
 *
 * @param latency of each direction
 * @param bytesPerSecond of each direction, 1 to {@value #MAX_BYTES_PER_SECOND}
 */
public record LineShape(Duration latency, long bytesPerSecond) {
  /** 100 Gbit/s, more than loopback carries. */
  static final long MAX_BYTES_PER_SECOND = 12_500_000_000L;

  private static final long BITS_PER_MEGABIT = 1_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** How long a router lets bytes wait; less than that, and a thread that wakes late idles it. */
  private static final long QUEUE_NANOS = 20_000_000;

  public LineShape {
    if (latency.isNegative() || bytesPerSecond < 1 || bytesPerSecond > MAX_BYTES_PER_SECOND) {
      throw new IllegalArgumentException("no line: " + latency + ", " + bytesPerSecond + " B/s");
    }
  }

  public static LineShape of(Duration latency, long megabitsPerSecond) {
    return new LineShape(latency, megabitsPerSecond * BITS_PER_MEGABIT / Byte.SIZE);
  }

  /** How long bytes take to leave; at most a gibibyte of them. */
  public long nanosFor(long bytes) {
    return bytes * NANOS_PER_SECOND / bytesPerSecond;
  }

  long latencyNanos() {
    return latency.toNanos();
  }

  long queueNanos() {
    return QUEUE_NANOS;
  }

  /** What is on its way in one direction at most: on the line, and in the queue before it. */
  long maxBytesUnderWay() {
    return Math.ceilDiv((latencyNanos() + QUEUE_NANOS) * bytesPerSecond, NANOS_PER_SECOND);
  }
}
