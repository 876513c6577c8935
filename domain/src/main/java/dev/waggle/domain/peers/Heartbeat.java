package dev.waggle.domain.peers;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Whether the peer of one link is still there (PROTOCOL §9.2).
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

  /** When to try again where the outgoing queue has no room for a Ping. */
  private static final Duration PING_RETRY = Duration.ofSeconds(1);

  private long deadlineNanos;
  private boolean pinged;
  private long nonce;
  private long pingedNanos;
  private OptionalLong roundTripNanos = OptionalLong.empty();

  /** Due at once, so that it sets itself up by the limits in force. */
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
    if (silentNanos >= settings.silenceLimit().toNanos()) {
      return Action.CLOSE;
    }
    if (silentNanos < settings.pingAfter().toNanos()) {
      deadlineNanos = heardNanos + settings.pingAfter().toNanos();
      return Action.NOTHING;
    }
    deadlineNanos = heardNanos + settings.silenceLimit().toNanos();
    return pinged ? Action.NOTHING : Action.PING;
  }

  /** A Ping is on its way. */
  void pinged(long nonce, long nowNanos) {
    pinged = true;
    this.nonce = nonce;
    pingedNanos = nowNanos;
  }

  /** The outgoing queue had no room for a Ping. */
  void pingLater(long nowNanos) {
    deadlineNanos = nowNanos + PING_RETRY.toNanos();
  }

  /**
   * A Pong has arrived.
   *
   * @return whether it answers our Ping
   */
  boolean pong(PeerSettings settings, long answered, long nowNanos) {
    if (!pinged || answered != nonce) {
      return false;
    }
    pinged = false;
    deadlineNanos = nowNanos + settings.pingAfter().toNanos();
    roundTripNanos = OptionalLong.of(nowNanos - pingedNanos);
    return true;
  }

  /** The time that the last answered Ping took. */
  OptionalLong roundTripNanos() {
    return roundTripNanos;
  }
}
