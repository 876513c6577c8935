package dev.waggle.domain.sync;

import dev.waggle.ports.node.CatchUpObserver;
import java.time.Duration;

/** Tells an observer how catching up goes: when it begins, every few seconds, and when it ends. */
final class Progress {
  static final Duration EVERY = Duration.ofSeconds(5);

  private final CatchUpObserver observer;
  private boolean under;
  private long accepted;
  private long total;
  private boolean whole;
  private long toldNanos;

  Progress(CatchUpObserver observer) {
    this.observer = observer;
  }

  void accepted() {
    accepted++;
    total++;
  }

  /** A chain has come to nothing. */
  void givenUp() {
    whole = false;
  }

  /** Chains are followed, and as many blocks are missing as peers have claimed. */
  void goesOn(long further, long nowNanos) {
    if (!under) {
      under = true;
      accepted = 0;
      whole = true;
      toldNanos = nowNanos - EVERY.toNanos();
    }
    if (nowNanos - toldNanos >= EVERY.toNanos()) {
      toldNanos = nowNanos;
      observer.catchingUp(accepted, further);
    }
  }

  /** No chain is followed any more. */
  void ended() {
    if (under) {
      under = false;
      observer.caughtUp(accepted, whole);
    }
  }

  /** Blocks that were caught up with, and accepted, since the start. */
  long total() {
    return total;
  }
}
