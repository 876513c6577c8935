package dev.waggle.domain.addresses;

import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.keyed.SipHash;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.KnownAddress;
import dev.waggle.ports.wire.AddressRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where other nodes can be dialled, by hearsay and by experience (PROTOCOL §9.4), after Bitcoin
 * Core's addrman.
 *
 * <p>Two tables. <b>New</b> has what others told; <b>tried</b> has what this node reached. The
 * place of an address follows from a keyed hash of its network group, and in <i>new</i> of the
 * group of who told of it. So who has the addresses of one group, or tells from one, fills no more
 * than a small part of either table, and nobody knows which.
 *
 * <p>At most 65,536 and 16,384 places, some 12 MB. Owned by one thread; times are the node's.
 */
public final class AddressBook {
  static final int NEW_BUCKETS = 1024;

  static final int TRIED_BUCKETS = 256;

  /** Buckets of <i>new</i> over which what one group tells is spread. */
  static final int NEW_BUCKETS_PER_SOURCE = 64;

  /** Buckets of <i>tried</i> over which the addresses of one group are spread. */
  static final int TRIED_BUCKETS_PER_GROUP = 8;

  /** Places of <i>new</i> that one address may have, told by several. */
  static final int MAX_PLACES = 8;

  /** Addresses that wait until those in whose places of <i>tried</i> they belong are tested. */
  static final int MAX_CONTENDERS = 10;

  /** Who was reached in this time keeps its place against a contender. */
  static final Duration KEPT_WITHIN = Duration.ofHours(4);

  /** A contender gets the place if nobody has tested its holder in this time. */
  static final Duration CONTENDS_FOR = Duration.ofMinutes(40);

  /** Time for a dial that tests the holder of a place. */
  private static final Duration TEST_TAKES = Duration.ofMinutes(1);

  /** How exactly others can learn until when this node was linked with somebody. */
  private static final Duration SEEN_EVERY = Duration.ofMinutes(20);

  /** Own addresses that are remembered, lest they are dialled again and again. */
  private static final int MAX_OWN = 64;

  /** An address that is told of is taken for older than it is said to be: hearsay is stale. */
  static final Duration HEARSAY_PENALTY = Duration.ofHours(2);

  /** An unlikely address is taken at last if hardly another one is suitable. */
  private static final double GROWING_PATIENCE = 1.2;

  private static final int CHANCES = 1 << 30;

  private static final long NEW_SALT = 1;
  private static final long TRIED_SALT = 2;
  private static final long SLOT_SALT = 3;

  private final SipHash keyed;
  private final boolean privateNetwork;
  private final Draws draws;
  private final Map<IpEndpoint, BookEntry> entries = new LinkedHashMap<>();
  private final List<BookEntry> list = new ArrayList<>();
  private final Buckets fresh = new Buckets(NEW_BUCKETS);
  private final Buckets tried = new Buckets(TRIED_BUCKETS);
  private final Map<BookEntry, Long> contenders = new LinkedHashMap<>();
  private final Set<IpEndpoint> own = new LinkedHashSet<>();
  private boolean anySucceeded;
  private long lastSuccessNanos;

  /**
   * An empty book.
   *
   * @param keyed by a key of this node's own
   * @param privateNetwork whether addresses are taken that are not public
   */
  public AddressBook(SipHash keyed, boolean privateNetwork, Draws draws) {
    this.keyed = keyed;
    this.privateNetwork = privateNetwork;
    this.draws = draws;
  }

  /** Whether addresses count that are not public. */
  boolean isOfPrivateNetwork() {
    return privateNetwork;
  }

  /** How many addresses it has. */
  public int size() {
    return list.size();
  }

  /** How many of them this node has reached. */
  public int triedCount() {
    return tried.taken();
  }

  /** Whether such an address can be in the book: not one of this node's own. */
  public boolean takes(IpEndpoint endpoint) {
    return reaches(endpoint) && !own.contains(endpoint);
  }

  /** Whether the network of this book is where such an address leads. */
  boolean reaches(IpEndpoint endpoint) {
    return switch (Reach.of(endpoint.address())) {
      case PUBLIC -> true;
      case PRIVATE -> privateNetwork;
      case NONE -> false;
    };
  }

  // ---- hearsay

  /**
   * Somebody tells of an address.
   *
   * @param source the address of who tells; the same for what is known at first hand
   * @return whether it is new to the book
   */
  public boolean told(AddressRecord record, IpAddress source, long nowNanos) {
    if (!takes(record.endpoint())) {
      return false;
    }
    boolean atFirstHand = record.endpoint().address().equals(source);
    long penaltyNanos = atFirstHand ? 0 : HEARSAY_PENALTY.toNanos();
    long ageNanos = Duration.ofSeconds(record.ageSeconds()).toNanos() + penaltyNanos;
    if (ageNanos >= BookEntry.HORIZON.toNanos()) {
      return false;
    }
    long seenNanos = nowNanos - ageNanos;
    BookEntry known = entries.get(record.endpoint());
    if (known == null) {
      BookEntry entry = new BookEntry(record.endpoint(), source, record.services(), seenNanos);
      enter(entry);
      place(entry, source, nowNanos);
      forgetIfPlaceless(entry);
      return entries.containsKey(entry.endpoint());
    }
    known.told(record.services(), seenNanos);
    boolean mayHaveMore = !known.isInTried() && known.places() < MAX_PLACES;
    if (mayHaveMore && draws.below(1L << known.places()) == 0) {
      place(known, source, nowNanos);
    }
    return false;
  }

  /** Gives {@code entry} the place in <i>new</i> that {@code source} has for it, if it is free. */
  private void place(BookEntry entry, IpAddress source, long nowNanos) {
    int bucket = newBucket(entry, source);
    int slot = slot(entry, bucket);
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

  // ---- experience

  /** An address is about to be dialled. */
  public void attempted(IpEndpoint endpoint, long nowNanos) {
    BookEntry entry = entries.get(endpoint);
    if (entry != null) {
      // While nothing is reached at all, one failure is enough: the fault is rather this node's.
      boolean counts =
          entry.failures() == 0 || (anySucceeded && !entry.wasCountedSince(lastSuccessNanos));
      entry.attempted(counts, nowNanos);
    }
  }

  /**
   * {@code who} has answered at an address, and proved itself. One that the book did not have is
   * taken in.
   */
  public void reached(IpEndpoint endpoint, PeerId who, long nowNanos) {
    if (!takes(endpoint)) {
      return;
    }
    anySucceeded = true;
    lastSuccessNanos = nowNanos;
    BookEntry known = entries.get(endpoint);
    // One that is known grows no younger by it, lest others see in it whom this node dials.
    BookEntry entry =
        known != null ? known : new BookEntry(endpoint, endpoint.address(), 0, nowNanos);
    if (known == null) {
      enter(entry);
      place(entry, entry.source(), nowNanos);
    }
    entry.succeeded(who, nowNanos);
    if (!entry.isInTried()) {
      contend(entry, nowNanos);
    }
    forgetIfPlaceless(entry); // If every place that it could have belongs to others.
  }

  private void contend(BookEntry entry, long nowNanos) {
    int bucket = triedBucket(entry);
    BookEntry holder = tried.at(bucket, slot(entry, bucket));
    if (holder == null) {
      moveToTried(entry);
    } else if (contenders.size() < MAX_CONTENDERS) {
      contenders.putIfAbsent(entry, nowNanos);
    }
  }

  private void moveToTried(BookEntry entry) {
    leaveNew(entry);
    contenders.remove(entry);
    int bucket = triedBucket(entry);
    int slot = slot(entry, bucket);
    BookEntry holder = tried.at(bucket, slot);
    tried.put(bucket, slot, entry);
    entry.inTried(true);
    if (holder != null) {
      moveToNew(holder);
    }
  }

  private void moveToNew(BookEntry entry) {
    entry.inTried(false);
    int bucket = newBucket(entry, entry.source());
    take(bucket, slot(entry, bucket), entry);
  }

  private void leaveNew(BookEntry entry) {
    // By who told of it last of all it may be in any bucket; few have more than one place.
    for (int bucket = 0; bucket < NEW_BUCKETS && entry.places() > 0; bucket++) {
      int slot = slot(entry, bucket);
      if (fresh.at(bucket, slot) == entry) {
        fresh.put(bucket, slot, null);
        entry.places(entry.places() - 1);
      }
    }
  }

  /**
   * The link to a node that was dialled at an address has ended.
   *
   * @param stood whether it was one for long enough to be worth another dial soon
   */
  public void lost(IpEndpoint endpoint, boolean stood, long nowNanos) {
    BookEntry entry = entries.get(endpoint);
    if (entry == null) {
      return;
    }
    if (!stood) {
      entry.turnedAway(nowNanos);
      return;
    }
    entry.stood();
    if (!BookEntry.isWithin(entry.seenNanos(), SEEN_EVERY, nowNanos)) {
      entry.seen(nowNanos); // No more often, lest others see in it when links begin and end.
    }
  }

  /** Somebody else answered at an address than who was proven there: it is news again. */
  public void disowned(IpEndpoint endpoint) {
    BookEntry entry = entries.get(endpoint);
    if (entry != null) {
      entry.disowned();
      contenders.remove(entry);
      if (entry.isInTried()) {
        leaveTried(entry);
        moveToNew(entry);
      }
    }
  }

  private void leaveTried(BookEntry entry) {
    int bucket = triedBucket(entry);
    tried.put(bucket, slot(entry, bucket), null);
  }

  /** An address turned out to be this node's own. */
  public void isOwn(IpEndpoint endpoint) {
    if (own.contains(endpoint)) {
      return;
    }
    forget(endpoint);
    if (own.size() == MAX_OWN) {
      Iterator<IpEndpoint> order = own.iterator();
      order.next();
      order.remove();
    }
    own.add(endpoint);
  }

  private void forget(IpEndpoint endpoint) {
    BookEntry entry = entries.get(endpoint);
    if (entry == null) {
      return;
    }
    contenders.remove(entry);
    if (entry.isInTried()) {
      leaveTried(entry);
      entry.inTried(false);
    } else {
      leaveNew(entry);
    }
    forgetIfPlaceless(entry);
  }

  // ---- contenders

  /**
   * Decides about those who want a place in <i>tried</i> that another one holds: the holder keeps
   * it if it was reached lately, and loses it if it was dialled in vain, or not at all for long.
   */
  public void settleContenders(long nowNanos) {
    for (Map.Entry<BookEntry, Long> each : new ArrayList<>(contenders.entrySet())) {
      BookEntry contender = each.getKey();
      if (!contenders.containsKey(contender)) {
        continue; // It had to make room for the holder of another one's place.
      }
      int bucket = triedBucket(contender);
      BookEntry holder = tried.at(bucket, slot(contender, bucket));
      boolean holds =
          holder != null
              && holder.everSucceeded()
              && BookEntry.isWithin(holder.succeededNanos(), KEPT_WITHIN, nowNanos);
      if (holds) {
        contenders.remove(contender);
      } else if (holder == null
          || failedItsTest(holder, nowNanos)
          || !BookEntry.isWithin(each.getValue(), CONTENDS_FOR, nowNanos)) {
        moveToTried(contender);
      }
    }
  }

  private static boolean failedItsTest(BookEntry holder, long nowNanos) {
    return holder.everTried()
        && BookEntry.isWithin(holder.triedNanos(), KEPT_WITHIN, nowNanos)
        && !BookEntry.isWithin(holder.triedNanos(), TEST_TAKES, nowNanos);
  }

  /**
   * One who holds a place of <i>tried</i> that another one wants, or null: it should be dialled.
   */
  public @Nullable Candidate toTest(long nowNanos) {
    for (BookEntry contender : contenders.keySet()) {
      int bucket = triedBucket(contender);
      BookEntry holder = tried.at(bucket, slot(contender, bucket));
      if (holder != null
          && !(holder.everTried()
              && BookEntry.isWithin(holder.triedNanos(), TEST_TAKES, nowNanos))) {
        return candidate(holder);
      }
    }
    return null;
  }

  // ---- whom to dial

  /** An address that may be dialled. */
  public record Candidate(
      IpEndpoint endpoint,
      @Nullable PeerId proven,
      NetworkGroup group,
      boolean everReached,
      int failuresInARow,
      boolean everTried,
      long triedNanos) {}

  private static Candidate candidate(BookEntry entry) {
    return new Candidate(
        entry.endpoint(),
        entry.proven(),
        entry.group(),
        entry.everSucceeded(),
        entry.failuresInARow(),
        entry.everTried(),
        entry.triedNanos());
  }

  /** What the book has about an address, or null. */
  public @Nullable Candidate find(IpEndpoint endpoint) {
    BookEntry entry = entries.get(endpoint);
    return entry == null ? null : candidate(entry);
  }

  /**
   * Draws an address: of either table with the same chance, of a random bucket there; rather one
   * that has not failed, and was not dialled lately.
   *
   * @param newOnly whether only of those that were never reached
   * @param suits which may be dialled at all
   * @param tries how often to draw at most
   * @return null if none of those drawn is suitable
   */
  public @Nullable Candidate draw(
      boolean newOnly, Predicate<Candidate> suits, int tries, long nowNanos) {
    double patience = 1;
    for (int i = 0; i < tries; i++) {
      BookEntry entry = drawOne(newOnly);
      if (entry == null) {
        return null;
      }
      Candidate candidate = candidate(entry);
      if (suits.test(candidate)) {
        if (happens(patience * entry.chance(nowNanos))) {
          return candidate;
        }
        patience *= GROWING_PATIENCE;
      }
    }
    return null;
  }

  private boolean happens(double probability) {
    return draws.below(CHANCES) < probability * CHANCES;
  }

  private @Nullable BookEntry drawOne(boolean newOnly) {
    boolean ofTried = !newOnly && (fresh.taken() == 0 || draws.below(2) == 0);
    BookEntry drawn = ofTried ? tried.draw(draws) : fresh.draw(draws);
    return drawn == null && !newOnly ? fresh.draw(draws) : drawn;
  }

  // ---- what others are told

  /**
   * A random part of what is worth telling: at most {@code max}, and at most {@code percent} of
   * all.
   */
  public List<AddressRecord> sample(int max, int percent, long nowNanos) {
    int wanted = Math.min(max, (list.size() * percent + 99) / 100);
    List<AddressRecord> sample = new ArrayList<>(wanted);
    List<BookEntry> order = new ArrayList<>(list);
    for (int left = order.size(); left > 0 && sample.size() < wanted; left--) {
      int drawn = (int) draws.below(left);
      BookEntry entry = order.get(drawn);
      order.set(drawn, order.get(left - 1));
      if (!entry.isWorthless(nowNanos)) {
        sample.add(record(entry, nowNanos));
      }
    }
    return sample;
  }

  private static AddressRecord record(BookEntry entry, long nowNanos) {
    long ageSeconds = seconds(nowNanos - entry.seenNanos());
    return new AddressRecord(entry.endpoint(), (int) ageSeconds, entry.services());
  }

  private static long seconds(long nanos) {
    return Math.clamp(Duration.ofNanos(nanos).toSeconds(), 0, Integer.MAX_VALUE);
  }

  // ---- over restarts

  /** All that the book knows, in no particular order. */
  public List<KnownAddress> all(long nowNanos) {
    List<KnownAddress> all = new ArrayList<>(list.size());
    for (BookEntry entry : list) {
      all.add(
          new KnownAddress(
              entry.endpoint(),
              entry.source(),
              entry.services(),
              entry.proven(),
              seconds(nowNanos - entry.seenNanos()),
              entry.everTried() ? seconds(nowNanos - entry.triedNanos()) : KnownAddress.NEVER,
              entry.everSucceeded()
                  ? seconds(nowNanos - entry.succeededNanos())
                  : KnownAddress.NEVER,
              entry.failures(),
              entry.isInTried()));
    }
    return all;
  }

  /** Takes in what was known before a restart; what does not fit is left out. */
  public void restore(List<KnownAddress> known, long nowNanos) {
    for (KnownAddress address : known) {
      if (takes(address.endpoint()) && !entries.containsKey(address.endpoint())) {
        restore(address, nowNanos);
      }
    }
  }

  private void restore(KnownAddress known, long nowNanos) {
    BookEntry entry =
        new BookEntry(
            known.endpoint(),
            known.source(),
            known.services(),
            ago(known.seenSecondsAgo(), nowNanos));
    entry.restored(
        known.proven(),
        known.triedSecondsAgo() != KnownAddress.NEVER,
        ago(known.triedSecondsAgo(), nowNanos),
        known.succeededSecondsAgo() != KnownAddress.NEVER,
        ago(known.succeededSecondsAgo(), nowNanos),
        Math.clamp(known.failures(), 0, BookEntry.MAX_FAILURES));
    if (entry.isWorthless(nowNanos)) {
      return;
    }
    enter(entry);
    int bucket = triedBucket(entry);
    int slot = slot(entry, bucket);
    if (known.tried() && entry.everSucceeded() && tried.at(bucket, slot) == null) {
      tried.put(bucket, slot, entry);
      entry.inTried(true);
    } else {
      place(entry, entry.source(), nowNanos);
      forgetIfPlaceless(entry);
    }
  }

  private static long ago(long seconds, long nowNanos) {
    long bounded = Math.clamp(seconds, 0, 2 * BookEntry.HORIZON.toSeconds());
    return nowNanos - Duration.ofSeconds(bounded).toNanos();
  }

  // ---- where everything is

  private void enter(BookEntry entry) {
    entries.put(entry.endpoint(), entry);
    entry.index(list.size());
    list.add(entry);
  }

  private void forgetIfPlaceless(BookEntry entry) {
    if (entry.isInTried() || entry.places() > 0) {
      return;
    }
    contenders.remove(entry);
    entries.remove(entry.endpoint());
    BookEntry last = list.removeLast();
    if (last != entry) {
      list.set(entry.index(), last);
      last.index(entry.index());
    }
  }

  private int newBucket(BookEntry entry, IpAddress source) {
    long ofSource = NetworkGroup.of(source).hash(keyed);
    long spread = keyed.hash(NEW_SALT, entry.group().hash(keyed), ofSource);
    return below(
        keyed.hash(NEW_SALT, ofSource, below(spread, NEW_BUCKETS_PER_SOURCE)), NEW_BUCKETS);
  }

  private int triedBucket(BookEntry entry) {
    IpEndpoint endpoint = entry.endpoint();
    long spread =
        keyed.hash(
            TRIED_SALT, endpoint.address().high(), endpoint.address().low(), endpoint.port());
    return below(
        keyed.hash(TRIED_SALT, entry.group().hash(keyed), below(spread, TRIED_BUCKETS_PER_GROUP)),
        TRIED_BUCKETS);
  }

  private int slot(BookEntry entry, int bucket) {
    IpEndpoint endpoint = entry.endpoint();
    return below(
        keyed.hash(
            SLOT_SALT,
            bucket,
            endpoint.address().high(),
            endpoint.address().low(),
            endpoint.port()),
        Buckets.SLOTS);
  }

  private static int below(long hash, int bound) {
    return (int) Long.remainderUnsigned(hash, bound);
  }
}
