package dev.waggle.domain.peers;

import dev.waggle.domain.addresses.AddressBook;
import dev.waggle.domain.addresses.AddressBook.Candidate;
import dev.waggle.domain.addresses.NetworkGroup;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.handshake.HandshakeFailure;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.node.PeerObserver;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The links that a node chooses itself, by its address book: as many as its target, at most one to
 * each network group; now and then one more on trial; and feelers (PROTOCOL §9.1).
 *
 * <p>After each event its owner calls {@link #dialDue}, which also asks for the next alarm.
 */
final class Outreach {
  /** Dials under way at once. */
  static final int MAX_CONCURRENT = 8;

  /** Dials in quick succession, and how long one more takes: addresses that refuse cost little. */
  static final int BURST = 16;

  static final Duration DIAL_EVERY = Duration.ofMillis(500);

  /** Addresses drawn for one dial before it is put off. */
  static final int DRAWS = 100;

  /** While links are missing and no address is suitable, the book is looked at so often. */
  static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  /** After so long without enough links, seeds are asked even if the book is full. */
  static final Duration SEEDS_AFTER = Duration.ofSeconds(11);

  /** An unknown address is tested so often on the average. */
  static final Duration FEELER_EVERY = Duration.ofMinutes(2);

  /** A link more than the target is taken on trial so often on the average, and lasts so long. */
  static final Duration TRIAL_EVERY = Duration.ofMinutes(5);

  static final Duration TRIAL_LASTS = Duration.ofSeconds(45);

  /** An address that was never reached is dialled again after so long, and longer each time. */
  static final Duration RETRY_UNKNOWN = Duration.ofSeconds(5);

  /** The same for one that was. */
  static final Duration RETRY_KNOWN = Duration.ofSeconds(1);

  static final Duration MAX_RETRY_KNOWN = Duration.ofMinutes(10);

  static final Duration MAX_RETRY_UNKNOWN = Duration.ofHours(12);

  private static final int MAX_DOUBLINGS = 14;

  /** What the observer hears of an address that is no longer in the book. */
  private static final long NEVER = Long.MAX_VALUE;

  /** An address that is dialled, or was and is linked. */
  private static final class Dialled {
    private final IpEndpoint endpoint;
    private final NetworkGroup group;
    private final @Nullable PeerId expected;
    private Purpose purpose;
    private @Nullable LinkId link;

    Dialled(IpEndpoint endpoint, NetworkGroup group, @Nullable PeerId expected, Purpose purpose) {
      this.endpoint = endpoint;
      this.group = group;
      this.expected = expected;
      this.purpose = purpose;
    }

    boolean isCounted() {
      return purpose == Purpose.KEPT || purpose == Purpose.TRIAL;
    }
  }

  private final AddressBook book;
  private final int target;
  private final Links links;
  private final PeerObserver observer;
  private final Draws draws;
  private final Alarm alarm;
  private final Map<PeerAddress, Dialled> dialled = new LinkedHashMap<>();
  private final Queue<PeerAddress> anchors = new ArrayDeque<>();
  private long creditNanos = BURST * DIAL_EVERY.toNanos();
  private long filledNanos;
  private long feelerNanos;
  private long trialNanos;
  private long trialEndsNanos;
  private boolean isShort;
  private long shortSinceNanos;
  private boolean bookIsExhausted;

  Outreach(
      AddressBook book, int target, Links links, PeerObserver observer, Draws draws, Alarm alarm) {
    this.book = book;
    this.target = target;
    this.links = links;
    this.observer = observer;
    this.draws = draws;
    this.alarm = alarm;
  }

  /** Takes up whom the node was linked with before a restart. */
  void start(List<PeerAddress> before, long nowNanos) {
    anchors.addAll(before);
    filledNanos = nowNanos;
    feelerNanos = nowNanos + draws.exponential(FEELER_EVERY.toNanos());
    trialNanos = nowNanos + draws.exponential(TRIAL_EVERY.toNanos());
  }

  /**
   * Dials what is due.
   *
   * @param mayDial whether a peer is not connected, nor unwelcome
   * @param elsewhere whether an address is dialled, or linked, for another reason
   */
  void dialDue(Predicate<PeerId> mayDial, Predicate<Endpoint> elsewhere, long nowNanos) {
    if (target == 0) {
      return;
    }
    book.settleContenders(nowNanos);
    Predicate<Candidate> suits = candidate -> suits(candidate, mayDial, elsewhere, nowNanos);
    if (kept() >= target) { // Dials do not count: a book of addresses that lead nowhere has many.
      isShort = false;
      bookIsExhausted = false;
      feel(suits, elsewhere, nowNanos);
      tryOneMore(suits, nowNanos);
      return;
    }
    if (!isShort) {
      isShort = true;
      shortSinceNanos = nowNanos;
    }
    while (count(Purpose.KEPT) < target && takeTurn(nowNanos)) {
      bookIsExhausted =
          !dialAnchor(mayDial, elsewhere, nowNanos) && !dialOne(suits, Purpose.KEPT, nowNanos);
      if (bookIsExhausted) {
        break;
      }
    }
    alarm.by(nowNanos + LOOK_AGAIN.toNanos());
  }

  private boolean takeTurn(long nowNanos) {
    long fullNanos = BURST * DIAL_EVERY.toNanos();
    creditNanos = Math.min(fullNanos, creditNanos + Math.min(fullNanos, nowNanos - filledNanos));
    filledNanos = nowNanos;
    boolean mayDial = underWay() < MAX_CONCURRENT && creditNanos >= DIAL_EVERY.toNanos();
    creditNanos -= mayDial ? DIAL_EVERY.toNanos() : 0;
    return mayDial;
  }

  private int underWay() {
    int count = 0;
    for (Dialled each : dialled.values()) {
      count += each.link == null ? 1 : 0;
    }
    return count;
  }

  /** How many links of this purpose stand or are dialled. */
  int count(Purpose purpose) {
    int count = 0;
    for (Dialled each : dialled.values()) {
      count += each.purpose == purpose ? 1 : 0;
    }
    return count;
  }

  /** How many links that are kept stand. */
  int kept() {
    int count = 0;
    for (Dialled each : dialled.values()) {
      count += each.purpose == Purpose.KEPT && each.link != null ? 1 : 0;
    }
    return count;
  }

  /** Whether the book alone does not do: then seeds should be dialled, and asked for by name. */
  boolean needsSeeds(long nowNanos) {
    return isShort
        && (bookIsExhausted
            || book.size() < target
            || nowNanos - shortSinceNanos >= SEEDS_AFTER.toNanos());
  }

  /** Whether an address is dialled, or linked. */
  boolean isBusy(Endpoint endpoint) {
    for (PeerAddress address : dialled.keySet()) {
      if (address.endpoint().equals(endpoint)) {
        return true;
      }
    }
    return false;
  }

  private boolean suits(
      Candidate candidate,
      Predicate<PeerId> mayDial,
      Predicate<Endpoint> elsewhere,
      long nowNanos) {
    Endpoint endpoint = candidate.endpoint().endpoint();
    return hasRested(candidate, nowNanos)
        && !isTaken(candidate.group())
        && !isBusy(endpoint)
        && !elsewhere.test(endpoint)
        && (candidate.proven() == null
            || (mayDial.test(candidate.proven()) && !isExpected(candidate.proven())));
  }

  private static boolean hasRested(Candidate candidate, long nowNanos) {
    return !candidate.everTried() || nowNanos - candidate.triedNanos() >= rest(candidate).toNanos();
  }

  /** How long an address is left alone after a dial. */
  private static Duration rest(Candidate candidate) {
    int doublings = Math.min(candidate.failuresInARow(), MAX_DOUBLINGS);
    Duration first = candidate.everReached() ? RETRY_KNOWN : RETRY_UNKNOWN;
    Duration longest = candidate.everReached() ? MAX_RETRY_KNOWN : MAX_RETRY_UNKNOWN;
    Duration doubled = first.multipliedBy(1L << doublings);
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }

  private boolean isTaken(NetworkGroup group) {
    for (Dialled each : dialled.values()) {
      if (each.isCounted() && each.group.equals(group)) {
        return true;
      }
    }
    return false;
  }

  private boolean isExpected(PeerId peer) {
    for (Dialled each : dialled.values()) {
      if (peer.equals(each.expected)) {
        return true;
      }
    }
    return false;
  }

  private boolean dialAnchor(
      Predicate<PeerId> mayDial, Predicate<Endpoint> elsewhere, long nowNanos) {
    while (!anchors.isEmpty()) {
      PeerAddress anchor = anchors.remove();
      IpEndpoint endpoint = IpEndpoint.of(anchor.endpoint());
      PeerId peer = anchor.pinned();
      if (endpoint != null
          && book.takes(endpoint)
          && !isTaken(NetworkGroup.of(endpoint))
          && !isBusy(anchor.endpoint())
          && !elsewhere.test(anchor.endpoint())
          && (peer == null || mayDial.test(peer))) {
        dial(endpoint, NetworkGroup.of(endpoint), peer, Purpose.KEPT, nowNanos);
        return true;
      }
    }
    return false;
  }

  private boolean dialOne(Predicate<Candidate> suits, Purpose purpose, long nowNanos) {
    Candidate drawn = book.draw(purpose == Purpose.FEELER, suits, DRAWS, nowNanos);
    if (drawn != null) {
      dial(drawn.endpoint(), drawn.group(), drawn.proven(), purpose, nowNanos);
    }
    return drawn != null;
  }

  private void dial(
      IpEndpoint endpoint,
      NetworkGroup group,
      @Nullable PeerId expected,
      Purpose purpose,
      long nowNanos) {
    PeerAddress address = new PeerAddress(endpoint.endpoint(), expected);
    dialled.put(address, new Dialled(endpoint, group, expected, purpose));
    book.attempted(endpoint, nowNanos);
    links.dial(address);
  }

  private void feel(Predicate<Candidate> suits, Predicate<Endpoint> elsewhere, long nowNanos) {
    if (nowNanos - feelerNanos >= 0) {
      feelerNanos = nowNanos + draws.exponential(FEELER_EVERY.toNanos());
      Candidate toTest = book.toTest(nowNanos);
      if (toTest == null || !test(toTest, elsewhere, nowNanos)) {
        var _ = dialOne(suits, Purpose.FEELER, nowNanos);
      }
    }
    alarm.by(feelerNanos);
  }

  /** Finds out about one whose place another wants; returns whether that took a dial. */
  private boolean test(Candidate toTest, Predicate<Endpoint> elsewhere, long nowNanos) {
    Endpoint endpoint = toTest.endpoint().endpoint();
    if (isBusy(endpoint) || elsewhere.test(endpoint)) {
      if (isLinked(toTest.endpoint()) && toTest.proven() != null) {
        book.reached(toTest.endpoint(), toTest.proven(), nowNanos); // No need to ask.
      }
      return false;
    }
    dial(toTest.endpoint(), toTest.group(), toTest.proven(), Purpose.FEELER, nowNanos);
    return true;
  }

  private boolean isLinked(IpEndpoint endpoint) {
    for (Dialled each : dialled.values()) {
      if (each.endpoint.equals(endpoint) && each.link != null) {
        return true;
      }
    }
    return false;
  }

  private void tryOneMore(Predicate<Candidate> suits, long nowNanos) {
    if (count(Purpose.TRIAL) > 0) {
      return;
    }
    if (nowNanos - trialNanos >= 0) {
      trialNanos = nowNanos + draws.exponential(TRIAL_EVERY.toNanos());
      var _ = dialOne(suits, Purpose.TRIAL, nowNanos);
    }
    alarm.by(trialNanos);
  }

  /** Whether a link on trial has had its time: then the least useful of all goes. */
  boolean trialIsOver(long nowNanos) {
    for (Dialled each : dialled.values()) {
      if (each.purpose == Purpose.TRIAL && each.link != null) {
        if (nowNanos - trialEndsNanos >= 0) {
          return true;
        }
        alarm.by(trialEndsNanos);
      }
    }
    return false;
  }

  /** The link on trial is kept; another one goes instead, or there is a place for it. */
  void keepTrial() {
    for (Dialled each : dialled.values()) {
      if (each.purpose == Purpose.TRIAL && each.link != null) {
        each.purpose = Purpose.KEPT;
      }
    }
  }

  /** Returns what the new link is for, or null if nobody here waits for it. */
  @Nullable Purpose established(PeerAddress address, LinkId link, PeerId peer, long nowNanos) {
    Dialled found = dialled.get(address);
    if (found == null || found.link != null) {
      return null;
    }
    found.link = link;
    book.reached(found.endpoint, peer, nowNanos);
    if (found.purpose == Purpose.TRIAL) {
      trialEndsNanos = nowNanos + TRIAL_LASTS.toNanos();
      alarm.by(trialEndsNanos);
    }
    return found.purpose;
  }

  void failed(PeerAddress address, DialFailure failure) {
    Dialled found = dialled.get(address);
    if (found == null || found.link != null) {
      return;
    }
    dialled.remove(address);
    if (failure instanceof DialFailure.HandshakeFailed(var why)) {
      if (why.kind() == HandshakeFailure.Kind.SELF) {
        book.isOwn(found.endpoint);
      } else if (why.kind() == HandshakeFailure.Kind.WRONG_PEER) {
        book.disowned(found.endpoint);
      }
    }
    Candidate entry = book.find(found.endpoint);
    long waitNanos = entry == null ? NEVER : rest(entry).toNanos();
    observer.dialFailed(address, failure.words(), waitNanos);
  }

  void linkLost(LinkId link, long livedNanos, long nowNanos) {
    for (Map.Entry<PeerAddress, Dialled> each : new ArrayList<>(dialled.entrySet())) {
      Dialled found = each.getValue();
      if (link.equals(found.link)) {
        dialled.remove(each.getKey());
        if (found.purpose != Purpose.FEELER) {
          boolean stood = livedNanos >= Backoff.STABLE_AFTER.toNanos();
          book.lost(found.endpoint, stood, nowNanos);
        }
        return;
      }
    }
  }
}
