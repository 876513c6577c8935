package dev.waggle.domain.sync;

import dev.waggle.domain.neighbour.Neighbour;
import java.time.Duration;

/**
 * A peer that has a chain which is followed: how far, how much it is asked for, and how fast it
 * sends that.
 */
final class Server {
  /** Blocks that it is asked for at first: they may be large, or not come. */
  static final int FIRST_LIMIT = 2;

  /** Blocks that it is asked for at most. */
  static final int MAX_LIMIT = 1024;

  /** Whose blocks come so soon is asked for more. */
  static final Duration QUICK = Duration.ofSeconds(1);

  /** Whose blocks come no sooner is asked for less. */
  static final Duration SLOW = Duration.ofSeconds(2);

  /** Over so many blocks the pace is about the mean. */
  private static final int PACE_OVER = 8;

  private final Neighbour peer;
  private long end;
  private long further;
  private int limit = FIRST_LIMIT;
  private int asked;
  private long heardNanos;
  private boolean owing;
  private long silentNanos;
  private boolean silent;
  private long askedEnd;
  private long paceNanos = QUICK.toNanos();
  private long brought;
  private long broughtLately;

  /**
   * A peer that is asked for nothing yet.
   *
   * @param end the number of the first block of the chain that it is not known to have
   * @param further how many it says that follow
   */
  Server(Neighbour peer, long end, long further) {
    this.peer = peer;
    this.end = end;
    this.further = further;
  }

  Neighbour peer() {
    return peer;
  }

  long end() {
    return end;
  }

  /** How many it says that follow those that it is known to have. */
  long further() {
    return further;
  }

  void has(long newEnd, long nowFurther) {
    end = Math.max(end, newEnd);
    further = nowFurther;
  }

  /** It knows of no block more, whatever it has said. */
  void hasNoFurther() {
    further = 0;
  }

  int limit() {
    return limit;
  }

  int asked() {
    return asked;
  }

  /** How long its blocks take from being asked for, of late. */
  long paceNanos() {
    return paceNanos;
  }

  /** Blocks that it has sent. */
  long brought() {
    return brought;
  }

  /** Blocks that it has sent since {@link #forgetLately}. */
  long broughtLately() {
    return broughtLately;
  }

  void forgetLately() {
    broughtLately = 0;
  }

  void ask(int blocks, long nowNanos) {
    if (!isOwing()) {
      heardNanos = nowNanos;
    }
    asked += blocks;
  }

  /** Whether it was asked for something since it sent something last, or is being asked. */
  boolean isOwing() {
    return asked > 0 || owing;
  }

  /** It need not send a block any more. */
  void release() {
    asked--;
  }

  /** Another one is asked for what it did not send. */
  void takeBack() {
    asked--;
    owing = true;
  }

  /** It has sent a block of the chain. */
  void sent(long nowNanos) {
    brought++;
    broughtLately++;
    heardNanos = nowNanos;
    owing = false;
    silent = false;
  }

  /** A block that it was asked for has taken so long. */
  void took(long nanos) {
    paceNanos += (nanos - paceNanos) / PACE_OVER;
    if (nanos < QUICK.toNanos()) {
      limit = Math.min(limit + 1, MAX_LIMIT);
    } else if (nanos > SLOW.toNanos()) {
      limit = Math.max(limit - 1, 1);
    }
  }

  /** Another one is asked for what it has not sent for so long. */
  void overtaken(long nanos) {
    took(nanos);
    limit = Math.max(limit / 2, 1);
  }

  /** Since when it has sent nothing of what it was asked for; only if it is owing. */
  long heardNanos() {
    return heardNanos;
  }

  /** It sends nothing: it is asked for no more until it does. */
  void fallsSilent(long nowNanos) {
    silent = true;
    silentNanos = nowNanos;
    limit = Math.max(limit / 2, 1);
  }

  boolean isSilent() {
    return silent;
  }

  /** Since when it is silent. */
  long silentNanos() {
    return silentNanos;
  }

  /** Whether it was asked whether it has the chain as far as here. */
  boolean wasAskedFor(long chainEnd) {
    return askedEnd >= chainEnd;
  }

  void askedFor(long chainEnd) {
    askedEnd = chainEnd;
  }
}
