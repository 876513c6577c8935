package dev.waggle.domain.addresses;

import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;

/**
 * How many addresses one side of a link may tell the other, unless these are more than it has asked
 * for (PROTOCOL §9.5). Both sides count: the one that is told drops what exceeds it, the one that
 * tells waits.
 */
final class AddressTokens {
  /** So many at first: of oneself, and of a few who have just come. */
  static final int AT_FIRST = 10;

  /** And one more each time. */
  static final Duration EVERY = Duration.ofSeconds(10);

  /** At most, and as soon as the other side has asked. */
  static final int MOST = WireMessage.MAX_ADDRESSES;

  private static final long FULL_NANOS = MOST * EVERY.toNanos();

  // In nanoseconds' worth, so that none is lost.
  private long creditNanos = AT_FIRST * EVERY.toNanos();
  private long filledNanos;

  AddressTokens(long nowNanos) {
    this.filledNanos = nowNanos;
  }

  void fill() {
    creditNanos = FULL_NANOS;
  }

  /** Has at most what {@code other} has. */
  void limitTo(AddressTokens other, long nowNanos) {
    var _ = take(0, nowNanos);
    var _ = other.take(0, nowNanos);
    creditNanos = Math.min(creditNanos, other.creditNanos);
  }

  /** Takes as many of {@code wanted} as there are. */
  int take(int wanted, long nowNanos) {
    long passedNanos = Math.clamp(nowNanos - filledNanos, 0, FULL_NANOS);
    creditNanos = Math.min(FULL_NANOS, creditNanos + passedNanos);
    filledNanos = nowNanos;
    int taken = (int) Math.min(wanted, creditNanos / EVERY.toNanos());
    creditNanos -= taken * EVERY.toNanos();
    return taken;
  }
}
