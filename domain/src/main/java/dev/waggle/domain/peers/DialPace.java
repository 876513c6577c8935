package dev.waggle.domain.peers;

import java.time.Duration;

/** How fast a node dials by its own choice: some at once, and then one after the other. */
final class DialPace {
  /** Dials in quick succession, and how long one more takes: addresses that refuse cost little. */
  static final int BURST = 16;

  static final Duration DIAL_EVERY = Duration.ofMillis(500);

  private static final long FULL_NANOS = BURST * DIAL_EVERY.toNanos();

  private long creditNanos = FULL_NANOS;
  private long filledNanos;

  void start(long nowNanos) {
    filledNanos = nowNanos;
  }

  /** Whether one more dial may begin; if so, it is counted. */
  boolean takeTurn(long nowNanos) {
    long passedNanos = Math.min(FULL_NANOS, nowNanos - filledNanos);
    creditNanos = Math.min(FULL_NANOS, creditNanos + passedNanos);
    filledNanos = nowNanos;
    boolean mayDial = creditNanos >= DIAL_EVERY.toNanos();
    creditNanos -= mayDial ? DIAL_EVERY.toNanos() : 0;
    return mayDial;
  }
}
