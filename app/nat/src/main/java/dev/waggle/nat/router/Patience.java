package dev.waggle.nat.router;

import java.time.Duration;

/**
 * How long a router is waited for: a question is sent up to {@code attempts} times, and each time
 * waited for twice as long as before.
 *
 * @param first how long the first time
 * @param attempts 1 to 10
 */
public record Patience(Duration first, int attempts) {
  public Patience {
    if (!first.isPositive() || attempts < 1 || attempts > 10) {
      throw new IllegalArgumentException("no patience: " + first + ", " + attempts);
    }
  }

  /** Two attempts that take so long together. */
  public static Patience within(Duration all) {
    return new Patience(all.dividedBy(3).plusNanos(1), 2);
  }
}
