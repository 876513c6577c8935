package dev.waggle.domain.reach;

import dev.waggle.domain.addresses.NetworkGroup;
import dev.waggle.domain.chance.Draws;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.node.Reachability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * One address at which others might dial this node, and what has come of it (PROTOCOL §9.9).
 *
 * <pre>
 * Unknown   --dialled back--> Reachable
 * Unknown   --not reached-->  Private    once 3 groups have said so; else Unknown
 * Reachable --dialled back--> Reachable  what others have said before is forgotten
 * Reachable --not reached-->  Private    once 3 groups have said so; else Reachable
 * Private   --dialled back--> Reachable  once peers of 2 groups have; else Private
 * Private   --not reached-->  Private    and is asked for less often
 * </pre>
 *
 * Of fewer groups that can be asked at all, each has to say the same twice.
 */
final class Candidate {
  /** So many groups must have failed to reach the node there. */
  static final int GROUPS_FOR_PRIVATE = 3;

  /** So many must have reached it, before a private one is believed to have changed. */
  static final int GROUPS_FOR_REACHABLE = 2;

  /** Asked for again while nothing is sure. */
  static final Duration SOON = Duration.ofSeconds(10);

  /** While it is reachable. */
  static final Duration REASSURED_EVERY = Duration.ofMinutes(30);

  /** After it has become private, and twice as long each time. */
  static final Duration FIRST_RETRY = Duration.ofMinutes(1);

  static final Duration LAST_RETRY = Duration.ofMinutes(30);

  /** Groups of which it is remembered who was asked last: no more are linked. */
  private static final int MAX_ASKED = 32;

  private static final int MAX_DOUBLINGS = 5;

  /** What is known. */
  sealed interface State {}

  /** Nobody has dialled back yet. */
  record Unknown(Votes notReached) implements State {}

  /** Somebody has. */
  record Reachable(Votes notReached) implements State {}

  /** Too many have tried in vain. */
  record Private(Votes dialledBack, int failures) implements State {}

  private final IpEndpoint endpoint;
  private final List<NetworkGroup> asked = new ArrayList<>(); // The last one is last.
  private State state = new Unknown(Votes.NONE);
  private long dueNanos;

  /** One of which nothing is known, to be asked for at once. */
  Candidate(IpEndpoint endpoint, long nowNanos) {
    this.endpoint = endpoint;
    this.dueNanos = nowNanos;
  }

  IpEndpoint endpoint() {
    return endpoint;
  }

  State state() {
    return state;
  }

  Reachability reachability() {
    return switch (state) {
      case Unknown _ -> Reachability.UNKNOWN;
      case Reachable _ -> Reachability.REACHABLE;
      case Private _ -> Reachability.PRIVATE;
    };
  }

  long dueNanos() {
    return dueNanos;
  }

  /** How lately a group was asked for this address: -1 if never, else the higher the later. */
  int lastAsked(NetworkGroup group) {
    return asked.indexOf(group);
  }

  /** Somebody of this group is being asked. */
  void isAsked(NetworkGroup group, Draws draws, long nowNanos) {
    asked.remove(group);
    if (asked.size() == MAX_ASKED) {
      asked.removeFirst();
    }
    asked.add(group);
    Duration wait =
        switch (state) {
          case Unknown _ -> SOON;
          case Reachable(Votes notReached) -> notReached.isEmpty() ? REASSURED_EVERY : SOON;
          case Private(Votes _, int failures) -> retryAfter(failures);
        };
    dueIn(wait, draws, nowNanos);
  }

  /** Who was asked has not tried: somebody else may. */
  void wasRefused(long nowNanos) {
    dueNanos = nowNanos;
  }

  /**
   * A peer has dialled back.
   *
   * @param askable the groups that can be asked
   */
  void dialledBack(NetworkGroup by, Collection<NetworkGroup> askable, Draws draws, long nowNanos) {
    state =
        switch (state) {
          case Unknown _, Reachable _ -> new Reachable(Votes.NONE);
          case Private(Votes dialledBack, int failures) -> {
            Votes more = dialledBack.and(by);
            yield more.suffice(GROUPS_FOR_REACHABLE, askable)
                ? new Reachable(Votes.NONE)
                : new Private(more, failures);
          }
        };
    dueIn(state instanceof Reachable ? REASSURED_EVERY : SOON, draws, nowNanos);
  }

  /** A peer says that it has dialled in vain. */
  void notReached(NetworkGroup by, Collection<NetworkGroup> askable, Draws draws, long nowNanos) {
    state =
        switch (state) {
          case Unknown(Votes notReached) -> {
            Votes more = notReached.and(by);
            yield isPrivate(more, askable) ? new Private(Votes.NONE, 0) : new Unknown(more);
          }
          case Reachable(Votes notReached) -> {
            Votes more = notReached.and(by);
            yield isPrivate(more, askable) ? new Private(Votes.NONE, 0) : new Reachable(more);
          }
          case Private(Votes dialledBack, int failures) ->
              new Private(dialledBack, Math.min(failures + 1, MAX_DOUBLINGS));
        };
    switch (state) {
      case Unknown _ -> {} // When to ask next was settled when this one was asked.
      case Reachable _ -> dueIn(SOON, draws, nowNanos);
      case Private(Votes _, int failures) -> dueIn(retryAfter(failures), draws, nowNanos);
    }
  }

  private static boolean isPrivate(Votes notReached, Collection<NetworkGroup> askable) {
    return notReached.suffice(GROUPS_FOR_PRIVATE, askable);
  }

  private static Duration retryAfter(int failures) {
    Duration doubled = FIRST_RETRY.multipliedBy(1L << failures);
    return doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
  }

  /** From half to one and a half of {@code wait}: so nobody can foresee when it is asked for. */
  private void dueIn(Duration wait, Draws draws, long nowNanos) {
    dueNanos = nowNanos + wait.toNanos() / 2 + draws.below(wait.toNanos());
  }
}
