package dev.waggle.domain.addresses;

import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.keyed.SipHash;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The two tables of an address book, and how addresses come into them, move between them and leave
 * (PROTOCOL §9.4). An address stands in <i>tried</i> once, or in <i>new</i> at up to {@link
 * #MAX_PLACES} places; one that loses its last place is forgotten.
 */
final class Tables {
  /** Places of <i>new</i> that one address may have, told by several. */
  static final int MAX_PLACES = 8;

  private final Placement placement;
  private final Map<IpEndpoint, BookEntry> entries = new LinkedHashMap<>();
  private final List<BookEntry> list = new ArrayList<>();
  private final Buckets fresh = new Buckets(Placement.NEW_BUCKETS);
  private final Buckets tried = new Buckets(Placement.TRIED_BUCKETS);

  /**
   * Empty tables.
   *
   * @param keyed by a key of this node's own
   */
  Tables(SipHash keyed) {
    this.placement = new Placement(keyed);
  }

  /** How many addresses there are. */
  int size() {
    return list.size();
  }

  /** How many of them stand in <i>tried</i>. */
  int triedCount() {
    return tried.taken();
  }

  /** All of them, in no particular order: a copy. */
  List<BookEntry> all() {
    return new ArrayList<>(list);
  }

  @Nullable BookEntry find(IpEndpoint endpoint) {
    return entries.get(endpoint);
  }

  /** Whether this very entry is in the book, not one that was made later for its address. */
  boolean has(BookEntry entry) {
    return entries.get(entry.endpoint()) == entry;
  }

  /**
   * Takes an address in, at the place in <i>new</i> that its source has for it, if that is free;
   * otherwise it has none yet, and its caller finds it one or calls {@link #forgetIfPlaceless}.
   */
  void enter(BookEntry entry, long nowNanos) {
    list(entry);
    place(entry, entry.source(), nowNanos);
  }

  /** Takes an address in, in <i>tried</i>, if its place is free there. */
  boolean enterTried(BookEntry entry) {
    if (triedHolder(entry) != null) {
      return false;
    }
    list(entry);
    putIntoTried(entry);
    return true;
  }

  private void list(BookEntry entry) {
    entries.put(entry.endpoint(), entry);
    entry.index(list.size());
    list.add(entry);
  }

  /** Whether an address may have one more place in <i>new</i>. */
  boolean mayHaveMore(BookEntry entry) {
    return !entry.isInTried() && entry.places() < MAX_PLACES;
  }

  /** Gives {@code entry} the place in <i>new</i> that {@code source} has for it, if it is free. */
  void place(BookEntry entry, IpAddress source, long nowNanos) {
    int bucket = placement.newBucket(entry, source);
    int slot = placement.slot(entry, bucket);
    BookEntry holder = fresh.at(bucket, slot);
    if (holder == entry) {
      return;
    }
    boolean gives =
        holder == null
            || holder.isWorthless(nowNanos)
            || (holder.places() > 1 && entry.places() == 0);
    if (gives) {
      take(bucket, slot, entry);
    }
  }

  private void take(int bucket, int slot, BookEntry entry) {
    BookEntry holder = fresh.at(bucket, slot);
    fresh.put(bucket, slot, entry);
    entry.places(entry.places() + 1);
    if (holder != null) {
      holder.places(holder.places() - 1);
      forgetIfPlaceless(holder);
    }
  }

  /** Who has the place in <i>tried</i> in which {@code entry} belongs, or null. */
  @Nullable BookEntry triedHolder(BookEntry entry) {
    int bucket = placement.triedBucket(entry);
    return tried.at(bucket, placement.slot(entry, bucket));
  }

  /** Gives {@code entry} its place in <i>tried</i>; who had it goes back to <i>new</i>. */
  void moveToTried(BookEntry entry) {
    leaveNew(entry);
    BookEntry holder = triedHolder(entry);
    putIntoTried(entry);
    if (holder != null) {
      moveToNew(holder);
    }
  }

  private void putIntoTried(BookEntry entry) {
    int bucket = placement.triedBucket(entry);
    tried.put(bucket, placement.slot(entry, bucket), entry);
    entry.inTried(true);
  }

  /** Sends an address of <i>tried</i> back to <i>new</i>, whoever has its place there. */
  void backToNew(BookEntry entry) {
    leaveTried(entry);
    moveToNew(entry);
  }

  private void moveToNew(BookEntry entry) {
    entry.inTried(false);
    int bucket = placement.newBucket(entry, entry.source());
    take(bucket, placement.slot(entry, bucket), entry);
  }

  private void leaveNew(BookEntry entry) {
    // By who told of it last of all it may be in any bucket; few have more than one place.
    for (int bucket = 0; bucket < Placement.NEW_BUCKETS && entry.places() > 0; bucket++) {
      int slot = placement.slot(entry, bucket);
      if (fresh.at(bucket, slot) == entry) {
        fresh.put(bucket, slot, null);
        entry.places(entry.places() - 1);
      }
    }
  }

  private void leaveTried(BookEntry entry) {
    int bucket = placement.triedBucket(entry);
    tried.put(bucket, placement.slot(entry, bucket), null);
  }

  void forget(BookEntry entry) {
    if (entry.isInTried()) {
      leaveTried(entry);
      entry.inTried(false);
    } else {
      leaveNew(entry);
    }
    forgetIfPlaceless(entry);
  }

  void forgetIfPlaceless(BookEntry entry) {
    if (entry.isInTried() || entry.places() > 0) {
      return;
    }
    entries.remove(entry.endpoint());
    BookEntry last = list.removeLast();
    if (last != entry) {
      list.set(entry.index(), last);
      last.index(entry.index());
    }
  }

  /**
   * Draws an address: of either table with the same chance, or of <i>new</i> only; then of a random
   * bucket there. Null if there is none.
   */
  @Nullable BookEntry draw(boolean newOnly, Draws draws) {
    boolean ofTried = !newOnly && (fresh.taken() == 0 || draws.below(2) == 0);
    BookEntry drawn = ofTried ? tried.draw(draws) : fresh.draw(draws);
    return drawn == null && !newOnly ? fresh.draw(draws) : drawn;
  }
}
