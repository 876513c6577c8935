package dev.waggle.domain.addresses;

import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.KnownAddress;
import dev.waggle.ports.wire.AddressRecord;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an {@link AddressBook} knows of one address. */
final class BookEntry {
  /** After so long without a word of it an address is not worth its place. */
  static final Duration HORIZON = Duration.ofDays(30);

  /** Dials in vain before an address that was never reached is not worth its place. */
  static final int MAX_FAILURES_IF_NEVER_REACHED = 3;

  /** The same for one that was reached, if that is {@link #FORGIVEN_WITHIN} ago. */
  static final int MAX_FAILURES = 10;

  /** An address that was reached in this time keeps its place, whatever happens. */
  static final Duration FORGIVEN_WITHIN = Duration.ofDays(7);

  /** In this time after a dial nothing is judged: its outcome may be under way. */
  private static final Duration IN_THE_BALANCE = Duration.ofMinutes(1);

  /** An address that was dialled so lately is dialled again only if there is hardly another. */
  private static final Duration LATELY = Duration.ofMinutes(10);

  private static final double LATELY_CHANCE = 0.01;

  private static final double CHANCE_AFTER_A_FAILURE = 0.66;

  /** Beyond that many the chance of being dialled falls no further. */
  private static final int MAX_LESSENING = 8;

  private final IpEndpoint endpoint;
  private final IpAddress source;
  private final NetworkGroup group;
  private long services;
  private @Nullable PeerId proven;
  private long seenNanos;
  private long triedNanos;
  private long succeededNanos;
  private long countedNanos;
  private boolean everTried;
  private boolean everSucceeded;
  private int failures;
  private int failuresInARow;
  private boolean inTried;
  private int places;
  private int index;

  BookEntry(IpEndpoint endpoint, IpAddress source, long services, long seenNanos) {
    this.endpoint = endpoint;
    this.source = source;
    this.group = NetworkGroup.of(endpoint);
    this.services = services;
    this.seenNanos = seenNanos;
  }

  /** What was known before a restart, in so far as it makes sense. */
  static BookEntry restored(KnownAddress known, long nowNanos) {
    BookEntry entry =
        new BookEntry(
            known.endpoint(),
            known.source(),
            known.services(),
            ago(known.seenSecondsAgo(), nowNanos));
    entry.proven = known.proven();
    entry.everTried = known.triedSecondsAgo() != KnownAddress.NEVER;
    entry.triedNanos = ago(known.triedSecondsAgo(), nowNanos);
    entry.countedNanos = entry.triedNanos;
    entry.everSucceeded = known.succeededSecondsAgo() != KnownAddress.NEVER;
    entry.succeededNanos = ago(known.succeededSecondsAgo(), nowNanos);
    entry.failures = Math.clamp(known.failures(), 0, MAX_FAILURES);
    return entry;
  }

  private static long ago(long seconds, long nowNanos) {
    long bounded = Math.clamp(seconds, 0, 2 * HORIZON.toSeconds());
    return nowNanos - Duration.ofSeconds(bounded).toNanos();
  }

  /** What is to be known of it after a restart. */
  KnownAddress known(long nowNanos) {
    return new KnownAddress(
        endpoint,
        source,
        services,
        proven,
        secondsSince(seenNanos, nowNanos),
        everTried ? secondsSince(triedNanos, nowNanos) : KnownAddress.NEVER,
        everSucceeded ? secondsSince(succeededNanos, nowNanos) : KnownAddress.NEVER,
        failures,
        inTried);
  }

  /** What others are told of it. */
  AddressRecord record(long nowNanos) {
    return new AddressRecord(endpoint, (int) secondsSince(seenNanos, nowNanos), services);
  }

  private static long secondsSince(long whenNanos, long nowNanos) {
    return Math.clamp(Duration.ofNanos(nowNanos - whenNanos).toSeconds(), 0, Integer.MAX_VALUE);
  }

  IpEndpoint endpoint() {
    return endpoint;
  }

  /** Who told of it first. */
  IpAddress source() {
    return source;
  }

  NetworkGroup group() {
    return group;
  }

  /** Who answered there last, or null. */
  @Nullable PeerId proven() {
    return proven;
  }

  long seenNanos() {
    return seenNanos;
  }

  boolean everTried() {
    return everTried;
  }

  long triedNanos() {
    return triedNanos;
  }

  boolean everSucceeded() {
    return everSucceeded;
  }

  long succeededNanos() {
    return succeededNanos;
  }

  int failures() {
    return failures;
  }

  /**
   * Dials in a row that did not become a link which stood, counted also while nothing else could be
   * reached.
   */
  int failuresInARow() {
    return failuresInARow;
  }

  boolean isInTried() {
    return inTried;
  }

  void inTried(boolean moved) {
    inTried = moved;
  }

  /** How many places of the new table it has. */
  int places() {
    return places;
  }

  void places(int count) {
    places = count;
  }

  /** Where it stands in the book's list of all. */
  int index() {
    return index;
  }

  void index(int moved) {
    index = moved;
  }

  void told(long moreServices, long when) {
    services |= moreServices;
    if (when - seenNanos > 0) {
      seenNanos = when;
    }
  }

  void seen(long when) {
    seenNanos = when;
  }

  /**
   * It is being dialled.
   *
   * @param counts whether it is a failure of this address if nobody answers
   */
  void attempted(boolean counts, long nowNanos) {
    everTried = true;
    triedNanos = nowNanos;
    failuresInARow++;
    if (counts) {
      failures++;
      countedNanos = nowNanos;
    }
  }

  /** Whether the last dial in vain was counted since {@code nanos}. */
  boolean wasCountedSince(long nanos) {
    return countedNanos - nanos >= 0;
  }

  /** It was reached, and has not kept the link: the dial counts as one in vain. */
  void turnedAway(long nowNanos) {
    triedNanos = nowNanos;
  }

  /** It was reached, and has kept the link. */
  void stood() {
    failuresInARow = 0;
  }

  void succeeded(PeerId who, long nowNanos) {
    proven = who;
    everTried = true;
    everSucceeded = true;
    triedNanos = nowNanos;
    succeededNanos = nowNanos;
    failures = 0;
  }

  /** Somebody else than who was proven there has answered. */
  void disowned() {
    proven = null;
  }

  /** Whether its place is better given to another one. */
  boolean isWorthless(long nowNanos) {
    if (everTried && isWithin(triedNanos, IN_THE_BALANCE, nowNanos)) {
      return false;
    }
    if (!isWithin(seenNanos, HORIZON, nowNanos)) {
      return true;
    }
    return everSucceeded
        ? failures >= MAX_FAILURES && !isWithin(succeededNanos, FORGIVEN_WITHIN, nowNanos)
        : failures >= MAX_FAILURES_IF_NEVER_REACHED;
  }

  /** How likely it is taken when it is drawn, between 0 and 1. */
  double chance(long nowNanos) {
    boolean lately = everTried && isWithin(triedNanos, LATELY, nowNanos);
    double ofFailures = Math.pow(CHANCE_AFTER_A_FAILURE, Math.min(failures, MAX_LESSENING));
    return lately ? LATELY_CHANCE * ofFailures : ofFailures;
  }

  static boolean isWithin(long whenNanos, Duration time, long nowNanos) {
    return nowNanos - whenNanos < time.toNanos();
  }

  @Override
  public String toString() {
    return endpoint + (inTried ? " tried" : " new");
  }
}
