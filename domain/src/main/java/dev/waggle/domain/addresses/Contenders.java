package dev.waggle.domain.addresses;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Those who were reached and want a place in <i>tried</i> that another one holds: the holder is
 * tested before it has to give way (PROTOCOL §9.4). So nobody loses a good place to one who has
 * merely come later.
 */
final class Contenders {
  /** Addresses that wait until those in whose places of <i>tried</i> they belong are tested. */
  static final int MAX = 10;

  /** Who was reached in this time keeps its place against a contender. */
  static final Duration KEPT_WITHIN = Duration.ofHours(4);

  /** A contender gets the place if nobody has tested its holder in this time. */
  static final Duration CONTENDS_FOR = Duration.ofMinutes(40);

  /** Time for a dial that tests the holder of a place. */
  private static final Duration TEST_TAKES = Duration.ofMinutes(1);

  private final Tables tables;
  private final Map<BookEntry, Long> sinceNanos = new LinkedHashMap<>();

  Contenders(Tables tables) {
    this.tables = tables;
  }

  /**
   * One who was reached gets its place, or contends for it; beyond a bound it has to come again.
   */
  void reached(BookEntry entry, long nowNanos) {
    dropForgotten();
    if (tables.triedHolder(entry) == null) {
      moveToTried(entry);
    } else if (sinceNanos.size() < MAX) {
      sinceNanos.putIfAbsent(entry, nowNanos);
    }
  }

  /** Whoever has lost its last place in <i>new</i> meanwhile contends for nothing any more. */
  private void dropForgotten() {
    sinceNanos.keySet().removeIf(contender -> !tables.has(contender));
  }

  private void moveToTried(BookEntry entry) {
    sinceNanos.remove(entry);
    tables.moveToTried(entry);
  }

  /** One who is not to be trusted with a place in <i>tried</i> after all. */
  void withdraw(BookEntry entry) {
    sinceNanos.remove(entry);
  }

  /**
   * Decides: the holder of a place keeps it if it was reached lately, and loses it if it was
   * dialled in vain, or not at all for long.
   */
  void settle(long nowNanos) {
    dropForgotten();
    for (Map.Entry<BookEntry, Long> each : new ArrayList<>(sinceNanos.entrySet())) {
      BookEntry contender = each.getKey();
      if (!tables.has(contender)) {
        continue; // It had to make room for the holder of another one's place.
      }
      BookEntry holder = tables.triedHolder(contender);
      boolean holds =
          holder != null
              && holder.everSucceeded()
              && BookEntry.isWithin(holder.succeededNanos(), KEPT_WITHIN, nowNanos);
      if (holds) {
        sinceNanos.remove(contender);
      } else if (holder == null
          || failedItsTest(holder, nowNanos)
          || !BookEntry.isWithin(each.getValue(), CONTENDS_FOR, nowNanos)) {
        moveToTried(contender);
      }
    }
  }

  private static boolean failedItsTest(BookEntry holder, long nowNanos) {
    return holder.everTried()
        && BookEntry.isWithin(holder.triedNanos(), KEPT_WITHIN, nowNanos)
        && !isUnderTest(holder, nowNanos);
  }

  private static boolean isUnderTest(BookEntry holder, long nowNanos) {
    return holder.everTried() && BookEntry.isWithin(holder.triedNanos(), TEST_TAKES, nowNanos);
  }

  /** A holder whose place another one wants, and which should be dialled for that; or null. */
  @Nullable BookEntry toTest(long nowNanos) {
    dropForgotten();
    for (BookEntry contender : sinceNanos.keySet()) {
      BookEntry holder = tables.triedHolder(contender);
      if (holder != null && !isUnderTest(holder, nowNanos)) {
        return holder;
      }
    }
    return null;
  }
}
