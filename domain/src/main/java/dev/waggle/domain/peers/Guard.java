package dev.waggle.domain.peers;

import dev.waggle.domain.addresses.NetworkGroup;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import java.time.Duration;

/**
 * A peer that this node has reached itself, where, and how its dials went since (PROTOCOL §9.1).
 */
final class Guard {
  /** A link that lived so long ends a row of failures: who flaps is left alone longer each time. */
  static final Duration STEADY_AFTER = Duration.ofMinutes(10);

  /** The first wait after a dial; twice as long after each failure in a row. */
  static final Duration RETRY = Duration.ofSeconds(1);

  static final Duration MAX_RETRY = Duration.ofMinutes(10);

  /** A peer that had no place is up, but wanted by many: dials would push out somebody else. */
  static final Duration RESTS_IF_FULL = Duration.ofHours(1);

  /** Twice as long each time, at most so often: 16 h. */
  private static final int MAX_DOUBLINGS_IF_FULL = 4;

  /** Dials in vain before a guard is not worth its place, if it was not reached for long. */
  static final int MAX_FAILURES = 10;

  static final Duration FORGIVEN_WITHIN = Duration.ofDays(7);

  private static final int MAX_DOUBLINGS = 10;

  private final PeerId peer;
  private IpEndpoint endpoint;
  private NetworkGroup group;
  private long restsUntilNanos;
  private int failuresInARow;
  private int refusalsInARow;
  private int failures;
  private long countedNanos;
  private long reachedNanos;

  Guard(IpEndpoint endpoint, PeerId peer, long reachedNanos, long nowNanos) {
    this.endpoint = endpoint;
    this.group = NetworkGroup.of(endpoint);
    this.peer = peer;
    this.reachedNanos = reachedNanos;
    this.restsUntilNanos = nowNanos;
  }

  IpEndpoint endpoint() {
    return endpoint;
  }

  NetworkGroup group() {
    return group;
  }

  PeerId peer() {
    return peer;
  }

  PeerAddress address() {
    return new PeerAddress(endpoint.endpoint(), peer);
  }

  /** When it may be dialled again. */
  long restsUntilNanos() {
    return restsUntilNanos;
  }

  boolean hasRested(long nowNanos) {
    return nowNanos - restsUntilNanos >= 0;
  }

  /** Whether nobody has answered the last dial, or not yet. */
  boolean isFailing() {
    return failures > 0;
  }

  /** The peer is at another address now. */
  void moved(IpEndpoint to) {
    endpoint = to;
    group = NetworkGroup.of(to);
  }

  /**
   * It is being dialled, which counts as a failure until its link has stood.
   *
   * @param counts whether it is a reason to give its place away if nobody answers
   */
  void attempted(boolean counts, long nowNanos) {
    rests(nowNanos);
    failuresInARow++;
    if (counts) {
      failures++;
      countedNanos = nowNanos;
    }
  }

  private void rests(long nowNanos) {
    Duration doubled = RETRY.multipliedBy(1L << Math.min(failuresInARow, MAX_DOUBLINGS));
    restsUntilNanos = nowNanos + Math.min(doubled.toNanos(), MAX_RETRY.toNanos());
  }

  /** Whether no dial was counted since {@code nanos}. */
  boolean wasNotCountedSince(long nanos) {
    return failures == 0 || countedNanos - nanos < 0;
  }

  /** It has answered, and proved itself. */
  void reached(long nowNanos) {
    reachedNanos = nowNanos;
    failures = 0;
  }

  /**
   * A link to it has ended.
   *
   * @param dismissed whether this node has ended it, for no fault of the peer's
   */
  void lost(long livedNanos, boolean dismissed, long nowNanos) {
    reachedNanos = nowNanos;
    if (dismissed || livedNanos >= STEADY_AFTER.toNanos()) {
      failuresInARow = 0;
      refusalsInARow = 0;
    }
    rests(nowNanos);
  }

  /** It has ended a link because it had no place for it. */
  void refused(long nowNanos) {
    int doublings = Math.min(refusalsInARow++, MAX_DOUBLINGS_IF_FULL);
    restsUntilNanos = nowNanos + RESTS_IF_FULL.multipliedBy(1L << doublings).toNanos();
  }

  /** Whether its place is better given to another one. */
  boolean isWorthless(long nowNanos) {
    return failures >= MAX_FAILURES && nowNanos - reachedNanos >= FORGIVEN_WITHIN.toNanos();
  }

  @Override
  public String toString() {
    return "Guard(" + peer.shortHex() + " at " + endpoint + ")";
  }
}
