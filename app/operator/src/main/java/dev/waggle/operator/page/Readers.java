package dev.waggle.operator.page;

import java.util.concurrent.atomic.AtomicInteger;

/** How many follow a session now. Safe from any thread. */
final class Readers {
  /** A screen or two, and some tabs that somebody forgot: each has a thread and a connection. */
  static final int MAX = 16;

  private final AtomicInteger now = new AtomicInteger();

  /** Lets one more in; whoever is let in must {@link #leave}. */
  boolean enter() {
    if (now.incrementAndGet() <= MAX) {
      return true;
    }
    now.decrementAndGet();
    return false;
  }

  void leave() {
    now.decrementAndGet();
  }

  boolean any() {
    return now.get() > 0;
  }
}
