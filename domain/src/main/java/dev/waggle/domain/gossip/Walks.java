package dev.waggle.domain.gossip;

import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.sync.CatchUp;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.wire.MessageId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Walks back from messages that wait to those that they wait for (PROTOCOL §8.3): keeps the one and
 * asks for the other, and begins anew where nobody is being asked any more. What is far is left to
 * {@link CatchUp}, where that can be.
 */
final class Walks {
  /** No application's clock is so exact that it pays to come back sooner. */
  static final Duration MIN_EARLY = Duration.ofMillis(100);

  private final long maxEarlyNanos;
  private final WaitingRoom waiting;
  private final Wanted wanted;
  private final CatchUp catchUp;
  private final List<Neighbour> neighbours;
  private final Draws draws;

  /** Walks back with {@code neighbours} as they are at each time. */
  Walks(
      GossipSettings settings,
      WaitingRoom waiting,
      Wanted wanted,
      CatchUp catchUp,
      List<Neighbour> neighbours,
      Draws draws) {
    this.maxEarlyNanos = settings.waitingMaxAge().toNanos();
    this.waiting = waiting;
    this.wanted = wanted;
    this.catchUp = catchUp;
    this.neighbours = neighbours;
    this.draws = draws;
  }

  /**
   * Keeps a message until another one is there, and asks its sender for that.
   *
   * @param holders who has told us that they have the message
   * @param far whether it was asked for because another one awaits it: then what is missing may be
   *     much, and the node catches up with the sender if it can
   */
  void await(
      Delivery delivery,
      MessageId missing,
      Neighbour from,
      Set<Neighbour> holders,
      boolean far,
      long nowNanos) {
    Waiting waiter = Waiting.forMessage(delivery, from, missing);
    waiting.add(waiter, holders, nowNanos);
    if (waiting.find(missing) == null) {
      if (far ? !catchUp.begin(from, nowNanos) : !catchUp.isBusyWith(from)) {
        wanted.missing(missing, from, nowNanos);
      }
      for (Neighbour holder : waiter.holders()) {
        if (!catchUp.isBusyWith(holder)) {
          wanted.likely(missing, holder, nowNanos);
        }
      }
    }
  }

  /**
   * Keeps a message until its time, if that is soon.
   *
   * @return whether it is kept
   */
  boolean postpone(
      Delivery delivery, Duration time, Neighbour from, Set<Neighbour> holders, long nowNanos) {
    long nanos = time.compareTo(MIN_EARLY) < 0 ? MIN_EARLY.toNanos() : saturatedNanos(time);
    if (nanos >= maxEarlyNanos) {
      return false;
    }
    Waiting waiter = Waiting.until(nowNanos + nanos, delivery, from);
    waiting.add(waiter, holders, nowNanos);
    return true;
  }

  private static long saturatedNanos(Duration time) {
    return time.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0 ? Long.MAX_VALUE : time.toNanos();
  }

  /**
   * A peer has a message that waits here, so it has what that waits for. One that only says again
   * what its tip is, as all do every minute, begins no second walk beside the one that it is on:
   * the two would take room from each other.
   *
   * @param sent whether it has sent the message, rather than announced it
   */
  void told(Waiting here, Neighbour peer, boolean sent, long nowNanos) {
    waiting.addHolder(here, peer);
    MessageId missing = here.missing();
    if (missing == null || waiting.find(missing) != null || catchUp.isBusyWith(peer)) {
      return;
    }
    if (sent) {
      wanted.missing(missing, peer, nowNanos);
    } else if (wanted.isAskedFor(missing) || !wanted.isWalkedWith(peer)) {
      wanted.likely(missing, peer, nowNanos);
    }
  }

  /** Asks anew for a message of which only the id was kept, now that it can be judged. */
  void recall(Waiting stub, long nowNanos) {
    wanted.missing(stub.id(), stub.from(), nowNanos);
    for (Neighbour holder : stub.holders()) {
      wanted.likely(stub.id(), holder, nowNanos);
    }
  }

  /**
   * Asks anew for missing messages that nobody is being asked for: because there was no room to
   * remember the way, because nobody answered, or because who was asked has left. A peer that we
   * are walking back with already is let finish first. Where all have failed that should have the
   * message, somebody else is asked: they may have been restarted with nothing.
   */
  void resume(long nowNanos) {
    if (waiting.isEmpty() || neighbours.isEmpty()) {
      return;
    }
    Set<Neighbour> busy = wanted.walkedWith();
    for (Map.Entry<MessageId, Set<Neighbour>> stalled : waiting.stalled().entrySet()) {
      if (wanted.isAskedFor(stalled.getKey())) {
        continue;
      }
      List<Neighbour> holders = new ArrayList<>(stalled.getValue());
      holders.removeIf(holder -> !holder.isConnected());
      boolean nobody = holders.isEmpty();
      holders.removeIf(holder -> busy.contains(holder) || catchUp.isBusyWith(holder));
      if (nobody || !holders.isEmpty()) {
        wanted.resume(stalled.getKey(), holders, this::draw, nowNanos);
        busy.addAll(holders);
      }
    }
  }

  /** Draws one of the neighbours that fit: every other time of those whom we chose, if any does. */
  private @Nullable Neighbour draw(Predicate<Neighbour> fits) {
    boolean chosen = draws.below(2) == 0;
    int drawn = (int) draws.below(neighbours.size());
    Neighbour other = null;
    for (int i = 0; i < neighbours.size(); i++) {
      Neighbour peer = neighbours.get((drawn + i) % neighbours.size());
      if (fits.test(peer)) {
        if (!chosen || peer.isOutbound()) {
          return peer;
        }
        other = other == null ? peer : other;
      }
    }
    return other;
  }
}
