package dev.waggle.domain.punch;

import dev.waggle.ports.PeerId;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** Calls that were answered lately, so that none is answered again when a relay says it again. */
final class RecentCalls {
  /** So many: as calls are limited, what is forgotten is more than an hour old. */
  static final int MAX = 1024;

  private record Call(PeerId caller, long nonce) {}

  private final Set<Call> calls = new LinkedHashSet<>();

  boolean contains(PeerId caller, long nonce) {
    return calls.contains(new Call(caller, nonce));
  }

  void add(PeerId caller, long nonce) {
    if (calls.size() >= MAX) {
      Iterator<Call> oldest = calls.iterator();
      oldest.next();
      oldest.remove();
    }
    calls.add(new Call(caller, nonce));
  }
}
