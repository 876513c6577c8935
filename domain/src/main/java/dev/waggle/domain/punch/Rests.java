package dev.waggle.domain.punch;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Peers, or machines, that are left alone after calls that failed (PROTOCOL §9.10). */
final class Rests<K> {
  /** How long the first time; twice as long after each further one. */
  static final Duration FIRST = Duration.ofMinutes(10);

  /** How long at most; and a row of failures is forgotten when as much has passed since a rest. */
  static final Duration LONGEST = Duration.ofHours(2);

  /**
   * So many are remembered. Each has cost a call that was under way, which are limited: to have one
   * forgotten takes hours.
   */
  static final int MAX = 1024;

  private record Entry(long untilNanos, long nanos) {}

  private final Map<K, Entry> entries = new LinkedHashMap<>();

  boolean contains(K who, long nowNanos) {
    Entry entry = entries.get(who);
    return entry != null && nowNanos - entry.untilNanos < 0;
  }

  /** Longer each time. */
  void failed(K who, long nowNanos) {
    long doubledNanos = 2 * rowNanos(who, nowNanos);
    long nanos = Math.clamp(doubledNanos, FIRST.toNanos(), LONGEST.toNanos());
    put(who, new Entry(nowNanos + nanos, nanos));
  }

  /** For what says little: a row of it does not lengthen the rest. */
  void once(K who, long nowNanos) {
    put(who, new Entry(nowNanos + FIRST.toNanos(), 0));
  }

  private long rowNanos(K who, long nowNanos) {
    Entry before = entries.get(who);
    return before == null || nowNanos - before.untilNanos >= LONGEST.toNanos() ? 0 : before.nanos;
  }

  private void put(K who, Entry entry) {
    entries.remove(who); // What is put anew stands last.
    if (entries.size() >= MAX) {
      Iterator<K> oldest = entries.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    entries.put(who, entry);
  }
}
