package dev.waggle.domain.gossip;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.ports.wire.MessageId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A message that we know of and do not have: who has it, and who is being asked. */
final class Want {
  /** Requests for one message to the same peer. The second is for one that has met a mishap. */
  static final int ASKS_EACH = 2;

  private final MessageId id;
  private final boolean missing;
  private final boolean homeless;
  private final List<Place> places = new ArrayList<>(2);
  private List<Neighbour> guests = List.of();
  private int turns;
  private int awaited;
  private long deadlineNanos;
  private boolean whole;
  private boolean rested;
  private long restEndsNanos;

  /**
   * Nobody has it yet.
   *
   * @param missing whether it is known only because another message waits for it
   * @param homeless whether nobody is left of those who should have it
   */
  Want(MessageId id, boolean missing, boolean homeless) {
    this.id = id;
    this.missing = missing;
    this.homeless = homeless;
  }

  MessageId id() {
    return id;
  }

  boolean isMissing() {
    return missing;
  }

  boolean isHomeless() {
    return homeless;
  }

  /** Whether a block is to be asked for with all its items: without, it was of no use. */
  boolean isWhole() {
    return whole || missing;
  }

  void whole() {
    whole = true;
  }

  /** The peers' places, in the order in which they told us. */
  List<Place> places() {
    return places;
  }

  /**
   * The peers that have it, by what they said or sent. Who has sent something of a block that is
   * wanted whole may have no more of it than that.
   */
  Set<Neighbour> holders() {
    Set<Neighbour> holders = new LinkedHashSet<>();
    for (Place place : places) {
      if (place.promised || missing) {
        holders.add(place.account.peer());
      }
    }
    return holders;
  }

  void add(Place place) {
    places.add(place);
  }

  /** Its peer has departed. */
  void remove(Place place) {
    places.remove(place);
    awaited -= place.awaited ? 1 : 0;
  }

  /** How many were asked in this turn and may still answer in time. */
  int awaited() {
    return awaited;
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  void deadlineNanos(long deadline) {
    deadlineNanos = deadline;
  }

  /** Nobody is left to ask; the first time counts. */
  void rest(long endNanos) {
    if (!rested) {
      rested = true;
      restEndsNanos = endNanos;
    }
  }

  boolean hasRested(long nowNanos) {
    return rested && nowNanos - restEndsNanos >= 0;
  }

  /** Whether nobody is being asked and somebody could be. */
  boolean isReady() {
    return awaited == 0 && next() != null;
  }

  /**
   * Nobody has answered in time, or nobody was asked yet.
   *
   * @return how many to ask now: one, one, two, two, three, three... The longer nobody delivers,
   *     the less it matters that several may; and all peers that a node has are asked in 22 turns
   */
  int nextTurn() {
    places.forEach(place -> place.awaited = false);
    awaited = 0;
    return turns++ / 2 + 1;
  }

  /** Whom to ask next, or null if everybody was asked often enough. */
  @Nullable Place next() {
    Place next = null;
    for (Place place : places) {
      if (!place.awaited
          && place.asks < ASKS_EACH
          && place.account.peer().isConnected()
          && (next == null || isBefore(place, next))) {
        next = place;
      }
    }
    return next;
  }

  /**
   * Nobody is asked twice before all were asked once; equals come in the order of their telling.
   */
  private static boolean isBefore(Place one, Place other) {
    return one.asks != other.asks
        ? one.asks < other.asks
        : one.account.rank(one) < other.account.rank(other);
  }

  void await(Place place) {
    place.awaited = true;
    awaited++;
  }

  /** It has answered, but not with what is wanted. */
  void awaitNoMore(Place place) {
    place.awaited = false;
    awaited--;
  }

  /** Whether a peer that has not said that it has the message may be asked on the off-chance. */
  boolean isStrangerTo(Neighbour peer) {
    for (Place place : places) {
      if (place.account.peer().equals(peer)) {
        return false;
      }
    }
    return !guests.contains(peer);
  }

  void awaitGuest(Neighbour peer) {
    guests = new ArrayList<>(guests);
    guests.add(peer);
    awaited++;
  }
}
