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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where other nodes can be dialled, by hearsay and by experience (PROTOCOL §9.4), after Bitcoin
 * Core's addrman.
 *
 * <p>Two tables. <b>New</b> has what others told; <b>tried</b> has what this node reached. What is
 * heard and seen of an address is weighed here; {@link Tables} knows where it stands, {@link
 * Placement} where it may, and {@link Contenders} who wants the place of another.
 *
 * <p>At most 65,536 and 16,384 places, some 12 MB. Owned by one thread; times are the node's.
 */
public final class AddressBook {
  /** How exactly others can learn until when this node was linked with somebody. */
  private static final Duration SEEN_EVERY = Duration.ofMinutes(20);

  /** Own addresses that are remembered, lest they are dialled again and again. */
  private static final int MAX_OWN = 64;

  /**
   * An address is taken for so much older than the word of it: hearsay is stale. What a node tells
   * of itself is no exception, nor is what this node has seen itself, for the ages are told others,
   * who would read from the youngest whom this node is linked with.
   */
  static final Duration HEARSAY_PENALTY = Duration.ofHours(2);

  /** An unlikely address is taken at last if hardly another one is suitable. */
  private static final double GROWING_PATIENCE = 1.2;

  private static final int CHANCES = 1 << 30;

  private final boolean privateNetwork;
  private final Draws draws;
  private final Tables tables;
  private final Contenders contenders;
  private final SequencedSet<IpEndpoint> own = new LinkedHashSet<>();
  private boolean anySucceeded;
  private long lastSuccessNanos;

  /**
   * An empty book.
   *
   * @param keyed by a key of this node's own
   * @param privateNetwork whether addresses are taken that are not public
   */
  public AddressBook(SipHash keyed, boolean privateNetwork, Draws draws) {
    this.privateNetwork = privateNetwork;
    this.draws = draws;
    this.tables = new Tables(keyed);
    this.contenders = new Contenders(tables);
  }

  /** Whether addresses count that are not public. */
  boolean isOfPrivateNetwork() {
    return privateNetwork;
  }

  /** How many addresses it has. */
  public int size() {
    return tables.size();
  }

  /** How many of them this node has reached. */
  public int triedCount() {
    return tables.triedCount();
  }

  /** Whether such an address can be in the book: not one of this node's own. */
  public boolean takes(IpEndpoint endpoint) {
    return reaches(endpoint) && !own.contains(endpoint);
  }

  /** Whether the network of this book is where such an address leads. */
  public boolean reaches(IpEndpoint endpoint) {
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
   * @param source the address of who tells
   * @return whether it is new to the book
   */
  public boolean told(AddressRecord record, IpAddress source, long nowNanos) {
    if (!takes(record.endpoint())) {
      return false;
    }
    Duration age = Duration.ofSeconds(record.ageSeconds()).plus(HEARSAY_PENALTY);
    if (age.compareTo(BookEntry.HORIZON) >= 0) {
      return false;
    }
    long seenNanos = nowNanos - age.toNanos();
    BookEntry known = tables.find(record.endpoint());
    if (known == null) {
      BookEntry entry = new BookEntry(record.endpoint(), source, record.services(), seenNanos);
      tables.enter(entry, nowNanos);
      tables.forgetIfPlaceless(entry);
      return tables.has(entry);
    }
    known.told(record.services(), seenNanos);
    if (tables.mayHaveMore(known) && draws.below(1L << known.places()) == 0) {
      tables.place(known, source, nowNanos);
    }
    return false;
  }

  // ---- experience

  /** An address is about to be dialled. */
  public void attempted(IpEndpoint endpoint, long nowNanos) {
    BookEntry entry = tables.find(endpoint);
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
    BookEntry known = tables.find(endpoint);
    // One that is known grows no younger by it, lest others see in it whom this node dials.
    BookEntry entry =
        known != null ? known : new BookEntry(endpoint, endpoint.address(), 0, toldAt(nowNanos));
    if (known == null) {
      tables.enter(entry, nowNanos);
    }
    entry.succeeded(who, nowNanos);
    if (!entry.isInTried()) {
      contenders.reached(entry, nowNanos);
    }
    tables.forgetIfPlaceless(entry); // If every place that it could have belongs to others.
  }

  /**
   * The link to a node that was dialled at an address has ended.
   *
   * @param stood whether it was one for long enough to be worth another dial soon
   */
  public void lost(IpEndpoint endpoint, boolean stood, long nowNanos) {
    BookEntry entry = tables.find(endpoint);
    if (entry == null) {
      return;
    }
    if (!stood) {
      entry.turnedAway(nowNanos);
      return;
    }
    entry.stood();
    long seenNanos = toldAt(nowNanos);
    if (!BookEntry.isWithin(entry.seenNanos(), SEEN_EVERY, seenNanos)) {
      entry.seen(seenNanos); // No more often, lest others see in it when links begin and end.
    }
  }

  /** The time that stands for {@code nanos} in the book. */
  private static long toldAt(long nanos) {
    return nanos - HEARSAY_PENALTY.toNanos();
  }

  /** Somebody else answered at an address than who was proven there: it is news again. */
  public void disowned(IpEndpoint endpoint) {
    BookEntry entry = tables.find(endpoint);
    if (entry != null) {
      entry.disowned();
      contenders.withdraw(entry);
      if (entry.isInTried()) {
        tables.backToNew(entry);
      }
    }
  }

  /** An address turned out to be this node's own. */
  public void isOwn(IpEndpoint endpoint) {
    if (own.contains(endpoint)) {
      return;
    }
    BookEntry entry = tables.find(endpoint);
    if (entry != null) {
      tables.forget(entry);
    }
    if (own.size() == MAX_OWN) {
      own.removeFirst();
    }
    own.add(endpoint);
  }

  // ---- places that are contended for

  /**
   * Decides about those who want a place in <i>tried</i> that another one holds: the holder keeps
   * it if it was reached lately, and loses it if it was dialled in vain, or not at all for long.
   */
  public void settleContenders(long nowNanos) {
    contenders.settle(nowNanos);
  }

  /**
   * One who holds a place of <i>tried</i> that another one wants, or null: it should be dialled.
   */
  public @Nullable Candidate toTest(long nowNanos) {
    BookEntry holder = contenders.toTest(nowNanos);
    return holder == null ? null : candidate(holder);
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
    BookEntry entry = tables.find(endpoint);
    return entry == null ? null : candidate(entry);
  }

  /** When somebody last answered at an address; {@code nowNanos} if the book does not say. */
  public long reachedNanos(IpEndpoint endpoint, long nowNanos) {
    BookEntry entry = tables.find(endpoint);
    return entry != null && entry.everSucceeded() ? entry.succeededNanos() : nowNanos;
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
      BookEntry entry = tables.draw(newOnly, draws);
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

  // ---- what others are told

  /**
   * A random part of what is worth telling: at most {@code max}, and at most {@code percent} of
   * all; the network groups have the same chance, whatever they have.
   */
  public List<AddressRecord> sample(int max, int percent, long nowNanos) {
    int wanted = Math.min(max, (tables.size() * percent + 99) / 100);
    List<BookEntry> worthTelling = tables.all();
    worthTelling.removeIf(entry -> entry.isWorthless(nowNanos));
    List<AddressRecord> sample = new ArrayList<>();
    for (BookEntry entry : GroupSample.draw(worthTelling, wanted, draws)) {
      sample.add(entry.record(nowNanos));
    }
    return sample;
  }

  // ---- over restarts

  /** Begins a copy of all that the book knows. */
  public BookCopy copy() {
    return new BookCopy(tables);
  }

  /** All that the book knows, in no particular order; a full book takes long: see {@link #copy}. */
  public List<KnownAddress> all(long nowNanos) {
    return tables.all().stream().map(entry -> entry.known(nowNanos)).toList();
  }

  /**
   * Takes in what was known before a restart; what does not fit is left out. However old it is, and
   * if only by a clock that was wrong, it is better than nothing to dial.
   */
  public void restore(List<KnownAddress> known, long nowNanos) {
    for (KnownAddress address : known) {
      if (takes(address.endpoint()) && tables.find(address.endpoint()) == null) {
        restore(address, nowNanos);
      }
    }
  }

  private void restore(KnownAddress known, long nowNanos) {
    BookEntry entry = BookEntry.restored(known, nowNanos);
    boolean wasTried = known.tried() && entry.everSucceeded();
    if (!wasTried || !tables.enterTried(entry)) {
      tables.enter(entry, nowNanos);
      tables.forgetIfPlaceless(entry);
    }
  }
}
