package dev.waggle.domain.gossip;

import dev.waggle.domain.gossip.WaitingRoom.Waiting;
import dev.waggle.domain.gossip.Wanted.Want;
import dev.waggle.domain.peers.Alarm;
import dev.waggle.domain.peers.Draws;
import dev.waggle.domain.peers.Neighbour;
import dev.waggle.domain.peers.Offence;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.DeliveryFailed;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which message goes to whom (PROTOCOL §8).
 *
 * <p>A message is judged by the application once, and forwarded only if accepted: a small one is
 * pushed to every peer that is not known to have it; a large one is pushed to a few, and announced
 * to the rest, who ask for it. One that was missing, or waited for another, is old news to most,
 * and is only announced. Nothing is forwarded twice, so who has a message matters only until it is
 * judged: the seen-cache need not know.
 *
 * <p>Single-threaded; every method deals with all that its event causes before it returns.
 */
public final class GossipRouter {
  private static final Verdict.Ignore KNOWN = new Verdict.Ignore("known already");

  /**
   * How often peers are told the inventory again. Whatever a full queue, a lost link or a lack of
   * room has kept from somebody, this lets the network agree in the end, for 40 bytes.
   */
  private static final Duration REMIND_EVERY = Duration.ofSeconds(60);

  private final GossipApplication application;
  private final Draws draws;
  private final Alarm alarm;
  private final MessageIds ids;
  private final MessageCache cache;
  private final WaitingRoom waiting;
  private final Wanted wanted;
  private final Batches requests = new Batches(Wanted.MAX_TOTAL, WireMessage.Request::new);
  // One full Announce, which is all that a peer takes on our word at once. When a whole chain was
  // accepted these are the last blocks of it, from which the peer walks back.
  private final Batches announcements = new Batches(WireMessage.MAX_IDS, WireMessage.Announce::new);
  private final List<Neighbour> neighbours = new ArrayList<>();
  private final Spreader spreader;
  private final Tick sweep;
  private final Tick reminder = new Tick(REMIND_EVERY);

  private long accepted;
  private long ignored;
  private long rejected;
  private long duplicates;
  private long served;
  private long unserved;

  public GossipRouter(
      GossipSettings settings,
      HashFunction sha256,
      GossipApplication application,
      Draws draws,
      Alarm alarm) {
    this.application = application;
    this.draws = draws;
    this.alarm = alarm;
    this.sweep = new Tick(settings.requestTimeout());
    this.ids = new MessageIds(sha256);
    this.cache = new MessageCache(settings, draws.nextLong());
    this.waiting = new WaitingRoom(settings);
    this.wanted = new Wanted(settings, requests);
    this.spreader = new Spreader(settings, neighbours, announcements, draws);
  }

  /** A link to {@code peer} is in use: tells it what there is to catch up with. */
  public void linked(Neighbour peer, long nowNanos) {
    if (!neighbours.contains(peer)) {
      neighbours.add(peer);
    }
    tellInventory(peer, nowNanos);
    finish(nowNanos);
  }

  private void tellInventory(Neighbour peer, long nowNanos) {
    List<MessageId> inventory = application.inventory();
    if (!inventory.isEmpty()) {
      int count = Math.min(inventory.size(), WireMessage.MAX_IDS);
      peer.send(new WireMessage.Announce(inventory.subList(0, count)), nowNanos);
    }
  }

  /** The last link to {@code peer} is gone. */
  public void departed(Neighbour peer, long nowNanos) {
    neighbours.remove(peer);
    wanted.departed(peer, nowNanos);
    finish(nowNanos);
  }

  /** A peer sent a message, asked for or not. */
  public void gossiped(Neighbour from, GossipMessage message, long nowNanos) {
    MessageId id = ids.of(message);
    Want want = wanted.remove(id);
    if (want == null && isKnown(id, from)) {
      duplicates++;
      return;
    }
    Delivery delivery = new Delivery(id, message, from.id());
    if (want == null) {
      judgeAndRelease(delivery, from, Collections.emptySet(), false, nowNanos);
    } else {
      judgeAndRelease(delivery, from, want.holders(), want.isMissing(), nowNanos);
    }
    finish(nowNanos);
  }

  /** Whether the message was judged already or waits; then {@code from} has it too. */
  private boolean isKnown(MessageId id, Neighbour from) {
    if (cache.contains(id)) {
      return true;
    }
    Waiting here = waiting.find(id);
    if (here != null) {
      here.addHolder(from);
    }
    return here != null;
  }

  /** A peer has these messages: asks for those that are new to us. */
  public void announced(Neighbour from, List<MessageId> announced, long nowNanos) {
    for (MessageId id : announced) {
      if (!isKnown(id, from)) {
        wanted.announced(id, from, nowNanos);
      }
    }
    finish(nowNanos);
  }

  /** A peer wants these messages: sends what we have, as far as its queue has room. */
  public void requested(Neighbour from, List<MessageId> requested, long nowNanos) {
    for (MessageId id : requested) {
      GossipMessage message = cache.find(id);
      if (message == null) {
        message = application.find(id);
      }
      if (message == null) {
        continue;
      }
      if (!from.send(new WireMessage.Gossip(message), nowNanos)) {
        unserved++;
        return; // It asks again for the rest when it has waited long enough.
      }
      served++;
    }
  }

  /**
   * Judges and forwards a message that was made here. One that awaits another is not kept: whoever
   * made it can wait better.
   */
  public Verdict publish(GossipMessage message, long nowNanos) {
    MessageId id = ids.of(message);
    if (cache.contains(id) || waiting.find(id) != null) {
      return KNOWN;
    }
    Want want = wanted.remove(id);
    Set<Neighbour> holders = want == null ? Collections.emptySet() : want.holders();
    Delivery delivery = new Delivery(id, message, null);
    Verdict verdict = judgeAndRelease(delivery, null, holders, false, nowNanos);
    finish(nowNanos);
    return verdict;
  }

  /** Asks others for what has not come, and forgets what is too old. */
  public void timePassed(long nowNanos) {
    wanted.expire(nowNanos);
    if (sweep.strikes(nowNanos)) {
      cache.expire(nowNanos);
      waiting.expire(nowNanos);
      resumeWalks(nowNanos);
    }
    if (reminder.strikes(nowNanos)) {
      for (Neighbour peer : neighbours) {
        tellInventory(peer, nowNanos);
      }
    }
    finish(nowNanos);
  }

  /** Sends what was gathered, and sees to it that deadlines are met. */
  private void finish(long nowNanos) {
    requests.flush(nowNanos);
    announcements.flush(nowNanos);
    if (wanted.size() > 0) {
      alarm.by(wanted.deadlineNanos());
    }
    if (cache.size() > 0 || !waiting.isEmpty()) {
      sweep.wind(alarm, nowNanos);
    }
    if (!neighbours.isEmpty()) {
      reminder.wind(alarm, nowNanos);
    }
  }

  /** Judges a message, then whatever waited for it, and so on: a loop, however long the chain. */
  private Verdict judgeAndRelease(
      Delivery delivery,
      @Nullable Neighbour from,
      Set<Neighbour> holders,
      boolean old,
      long nowNanos) {
    Verdict verdict = judge(delivery, from, holders, old, null, nowNanos);
    if (waiting.isEmpty() || verdict instanceof Verdict.Await) {
      return verdict;
    }
    boolean any = false;
    Deque<MessageId> settled = new ArrayDeque<>();
    settled.add(delivery.id());
    while (!settled.isEmpty()) {
      for (Waiting released : waiting.release(settled.poll(), nowNanos)) {
        any = true;
        if (rejudge(released, nowNanos)) {
          settled.add(released.id());
        }
      }
    }
    if (any && wanted.missingCount() == 0) {
      resumeWalks(nowNanos);
    }
    return verdict;
  }

  /** Returns whether a message that has waited is judged for good now. */
  private boolean rejudge(Waiting released, long nowNanos) {
    GossipMessage message = released.message();
    if (message == null) {
      wanted.missing(released.id(), released.holders(), nowNanos);
      return false;
    }
    Neighbour from = released.from();
    Delivery delivery = new Delivery(released.id(), message, from.id());
    Verdict verdict = judge(delivery, from, released.holders(), true, released.missing(), nowNanos);
    return !(verdict instanceof Verdict.Await);
  }

  /**
   * Lets the application judge one message, and does what follows for this one.
   *
   * @param old whether most peers are likely to have it
   * @param waitedFor what it has waited for before, or null
   */
  private Verdict judge(
      Delivery delivery,
      @Nullable Neighbour from,
      Set<Neighbour> holders,
      boolean old,
      @Nullable MessageId waitedFor,
      long nowNanos) {
    Verdict verdict = application.validate(delivery);
    switch (verdict) {
      case Verdict.Accept _ -> {
        Verdict.Ignore failure = deliver(delivery, nowNanos);
        if (failure != null) {
          ignored++;
          return failure;
        }
        accepted++;
        spreader.forward(delivery, from, holders, old, nowNanos);
      }
      case Verdict.Ignore _ -> {
        ignored++;
        cache.add(delivery.id(), null, nowNanos);
      }
      case Verdict.Reject _ -> {
        rejected++;
        cache.add(delivery.id(), null, nowNanos);
        for (MessageId condemned : waiting.condemn(delivery.id(), nowNanos)) {
          cache.add(condemned, null, nowNanos);
        }
        if (from != null) {
          from.blame(Offence.INVALID_MESSAGE, nowNanos);
        }
      }
      case Verdict.Await(MessageId missing) -> {
        // What is no nearer to being judged than before would wait for ever.
        boolean nearer = !missing.equals(waitedFor) && !missing.equals(delivery.id());
        if (from != null && nearer) {
          keep(delivery, missing, from, holders, nowNanos);
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
        cache.add(delivery.id(), delivery.message(), nowNanos);
      }
    }
  }

  private void keep(
      Delivery delivery, MessageId missing, Neighbour from, Set<Neighbour> holders, long nowNanos) {
    Waiting waiter = new Waiting(delivery.id(), missing, delivery.message(), from, holders);
    waiting.add(waiter, nowNanos);
    if (waiting.find(missing) == null) {
      Set<Neighbour> senderFirst = new LinkedHashSet<>();
      senderFirst.add(from);
      senderFirst.addAll(holders);
      wanted.missing(missing, senderFirst, nowNanos);
    }
  }

  /**
   * Asks anew for missing messages that nobody is being asked for: because there was no room to
   * remember the way, because nobody answered, or because who was asked has left. A peer that we
   * are walking back with already is let finish first.
   */
  private void resumeWalks(long nowNanos) {
    if (waiting.isEmpty() || neighbours.isEmpty()) {
      return;
    }
    Set<Neighbour> busy = wanted.askedForMissing();
    for (Waiting stalled : waiting.stalled()) {
      if (wanted.contains(stalled.missing())) {
        continue;
      }
      List<Neighbour> sources = sources(stalled);
      if (busy.add(sources.getFirst())) {
        wanted.missing(stalled.missing(), sources, nowNanos);
      }
    }
  }

  /**
   * Whom to ask for what a message waits for: the peers that had that message, and somebody else,
   * since they may have been restarted with nothing.
   */
  private List<Neighbour> sources(Waiting waiter) {
    List<Neighbour> sources = new ArrayList<>(waiter.holders());
    sources.removeIf(holder -> !holder.isConnected());
    int drawn = (int) draws.below(neighbours.size());
    for (int i = 0; i < neighbours.size(); i++) {
      Neighbour other = neighbours.get((drawn + i) % neighbours.size());
      if (!sources.contains(other)) {
        sources.add(other);
        break;
      }
    }
    return sources;
  }

  public GossipCounters counters() {
    return new GossipCounters(
        accepted,
        ignored,
        rejected,
        duplicates,
        spreader.pushed(),
        served,
        spreader.dropped() + unserved,
        requests.sent(),
        announcements.sent(),
        cache.size(),
        cache.keptBytes(),
        waiting.size(),
        wanted.size());
  }
}
