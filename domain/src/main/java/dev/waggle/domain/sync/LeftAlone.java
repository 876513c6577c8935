package dev.waggle.domain.sync;

import dev.waggle.ports.PeerId;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Peers with which the node does not catch up for a while (PROTOCOL §8.6): since they did not send
 * what they said that they have, or have lied about headers. By PeerId, so that a new link changes
 * nothing.
 */
final class LeftAlone {
  /** How long the first time; twice as long each further time. */
  static final Duration FIRST = Duration.ofSeconds(30);

  /** How long at most, and for a lie. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  /** So many are remembered. Identities are free: who has more of them gains a new one each. */
  static final int MAX = 1024;

  private record Entry(long untilNanos, long nanos) {}

  private final Map<PeerId, Entry> entries = new LinkedHashMap<>();

  boolean contains(PeerId peer, long nowNanos) {
    Entry entry = entries.get(peer);
    return entry != null && nowNanos - entry.untilNanos < 0;
  }

  /** It did not send what it has. */
  void failed(PeerId peer, long nowNanos) {
    Entry before = entries.get(peer);
    long nanos = before == null ? FIRST.toNanos() : 2 * before.nanos;
    add(peer, Math.min(nanos, LONGEST.toNanos()), nowNanos);
  }

  /** It has lied. */
  void lied(PeerId peer, long nowNanos) {
    add(peer, LONGEST.toNanos(), nowNanos);
  }

  private void add(PeerId peer, long nanos, long nowNanos) {
    entries.remove(peer); // What is put anew stands last.
    if (entries.size() >= MAX) {
      Iterator<PeerId> oldest = entries.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    entries.put(peer, new Entry(nowNanos + nanos, nanos));
  }

  /** Forgets those who were left in peace for long. */
  void expire(long nowNanos) {
    entries.values().removeIf(entry -> nowNanos - entry.untilNanos >= LONGEST.toNanos());
  }
}
