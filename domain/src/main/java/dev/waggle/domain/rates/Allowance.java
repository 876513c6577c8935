package dev.waggle.domain.rates;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Objects;

/**
 * What one peer may still tell of each kind, over all its links (PROTOCOL §9.7). Owned by one
 * thread; nothing is allocated after its construction. Times are compared by difference.
 */
public final class Allowance {
  /*
   * A token bucket for each kind, and beside it a count of what exceeded it, which fades at the same
   * rate. When that count comes to FLOOD full buckets the peer has told nine times what it may at
   * once, or goes on with twice what it may in the long run: no honest one does. What was told in
   * vain while the bucket was empty does not keep it empty: an honest peer that told too much for a
   * moment is heard again as soon as anybody.
   */

  /** So many full buckets of excess are a flood. */
  static final int FLOOD = 8;

  /** A flood counts once in this time, however wild it is: points are for what goes on. */
  static final Duration BLAMED_ONCE_IN = Duration.ofSeconds(10);

  /** What is left of one kind. */
  private static final class Bucket {
    private final Rate rate;

    // In nanoseconds' worth, so that none is lost.
    private long creditNanos;
    private long filledNanos;
    private long excessNanos;
    private long fadedNanos;

    Bucket(Rate rate, long nowNanos) {
      this.rate = rate;
      this.creditNanos = rate.fullNanos();
      this.filledNanos = nowNanos;
      this.fadedNanos = nowNanos;
    }

    long filled(long nowNanos) {
      long passedNanos = Math.clamp(nowNanos - filledNanos, 0, rate.fullNanos());
      filledNanos = nowNanos;
      creditNanos = Math.min(rate.fullNanos(), creditNanos + passedNanos);
      return creditNanos;
    }

    long faded(long nowNanos) {
      excessNanos -= Math.clamp(nowNanos - fadedNanos, 0, excessNanos);
      fadedNanos = nowNanos;
      return excessNanos;
    }
  }

  private final EnumMap<Told, Bucket> buckets = new EnumMap<>(Told.class);
  private boolean everBlamed;
  private long blamedNanos;

  /** Full buckets. */
  public Allowance(RateSettings settings, long nowNanos) {
    for (Told what : Told.values()) {
      buckets.put(what, new Bucket(settings.of(what), nowNanos));
    }
  }

  private Bucket bucket(Told what) {
    return Objects.requireNonNull(buckets.get(what));
  }

  /** Takes as many of {@code count} as there are, and says how many. */
  public int take(Told what, int count, long nowNanos) {
    Bucket bucket = bucket(what);
    long everyNanos = bucket.rate.everyNanos();
    if (everyNanos == 0) {
      return count;
    }
    long creditNanos = bucket.filled(nowNanos);
    int taken = creditNanos >= count * everyNanos ? count : (int) (creditNanos / everyNanos);
    bucket.creditNanos -= taken * everyNanos;
    return taken;
  }

  /** Something that was taken for has been of use. */
  public void giveBack(Told what, int count) {
    Bucket bucket = bucket(what);
    bucket.creditNanos +=
        count * bucket.rate.everyNanos(); // What is too much runs over when asked.
  }

  /**
   * Counts what there was no token for.
   *
   * @return whether that is a flood, and to be held against the peer now
   */
  public boolean exceeds(Told what, int count, long nowNanos) {
    Bucket bucket = bucket(what);
    bucket.excessNanos = bucket.faded(nowNanos) + count * bucket.rate.everyNanos();
    if (bucket.excessNanos < FLOOD * bucket.rate.fullNanos()) {
      return false;
    }
    bucket.excessNanos = 0;
    if (everBlamed && nowNanos - blamedNanos < BLAMED_ONCE_IN.toNanos()) {
      return false;
    }
    everBlamed = true;
    blamedNanos = nowNanos;
    return true;
  }

  /** Has at most what {@code other} has, of everything. */
  void limitTo(Allowance other, long nowNanos) {
    buckets.forEach(
        (what, mine) -> {
          Bucket theirs = other.bucket(what);
          mine.creditNanos = Math.min(mine.filled(nowNanos), theirs.filled(nowNanos));
          mine.excessNanos = Math.max(mine.faded(nowNanos), theirs.faded(nowNanos));
        });
  }
}
