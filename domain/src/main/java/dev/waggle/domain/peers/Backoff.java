package dev.waggle.domain.peers;

import dev.waggle.domain.chance.Draws;
import java.time.Duration;

/** How long to wait before an address is dialled again (PROTOCOL §9.1). */
final class Backoff {
  /** After the first failure: short, since most losses are restarts. */
  static final Duration INITIAL = Duration.ofMillis(500);

  /** At most: a peer that comes back waits no longer than this for us. */
  static final Duration CAP = Duration.ofSeconds(30);

  /** Where only an operator can help, or the peer does not want us. */
  static final Duration LONG = Duration.ofMinutes(5);

  /** A link that lived so long was a success, and the next wait is the shortest again. */
  static final Duration STABLE_AFTER = Duration.ofSeconds(30);

  /** 2^6 times {@link #INITIAL} is beyond {@link #CAP}. */
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
    long doubled = INITIAL.toNanos() << Math.min(failures - 1, MAX_DOUBLINGS);
    return withJitter(Math.min(doubled, CAP.toNanos()), draws);
  }

  static long longNanos(Draws draws) {
    return withJitter(LONG.toNanos(), draws);
  }

  private static long withJitter(long nanos, Draws draws) {
    return nanos / 2 + draws.below(nanos / 2 + 1);
  }
}
