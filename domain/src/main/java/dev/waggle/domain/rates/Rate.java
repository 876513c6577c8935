package dev.waggle.domain.rates;

import java.time.Duration;

/**
 * A token bucket's size, and how fast it fills.
 *
 * @param atOnce tokens at first and at most, more than 0
 * @param everyNanos after which there is one more; 0 for no limit at all
 */
public record Rate(int atOnce, long everyNanos) {
  /** No limit. */
  public static final Rate UNLIMITED = new Rate(1, 0);

  private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  public Rate {
    if (atOnce < 1 || everyNanos < 0 || everyNanos > Long.MAX_VALUE / 64 / atOnce) {
      throw new IllegalArgumentException("no rate: " + atOnce + ", 1 in " + everyNanos + " ns");
    }
  }

  /** So many a second, and so many at once. */
  public static Rate perSecond(int count, int atOnce) {
    return new Rate(atOnce, NANOS_PER_SECOND / count);
  }

  /** One in each {@code time}, and so many at once. */
  public static Rate every(Duration time, int atOnce) {
    return new Rate(atOnce, time.toNanos());
  }

  /** What a full bucket is worth, in nanoseconds of filling. */
  long fullNanos() {
    return atOnce * everyNanos;
  }
}
