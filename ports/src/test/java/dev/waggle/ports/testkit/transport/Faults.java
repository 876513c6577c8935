package dev.waggle.ports.testkit.transport;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * What an in-memory network does to the streams that it carries. It never changes a byte or their
 * order, for TCP does not: it splits, delays and cuts.
 *
 * @param maxChunkBytes the most that one {@code onBytes} brings; each brings a random number
 * @param maxDelay the most that one chunk takes; each takes a random time
 * @param cutAfterBytes a stream is reset instead of carrying more than so many bytes one way
 * @param seed of the random numbers
 */
public record Faults(int maxChunkBytes, Duration maxDelay, long cutAfterBytes, long seed) {
  /** What a read of a real transport may bring at once. */
  private static final int WHOLE = 256 * 1024;

  /** Whole writes at once, and no cuts. */
  public static final Faults NONE = new Faults(WHOLE, Duration.ZERO, Long.MAX_VALUE, 0);

  public Faults {
    if (maxChunkBytes < 1 || maxDelay.isNegative() || cutAfterBytes < 0) {
      throw new IllegalArgumentException("chunks have bytes, and nothing is negative");
    }
  }

  /** Brings at most {@code maxBytes} at once. */
  public Faults splitting(int maxBytes, long newSeed) {
    return new Faults(maxBytes, maxDelay, cutAfterBytes, newSeed);
  }

  public Faults delaying(Duration max) {
    return new Faults(maxChunkBytes, max, cutAfterBytes, seed);
  }

  public Faults cuttingAfter(long bytes) {
    return new Faults(maxChunkBytes, maxDelay, bytes, seed);
  }

  int chunk(SplittableRandom random, int available) {
    return maxChunkBytes == WHOLE
        ? Math.min(available, WHOLE)
        : Math.min(available, random.nextInt(1, maxChunkBytes + 1));
  }

  long delayNanos(SplittableRandom random) {
    return maxDelay.isZero() ? 0 : random.nextLong(maxDelay.toNanos() + 1);
  }
}
