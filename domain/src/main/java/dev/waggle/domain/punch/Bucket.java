package dev.waggle.domain.punch;

import dev.waggle.domain.rates.Rate;

/** A token bucket, full at first. Times are compared by difference. */
final class Bucket {
  private final Rate rate;

  // In nanoseconds' worth, so that none is lost.
  private long creditNanos;
  private long filledNanos;
  private boolean isFull = true; // Until somebody takes: then it has a time.

  Bucket(Rate rate) {
    this.rate = rate;
  }

  private long fullNanos() {
    return rate.atOnce() * rate.everyNanos();
  }

  /** Takes one, if there is one. */
  boolean take(long nowNanos) {
    long passedNanos = isFull ? fullNanos() : Math.clamp(nowNanos - filledNanos, 0, fullNanos());
    isFull = false;
    filledNanos = nowNanos;
    creditNanos = Math.min(fullNanos(), creditNanos + passedNanos);
    boolean has = creditNanos >= rate.everyNanos();
    creditNanos -= has ? rate.everyNanos() : 0;
    return has;
  }
}
