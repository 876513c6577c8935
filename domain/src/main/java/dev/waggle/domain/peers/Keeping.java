package dev.waggle.domain.peers;

import dev.waggle.domain.addresses.AddressBook;
import dev.waggle.domain.addresses.BookCopy;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.node.KnownAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When what the node knows of others is kept for its next start (PROTOCOL §9.4). The address book
 * for that is copied over several turns, between which the node does other things.
 */
final class Keeping {
  static final Duration EVERY = Duration.ofMinutes(5);

  /** A full book has 320 slices, so it takes 3 s, and a hundredth of the node thread meanwhile. */
  static final Duration SLICE_EVERY = Duration.ofMillis(10);

  /** A change that must not be lost is kept at once, but not more often than this. */
  static final Duration SOON_AFTER = Duration.ofSeconds(1);

  private final AddressBook book;
  private final Alarm alarm;
  private long keptNanos;
  private long dueNanos;
  private @Nullable BookCopy copy;

  Keeping(AddressBook book, Alarm alarm) {
    this.book = book;
    this.alarm = alarm;
  }

  void start(long nowNanos) {
    keptNanos = nowNanos - SOON_AFTER.toNanos();
    dueNanos = nowNanos + EVERY.toNanos();
  }

  /** The operator has changed something: it must not be lost with the power. */
  void soon(long nowNanos) {
    long soonNanos = nowNanos + Math.max(0, keptNanos + SOON_AFTER.toNanos() - nowNanos);
    if (copy == null && dueNanos - soonNanos > 0) {
      dueNanos = soonNanos;
    }
  }

  /**
   * Goes on with what is due, and asks for the next alarm. Returns the book once all of it has been
   * copied and is to be kept; null otherwise.
   */
  @Nullable List<KnownAddress> timePassed(long nowNanos) {
    BookCopy whole = nowNanos - dueNanos >= 0 ? goOn(nowNanos) : null;
    alarm.by(dueNanos);
    return whole == null ? null : whole.addresses();
  }

  private @Nullable BookCopy goOn(long nowNanos) {
    BookCopy current = copy == null ? book.copy() : copy;
    boolean isWhole = current.takeSlice(nowNanos);
    copy = isWhole ? null : current;
    keptNanos = isWhole ? nowNanos : keptNanos;
    dueNanos = nowNanos + (isWhole ? EVERY : SLICE_EVERY).toNanos();
    return isWhole ? current : null;
  }
}
