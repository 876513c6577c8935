package dev.waggle.domain.gossip;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.neighbour.Offence;
import dev.waggle.domain.relay.CompactRelay;
import dev.waggle.domain.relay.RelayedBlock;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.DeliveryFailed;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has the application judge messages, each once, and does what follows from its verdict (PROTOCOL
 * §8.3): one that is accepted is handed over and forwarded, and what waited for it is judged again.
 */
final class Judge {
  /** Messages that were too early and are judged at once, so that others are heard in between. */
  private static final int MAX_DUE = 16;

  private final GossipApplication application;
  private final DuplicateFilter filter;
  private final MessageCache cache;
  private final WaitingRoom waiting;
  private final Wanted wanted;
  private final Walks walks;
  private final CompactRelay relay;
  private final Spreader spreader;
  private boolean released;
  private long accepted;
  private long ignored;
  private long rejected;

  Judge(
      GossipApplication application,
      DuplicateFilter filter,
      MessageCache cache,
      WaitingRoom waiting,
      Wanted wanted,
      Walks walks,
      CompactRelay relay,
      Spreader spreader) {
    this.application = application;
    this.filter = filter;
    this.cache = cache;
    this.waiting = waiting;
    this.wanted = wanted;
    this.walks = walks;
    this.relay = relay;
    this.spreader = spreader;
  }

  /** Judges a message, then whatever waited for it, and so on. */
  Verdict judgeAndRelease(
      Delivery delivery, Bringer bringer, Set<Neighbour> holders, News news, long nowNanos) {
    Verdict verdict = judge(delivery, bringer, holders, news, null, nowNanos);
    if (isFinal(verdict) && !waiting.isEmpty()) {
      release(delivery.id(), nowNanos);
    }
    return verdict;
  }

  /** Judges again what waited for a message, then what waited for that: a loop, not a recursion. */
  private void release(MessageId id, long nowNanos) {
    Deque<MessageId> settled = new ArrayDeque<>();
    settled.add(id);
    while (!settled.isEmpty()) {
      for (Waiting waiter : waiting.release(settled.poll(), nowNanos)) {
        released = true;
        if (rejudge(waiter, nowNanos)) {
          settled.add(waiter.id());
        }
      }
    }
  }

  /** Whether something that waited was judged again since the last call. */
  boolean takeReleased() {
    boolean any = released;
    released = false;
    return any;
  }

  /** Returns whether a message that has waited is judged for good now. */
  private boolean rejudge(Waiting waiter, long nowNanos) {
    Delivery delivery = waiter.delivery();
    if (delivery == null) {
      walks.recall(waiter, nowNanos);
      return false;
    }
    Bringer bringer = Bringer.ofAll(waiter.from());
    return isFinal(
        judge(delivery, bringer, waiter.holders(), News.OLD, waiter.missing(), nowNanos));
  }

  private static boolean isFinal(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accept _, Verdict.Ignore _, Verdict.Reject _ -> true;
      case Verdict.Await _, Verdict.NotYet _ -> false;
    };
  }

  /**
   * Lets the application judge one message, and does what follows for this one.
   *
   * @param bringer who has brought it
   * @param waitedFor what it has waited for before, or null
   */
  private Verdict judge(
      Delivery delivery,
      Bringer bringer,
      Set<Neighbour> holders,
      News news,
      @Nullable MessageId waitedFor,
      long nowNanos) {
    Neighbour from = bringer.peer();
    Verdict verdict = application.validate(delivery);
    if (!(verdict instanceof Verdict.Accept) || news == News.CAUGHT_UP) {
      relay.notToldOn(delivery.id(), nowNanos);
    }
    switch (verdict) {
      case Verdict.Accept _ -> {
        boolean toldOn = news != News.CAUGHT_UP;
        RelayedBlock block = toldOn ? relay.prepare(delivery, from, nowNanos) : null;
        Verdict.Ignore failure = deliver(delivery, nowNanos);
        if (failure != null) {
          relay.notToldOn(delivery.id(), nowNanos);
          ignored++;
          return failure;
        }
        accepted++;
        if (from != null) {
          from.broughtFirst(delivery.message().kind(), nowNanos);
        }
        if (toldOn) {
          boolean old = news == News.OLD;
          if (block != null) {
            relay.accepted(block, holders, old, nowNanos);
          }
          spreader.forward(delivery, from, holders, old, block != null && !old, nowNanos);
        }
      }
      case Verdict.Ignore _ -> {
        ignored++;
        remember(delivery.id(), null, nowNanos);
      }
      case Verdict.Reject _ -> {
        rejected++;
        remember(delivery.id(), null, nowNanos);
        for (MessageId condemned : waiting.condemn(delivery.id(), nowNanos)) {
          remember(condemned, null, nowNanos);
        }
        if (from != null && bringer.answers()) {
          from.blame(Offence.INVALID_MESSAGE, nowNanos);
        }
      }
      case Verdict.Await(MessageId missing) -> {
        // What is no nearer to being judged than before would wait for ever.
        boolean nearer = !missing.equals(waitedFor) && !missing.equals(delivery.id());
        if (from != null && nearer) {
          walks.await(delivery, missing, from, holders, news == News.OLD, nowNanos);
        }
      }
      case Verdict.NotYet(_, Duration time) -> {
        // One that is further off than we remember comes anew in its time.
        if (from != null && !walks.postpone(delivery, time, from, holders, nowNanos)) {
          ignored++;
          remember(delivery.id(), null, nowNanos);
        }
      }
    }
    return verdict;
  }

  /**
   * Hands an accepted message over. One that the environment kept from being kept is not remembered
   * as judged, so that it can come again; its verdict is returned.
   */
  private Verdict.@Nullable Ignore deliver(Delivery delivery, long nowNanos) {
    boolean judged = true;
    try {
      application.deliver(delivery);
      return null;
    } catch (DeliveryFailed e) {
      judged = false;
      return new Verdict.Ignore(String.valueOf(e.getMessage()));
    } finally {
      if (judged) {
        remember(delivery.id(), delivery.message(), nowNanos);
      }
    }
  }

  private void remember(MessageId id, @Nullable GossipMessage message, long nowNanos) {
    cache.add(id, message, nowNanos);
    filterOut(id);
  }

  /** A judged message need not come again, unless somebody keeps a promise by sending it. */
  void filterOut(MessageId id) {
    if (cache.contains(id) && !wanted.isExpected(id)) {
      filter.add(id);
    }
  }

  /** Judges some of those whose time has come; if there are more, the alarm rings again at once. */
  void judgeDue(long nowNanos) {
    Waiting due = waiting.takeDue(nowNanos);
    for (int judged = 1; due != null; judged++) {
      if (rejudge(due, nowNanos)) {
        release(due.id(), nowNanos);
      }
      due = judged < MAX_DUE ? waiting.takeDue(nowNanos) : null;
    }
  }

  /** Messages that the application accepted since the start. */
  long accepted() {
    return accepted;
  }

  long ignored() {
    return ignored;
  }

  long rejected() {
    return rejected;
  }

  /** A header that came alone was none. */
  void rejectedHeader() {
    rejected++;
  }

  /** A header that came alone is not our business. */
  void ignoredHeader() {
    ignored++;
  }
}
