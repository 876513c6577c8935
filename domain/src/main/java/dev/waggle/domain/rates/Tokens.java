package dev.waggle.domain.rates;

/** A token bucket. Owned by one thread; times are compared by difference. */
public final class Tokens {
  private final Rate rate;

  // In nanoseconds' worth, so that none is lost.
  private long creditNanos;
  private long filledNanos; // Without a meaning before the first question, since it is full.

  /** A full one. */
  public Tokens(Rate rate) {
    this.rate = rate;
    this.creditNanos = rate.fullNanos();
  }

  /** Whether at least so many are left, 1 to what the bucket holds. */
  public boolean has(int count, long nowNanos) {
    long passedNanos = Math.clamp(nowNanos - filledNanos, 0, rate.fullNanos());
    creditNanos = Math.min(rate.fullNanos(), creditNanos + passedNanos);
    filledNanos = nowNanos;
    return creditNanos >= count * rate.everyNanos();
  }

  /** Takes one, if there is any; returns whether there was. */
  public boolean take(long nowNanos) {
    boolean any = has(1, nowNanos);
    creditNanos -= any ? rate.everyNanos() : 0;
    return any;
  }
}
