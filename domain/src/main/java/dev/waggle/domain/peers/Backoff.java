package dev.waggle.domain.peers;

import dev.waggle.domain.chance.Draws;
import java.time.Duration;

/** How long to wait before an address is dialled again (PROTOCOL §9.1). */
final class Backoff {
  /** After the first failure: short, since most losses are restarts. */
  static final Duration INITIAL = Duration.ofMillis(500);

  /** At most: a peer that comes back waits no longer than this for us. */
  static final Duration CAP = Duration.ofSeconds(30);

  /** After a peer had no place for us once: long enough for one to have become free. */
  static final Duration INITIAL_IF_FULL = Duration.ofSeconds(5);

  /** Where only an operator can help, or the peer does not want us, or is always full. */
  static final Duration LONG = Duration.ofMinutes(5);

  /** A link that lived so long was a success, and the next wait is the shortest again. */
  static final Duration STABLE_AFTER = Duration.ofSeconds(30);

  /**
   * 2^6 times {@link #INITIAL} and {@link #INITIAL_IF_FULL} are beyond {@link #CAP} and {@link
   * #LONG}.
   */
  private static final int MAX_DOUBLINGS = 6;

  private Backoff() {}

  /**
   * A wait after {@code failures} failures in a row: doubling from {@link #INITIAL} to {@link
   * #CAP}, of which the later half is random, so that nodes that lost each other in the same moment
   * do not meet again in the same moment.
   *
   * @param failures at least 1
   */
  static long exponentialNanos(int failures, Draws draws) {
    return doubledNanos(INITIAL, CAP, failures, draws);
  }

  /**
   * The same after a peer had no place for us {@code times} in a row: from {@link #INITIAL_IF_FULL}
   * to {@link #LONG}.
   */
  static long ifFullNanos(int times, Draws draws) {
    return doubledNanos(INITIAL_IF_FULL, LONG, times, draws);
  }

  private static long doubledNanos(Duration first, Duration cap, int times, Draws draws) {
    long doubled = first.toNanos() << Math.min(times - 1, MAX_DOUBLINGS);
    return withJitter(Math.min(doubled, cap.toNanos()), draws);
  }

  static long longNanos(Draws draws) {
    return withJitter(LONG.toNanos(), draws);
  }

  private static long withJitter(long nanos, Draws draws) {
    return nanos / 2 + draws.below(nanos / 2 + 1);
  }
}
