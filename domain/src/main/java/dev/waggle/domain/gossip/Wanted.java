package dev.waggle.domain.gossip;

import dev.waggle.domain.peers.Neighbour;
import dev.waggle.ports.wire.MessageId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ids that we know of but have no message for, and whom we have asked (PROTOCOL §8.2).
 *
 * <p>Each is asked of one peer at a time. An answer that does not come within the timeout is asked
 * of the next peer that has the message, in turn, until {@link #MAX_ASKS}. As the timeout is the
 * same for all, the order in which they were asked is the order of their deadlines.
 */
final class Wanted {
  /** Ids that one peer's announcements may make us want at once: one full Announce. */
  static final int MAX_PER_PEER = 1024;

  /** In all: four peers' full Announces at once. */
  static final int MAX_TOTAL = 4 * MAX_PER_PEER;

  /**
   * Peers remembered as having a message, so that it is not sent to them: as many as a node has.
   * With {@link #MAX_TOTAL} this comes to 25 MiB, if every peer announces everything.
   */
  static final int MAX_HOLDERS = 128;

  /** Requests for one id before it is given up; somebody may announce it again. */
  static final int MAX_ASKS = 8;

  /** A wanted message: who has it, and who was asked. */
  static final class Want {
    private final MessageId id;
    private final boolean missing;
    private final Neighbour origin;
    private final LinkedHashSet<Neighbour> holders = new LinkedHashSet<>();
    private Neighbour asked;
    private long deadlineNanos;
    private int asks;

    private Want(MessageId id, Neighbour origin, boolean missing) {
      this.id = id;
      this.missing = missing;
      this.origin = origin;
      this.asked = origin;
    }

    /** Whether another message waits for it. */
    boolean isMissing() {
      return missing;
    }

    /** Peers that said that they have it, or probably do if {@link #isMissing}. */
    Set<Neighbour> holders() {
      return holders;
    }

    private void addHolder(Neighbour peer) {
      if (holders.size() < MAX_HOLDERS) {
        holders.add(peer);
      }
    }

    /** The next holder to ask, in turn, or null if none is connected any more. */
    private @Nullable Neighbour nextHolder() {
      holders.removeIf(holder -> !holder.isConnected());
      if (holders.isEmpty()) {
        return null;
      }
      if (asks > 0 && holders.getFirst().equals(asked)) {
        holders.addLast(asked); // It was alone when it was asked.
      }
      Neighbour next = holders.getFirst();
      holders.addLast(next);
      return next;
    }
  }

  private final long timeoutNanos;
  private final Batches requests;
  private final Map<MessageId, Want> wants = new LinkedHashMap<>();
  private final Map<Neighbour, Integer> perPeer = new LinkedHashMap<>();
  private int missingCount;

  Wanted(GossipSettings settings, Batches requests) {
    this.timeoutNanos = settings.requestTimeout().toNanos();
    this.requests = requests;
  }

  int size() {
    return wants.size();
  }

  boolean contains(MessageId id) {
    return wants.containsKey(id);
  }

  /** How many of these another message waits for. */
  int missingCount() {
    return missingCount;
  }

  /**
   * The peer announced a message that we want: asks for it, unless somebody else is being asked.
   */
  void announced(MessageId id, Neighbour holder, long nowNanos) {
    Want want = wants.get(id);
    if (want != null) {
      want.addHolder(holder);
    } else if (perPeer.getOrDefault(holder, 0) < MAX_PER_PEER) {
      want(id, List.of(holder), false, nowNanos);
    }
  }

  /**
   * Another message waits for this one: asks the first of those who should have it.
   *
   * @param holders connected peers
   */
  void missing(MessageId id, Iterable<Neighbour> holders, long nowNanos) {
    if (!contains(id)) {
      want(id, holders, true, nowNanos);
    }
  }

  private void want(MessageId id, Iterable<Neighbour> holders, boolean missing, long nowNanos) {
    var several = holders.iterator();
    if (wants.size() >= MAX_TOTAL || !several.hasNext()) {
      return;
    }
    Want want = new Want(id, several.next(), missing);
    want.addHolder(want.origin);
    several.forEachRemaining(want::addHolder);
    perPeer.merge(want.origin, 1, Integer::sum);
    missingCount += missing ? 1 : 0;
    ask(want, nowNanos);
  }

  /** Asks the next holder, or gives the message up. The want must not be in the map. */
  private void ask(Want want, long nowNanos) {
    Neighbour next = want.asks < MAX_ASKS ? want.nextHolder() : null;
    if (next == null) {
      forget(want);
      return;
    }
    want.asks++;
    want.asked = next;
    want.deadlineNanos = nowNanos + timeoutNanos;
    wants.put(want.id, want);
    requests.add(next, want.id);
  }

  private void forget(Want want) {
    perPeer.computeIfPresent(want.origin, (_, count) -> count == 1 ? null : count - 1);
    missingCount -= want.missing ? 1 : 0;
  }

  /** The message is here: nobody need be asked for it any more. */
  @Nullable Want remove(MessageId id) {
    if (wants.isEmpty()) {
      return null;
    }
    Want want = wants.remove(id);
    if (want != null) {
      forget(want);
    }
    return want;
  }

  /** Asks the next peer wherever the last one has not answered in time. */
  void expire(long nowNanos) {
    while (!wants.isEmpty() && nowNanos - deadlineNanos() >= 0) {
      Want late = wants.values().iterator().next();
      wants.remove(late.id);
      ask(late, nowNanos);
    }
  }

  /** When the first answer is late; only if something is wanted. */
  long deadlineNanos() {
    return wants.values().iterator().next().deadlineNanos;
  }

  /** Asks somebody else for what was asked of a peer that has departed. */
  void departed(Neighbour peer, long nowNanos) {
    List<Want> orphaned = new ArrayList<>();
    for (Want want : wants.values()) {
      if (want.asked.equals(peer)) {
        orphaned.add(want);
      }
    }
    for (Want want : orphaned) {
      wants.remove(want.id);
      ask(want, nowNanos);
    }
  }

  /** The peers that owe us a message for which another one waits. */
  Set<Neighbour> askedForMissing() {
    Set<Neighbour> asked = new LinkedHashSet<>();
    for (Want want : wants.values()) {
      if (want.missing) {
        asked.add(want.asked);
      }
    }
    return asked;
  }
}
