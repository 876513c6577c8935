package dev.waggle.domain.peers;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * Whether the peer of one link is still there, and how far away it is (PROTOCOL §9.2).
 *
 * <p>Asked when its deadline comes, not told of every byte: a busy link costs nothing.
 */
final class Heartbeat {
  /** What is to be done. */
  enum Action {
    NOTHING,
    PING,
    CLOSE
  }

  /**
   * Unanswered Pings that are remembered. One silence has two of them by default, and three if it
   * begins with the link; more are open only where other bytes came in between, and held their
   * Pongs up or took their place.
   */
  static final int MAX_OPEN = 4;

  /** When to try again where the outgoing queue has no room for a Ping. */
  private static final Duration PING_RETRY = Duration.ofSeconds(1);

  /** A Ping that may still be answered. */
  private record Open(long nonce, long sentNanos) {}

  private final Deque<Open> open = new ArrayDeque<>(MAX_OPEN);
  private long deadlineNanos;
  private int forgotten;
  private boolean everPinged;
  private OptionalLong roundTripNanos = OptionalLong.empty();
  private OptionalLong leastRoundTripNanos = OptionalLong.empty();

  /** Due at once: the first Ping tells how far away the peer is, not whether it is there. */
  Heartbeat(long nowNanos) {
    this.deadlineNanos = nowNanos;
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  /**
   * Decides what is due and when the next decision is.
   *
   * @param heardNanos when the peer last gave a sign of life
   */
  Action check(PeerSettings settings, long heardNanos, long nowNanos) {
    long silentNanos = nowNanos - heardNanos;
    long leftNanos = settings.silenceLimit().toNanos() - silentNanos;
    if (leftNanos <= 0) {
      return Action.CLOSE;
    }
    long unaskedNanos =
        open.isEmpty() ? silentNanos : Math.min(silentNanos, nowNanos - open.getLast().sentNanos);
    long pingAfterNanos = settings.pingAfter().toNanos();
    boolean due = !everPinged || unaskedNanos >= pingAfterNanos;
    long nextNanos = due ? pingAfterNanos : pingAfterNanos - unaskedNanos;
    deadlineNanos = nowNanos + Math.min(nextNanos, leftNanos);
    return due ? Action.PING : Action.NOTHING;
  }

  /** A Ping is on its way. */
  void pinged(long nonce, long nowNanos) {
    everPinged = true;
    if (open.size() == MAX_OPEN) {
      open.removeFirst();
      forgotten++;
    }
    open.addLast(new Open(nonce, nowNanos));
  }

  /** The outgoing queue had no room for a Ping. */
  void pingLater(long nowNanos) {
    deadlineNanos = nowNanos + PING_RETRY.toNanos();
  }

  /**
   * A Pong has arrived.
   *
   * @return whether it answers, or may answer, a Ping of ours
   */
  boolean pong(long answered, long nowNanos) {
    if (open.stream().anyMatch(ping -> ping.nonce == answered)) {
      Open ping = open.removeFirst();
      while (ping.nonce != answered) {
        ping = open.removeFirst(); // Pings are answered in order: that one is not any more.
      }
      forgotten = 0;
      timed(nowNanos - ping.sentNanos);
      return true;
    }
    if (forgotten > 0) {
      forgotten--;
      return true;
    }
    return false;
  }

  private void timed(long nanos) {
    roundTripNanos = OptionalLong.of(nanos);
    leastRoundTripNanos = OptionalLong.of(Math.min(nanos, leastRoundTripNanos.orElse(nanos)));
  }

  /** The time that the last answered Ping took. */
  OptionalLong roundTripNanos() {
    return roundTripNanos;
  }

  /** The least time that an answered Ping took: nobody seems nearer than it is. */
  OptionalLong leastRoundTripNanos() {
    return leastRoundTripNanos;
  }
}
