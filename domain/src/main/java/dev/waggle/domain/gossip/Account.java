package dev.waggle.domain.gossip;

import dev.waggle.domain.lane.Lane;
import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one peer has told us it has, what of that it owes us, and how it has kept its word so far
 * (PROTOCOL §8.2).
 *
 * <p>Every peer has its own places, so that nobody can take those of another. A promise is kept by
 * sending the message, be it needed still or not; one that is not kept occupies its place until it
 * counts as broken. Who breaks promises has fewer places and is asked last.
 */
final class Account {
  /** Places of a peer that we chose ourselves: one full Announce. */
  static final int OUTBOUND_PLACES = WireMessage.MAX_IDS;

  /**
   * Places of a peer that came to us. With {@link #OUTBOUND_PLACES} this comes to 68,096 for 125
   * peers, and 21 MiB if each of them names other messages: 320 bytes each.
   */
  static final int INBOUND_PLACES = OUTBOUND_PLACES / 2;

  /** So often the places are halved at most: eight are left of the most, four of the fewest. */
  static final int MAX_HALVINGS = 7;

  /** Promises to keep in a row until the places double again. */
  static final int KEPT_PER_DOUBLING = 16;

  /**
   * How long an announcement binds its sender: longer than it takes to ask a few others first, and
   * no longer than a busy node keeps what it announces.
   */
  static final Duration PROMISE_HOLDS = Duration.ofSeconds(10);

  /**
   * How long a peer may take to answer: 8 MiB come in it over a line of 280 kB/s. Also how long no
   * second breach counts: what spoils one answer may well spoil many.
   */
  static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

  private final Neighbour peer;
  private final Debts debts;
  private final Map<MessageId, Place> places = new LinkedHashMap<>();
  private int halvings;
  private int keptInARow;
  private boolean everKept;
  private long keptNanos;
  private long keptNumber;
  private long asked;
  private boolean everBroken;
  private long brokenNanos;

  Account(Neighbour peer, Debts debts) {
    this.peer = peer;
    this.debts = debts;
  }

  Neighbour peer() {
    return peer;
  }

  private int limit() {
    return (peer.isOutbound() ? OUTBOUND_PLACES : INBOUND_PLACES) >> halvings;
  }

  /** How many messages more it may tell us of. */
  int room() {
    return Math.max(0, limit() - places.size());
  }

  @Nullable Place find(MessageId id) {
    return places.get(id);
  }

  /** Gives a place to a wanted message, or null if there is none. */
  @Nullable Place take(Want want, long nowNanos) {
    Place place = places.get(want.id());
    if (place != null) {
      place.want = want; // It owes this one since before, and gains no new tries.
    } else if (room() > 0) {
      place = new Place(this, want.id(), want, nowNanos);
      places.put(want.id(), place);
    }
    return place;
  }

  /** The message is not wanted any more; if the peer was asked for it, it still owes it. */
  void settle(Place place) {
    place.want = null;
    place.awaited = false;
    if (!place.owed) {
      places.remove(place.id);
    }
  }

  /**
   * Whom to ask first: a smaller rank. Who has sent what waits for the message must have it; whom
   * we dialled is unlikely to belong to those who dial us; who has kept its word may do so again.
   */
  int rank(Place place) {
    if (halvings > 0) {
      return 4;
    }
    if (place.sentChild) {
      return 0;
    }
    return peer.isOutbound() ? 1 : everKept ? 2 : 3;
  }

  void asked(Place place, long nowNanos) {
    place.asks++;
    asked++;
    boolean isFresh = nowNanos - place.toldNanos <= PROMISE_HOLDS.toNanos();
    boolean binds = place.sentChild || (place.promised && isFresh);
    if (binds && !place.owed) {
      place.owed = true;
      debts.add(place.id);
      place.askedNanos = nowNanos;
      place.askedNumber = asked;
    }
  }

  /** A request has not been sent: nothing is owed for it. */
  void notAsked(MessageId id) {
    Place place = places.get(id);
    if (place != null) {
      release(place);
    }
  }

  /**
   * The peer has sent a message.
   *
   * @param lane whatever is in {@link Lane#EXPRESS} may have overtaken what was asked for earlier
   */
  void delivered(MessageId id, Lane lane, long nowNanos) {
    Place place = places.isEmpty() ? null : places.get(id);
    if (place == null || !place.owed) {
      return;
    }
    release(place);
    if (place.want == null) {
      places.remove(id);
    }
    everKept = true;
    keptNanos = nowNanos;
    if (lane == Lane.BULK) {
      keptNumber = Math.max(keptNumber, place.askedNumber);
    }
    keptInARow++;
    if (halvings > 0 && keptInARow >= KEPT_PER_DOUBLING) {
      halvings--;
      keptInARow = 0;
    }
  }

  /** The peer has a new link: what was asked over another one may be lost. */
  void forgive() {
    for (Place place : new ArrayList<>(places.values())) {
      release(place);
      if (place.want == null) {
        places.remove(place.id);
      }
    }
  }

  /**
   * Looks for promises that were not kept in time. Answers come in the order of the requests, so a
   * peer that still delivers what it was asked for earlier is slow; one that has left something out
   * has broken its word. Blocks overtake the rest, so they say nothing of what was left out: while
   * we catch up with a chain over a slow line, other messages may wait for minutes.
   *
   * @return whether it has, and this is to be held against it
   */
  boolean isInBreach(long nowNanos) {
    boolean breach = false;
    Iterator<Place> all = places.values().iterator();
    while (all.hasNext()) {
      Place place = all.next();
      if (place.owed && nowNanos - place.askedNanos >= ANSWER_WITHIN.toNanos()) {
        release(place);
        breach |= !isOnItsWay(place, nowNanos);
        if (place.want == null) {
          all.remove();
        }
      }
    }
    if (!breach || (everBroken && nowNanos - brokenNanos < ANSWER_WITHIN.toNanos())) {
      return false;
    }
    everBroken = true;
    brokenNanos = nowNanos;
    keptInARow = 0;
    halvings = Math.min(halvings + 1, MAX_HALVINGS);
    return true;
  }

  private boolean isOnItsWay(Place place, long nowNanos) {
    return everKept
        && nowNanos - keptNanos < ANSWER_WITHIN.toNanos()
        && keptNumber < place.askedNumber;
  }

  /** Messages that it was asked for because others wait for them, and may still send in time. */
  boolean isWalkedWith() {
    for (Place place : places.values()) {
      if (place.awaited && place.want != null && place.want.isMissing()) {
        return true;
      }
    }
    return false;
  }

  private void release(Place place) {
    if (place.owed) {
      place.owed = false;
      debts.remove(place.id);
    }
  }

  /** The places, to be taken from it for good. */
  List<Place> close() {
    List<Place> all = new ArrayList<>(places.values());
    all.forEach(this::release);
    places.clear();
    return all;
  }
}
