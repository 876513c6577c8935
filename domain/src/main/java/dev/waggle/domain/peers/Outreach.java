package dev.waggle.domain.peers;

import dev.waggle.domain.addresses.AddressBook;
import dev.waggle.domain.addresses.AddressBook.Candidate;
import dev.waggle.domain.addresses.NetworkGroup;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.handshake.HandshakeFailure;
import dev.waggle.domain.reach.OwnPort;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.wire.GoodbyeReason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The links that a node chooses itself: as many as its target, to the first of its guards, or else
 * by its address book, at most one to each network group; one more that wanders; and feelers
 * (PROTOCOL §9.1).
 *
 * <p>After each event its owner calls {@link #dialDue}, which also asks for the next alarm, and
 * ends the links that {@link #takeDismissed} names.
 */
final class Outreach {
  /** Dials under way at once. */
  static final int MAX_CONCURRENT = 8;

  /** Addresses drawn for one dial before it is put off. */
  static final int DRAWS = 100;

  /**
   * While links are missing and no address is suitable, the book is looked at so often: {@link
   * #DRAWS} draws, which a node of a network that is too small for its target may do for ever.
   */
  static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  /** After so long without enough links, seeds are asked even if the book is full. */
  static final Duration SEEDS_AFTER = Duration.ofSeconds(11);

  /** An unknown address is tested so often on the average. */
  static final Duration FEELER_EVERY = Duration.ofMinutes(2);

  /** The same for a node that has few guards: the sooner they are found, the better for it. */
  static final Duration FEELER_EVERY_AT_FIRST = Duration.ofSeconds(15);

  static final int FEW_GUARDS = 32;

  /** The link that wanders moves so often on the average. */
  static final Duration WANDERS_EVERY = Duration.ofMinutes(5);

  /** A guard that comes back takes the place of another one after so long. */
  static final Duration RETURNED_AFTER = Duration.ofSeconds(30);

  /** What the observer hears of an address that is no longer in the book. */
  private static final long NEVER = Long.MAX_VALUE;

  private final AddressBook book;
  private final int target;
  private final OwnPort ownPort;
  private final Links links;
  private final PeerObserver observer;
  private final Draws draws;
  private final Alarm alarm;
  private final Guards guards = new Guards();
  private final ChosenLinks chosen = new ChosenLinks();
  private final DialPace pace = new DialPace();
  private final Queue<PeerAddress> anchors = new ArrayDeque<>();
  private final List<LinkId> dismissed = new ArrayList<>();
  private long feelerNanos;
  private long wanderNanos;
  private boolean isShort;
  private long shortSinceNanos;
  private boolean bookIsExhausted;

  Outreach(
      AddressBook book,
      int target,
      OwnPort ownPort,
      Links links,
      PeerObserver observer,
      Draws draws,
      Alarm alarm) {
    this.book = book;
    this.target = target;
    this.ownPort = ownPort;
    this.links = links;
    this.observer = observer;
    this.draws = draws;
    this.alarm = alarm;
  }

  /** Takes up whom the node was linked with before a restart, and whom it had reached. */
  void start(List<PeerAddress> before, List<PeerAddress> guardsBefore, long nowNanos) {
    anchors.addAll(before);
    guards.restore(guardsBefore, endpoint -> book.reachedNanos(endpoint, nowNanos), nowNanos);
    pace.start(nowNanos);
    feelerNanos = nowNanos + draws.exponential(feelerEvery().toNanos());
    wanderNanos = nowNanos + draws.exponential(WANDERS_EVERY.toNanos());
  }

  private Duration feelerEvery() {
    return guards.size() < FEW_GUARDS ? FEELER_EVERY_AT_FIRST : FEELER_EVERY;
  }

  /** The guards in their order. */
  List<PeerAddress> guards() {
    return guards.addresses();
  }

  /** The links that are kept, the one that stands for longest first. */
  List<PeerAddress> keptLongestFirst(long nowNanos) {
    List<ChosenLink> kept = chosen.standing(Purpose.KEPT);
    kept.sort((one, other) -> Long.compare(other.ageNanos(nowNanos), one.ageNanos(nowNanos)));
    return kept.stream().map(ChosenLink::address).toList();
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
    Eligible who = new Eligible(book, guards, chosen, mayDial, elsewhere, nowNanos);
    book.settleContenders(nowNanos);
    settleReturned(nowNanos);
    if (kept() >= target) { // Dials do not count: a book of addresses that lead nowhere has many.
      isShort = false;
      bookIsExhausted = false;
      feel(who);
      wander(who);
      welcomeBack(who);
      return;
    }
    if (!isShort) {
      isShort = true;
      shortSinceNanos = nowNanos;
    }
    while (chosen.count(Purpose.KEPT) < target && mayBegin(nowNanos)) {
      bookIsExhausted =
          !dialAnchor(who)
              && !dialGuard(who)
              && !keepWanderer(who)
              && !dialDrawn(Purpose.KEPT, who);
      if (bookIsExhausted) {
        break;
      }
    }
    alarm.by(nowNanos + LOOK_AGAIN.toNanos());
  }

  private boolean mayBegin(long nowNanos) {
    return chosen.underWay() < MAX_CONCURRENT && pace.takeTurn(nowNanos);
  }

  /** How many links of this purpose stand or are dialled. */
  int count(Purpose purpose) {
    return chosen.count(purpose);
  }

  /** How many links that are kept stand. */
  int kept() {
    return chosen.standing(Purpose.KEPT).size();
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
    return chosen.isBusy(endpoint);
  }

  /** Whether a link is one that is kept. */
  boolean isKept(LinkId link) {
    return chosen.standing(Purpose.KEPT).stream().anyMatch(each -> link.equals(each.link()));
  }

  /** Links of which the node has no need any more, and that shall be ended. */
  List<LinkId> takeDismissed() {
    List<LinkId> taken = new ArrayList<>(dismissed);
    dismissed.clear();
    return taken;
  }

  private void dismiss(ChosenLink link) {
    dismissed.add(link.dismissed());
  }

  // ---- links that are kept

  private boolean dialAnchor(Eligible who) {
    while (!anchors.isEmpty()) {
      PeerAddress anchor = anchors.remove();
      IpEndpoint endpoint = IpEndpoint.of(anchor.endpoint());
      if (endpoint != null
          && who.mayJoinKept(NetworkGroup.of(endpoint))
          && who.isFree(endpoint, anchor.pinned())) {
        dial(endpoint, anchor.pinned(), Purpose.KEPT, who.nowNanos());
        return true;
      }
    }
    return false;
  }

  private boolean dialGuard(Eligible who) {
    for (Guard guard : guards.before(Guards.MAX)) {
      if (guard.hasRested(who.nowNanos())
          && who.mayJoinKept(guard.group())
          && who.isFree(guard.endpoint(), guard.peer())) {
        dial(guard.endpoint(), guard.peer(), Purpose.KEPT, who.nowNanos());
        return true;
      }
    }
    return false;
  }

  /** The link that wanders was drawn from the book too, and stands already. */
  private boolean keepWanderer(Eligible who) {
    for (ChosenLink wanderer : chosen.standing(Purpose.WANDERING)) {
      if (who.mayJoinKept(wanderer.group())) {
        wanderer.keep();
        return true;
      }
    }
    return false;
  }

  private boolean dialDrawn(Purpose purpose, Eligible who) {
    boolean besides = purpose != Purpose.KEPT;
    Candidate drawn =
        book.draw(
            purpose == Purpose.FEELER,
            candidate -> who.suits(candidate, besides),
            DRAWS,
            who.nowNanos());
    if (drawn != null) {
      dial(drawn.endpoint(), drawn.proven(), purpose, who.nowNanos());
    }
    return drawn != null;
  }

  private void dial(
      IpEndpoint endpoint, @Nullable PeerId expected, Purpose purpose, long nowNanos) {
    PeerAddress address = new PeerAddress(endpoint.endpoint(), expected);
    DialWay way = way(endpoint, purpose, nowNanos);
    chosen.add(address, new ChosenLink(endpoint, expected, purpose, way));
    book.attempted(endpoint, nowNanos);
    if (purpose != Purpose.FEELER) {
      guards.attempted(endpoint, nowNanos);
    }
    links.dial(address, way);
  }

  /** Some of the links that stay show what a router makes of the listening port. */
  private DialWay way(IpEndpoint endpoint, Purpose purpose, long nowNanos) {
    boolean stays = purpose == Purpose.KEPT || purpose == Purpose.RETURNING;
    int others = chosen.countFromOwnPort(endpoint.address().isIpv4());
    return stays ? ownPort.way(endpoint, others, nowNanos) : DialWay.ANY_PORT;
  }

  // ---- guards that come back

  /** Dials the first guard that could take the place of another link. */
  private void welcomeBack(Eligible who) {
    if (chosen.count(Purpose.RETURNING) > 0) {
      return;
    }
    for (Guard guard : guards.before(rank(last()))) {
      if (!who.isFree(guard.endpoint(), guard.peer())) {
        continue;
      }
      if (!guard.hasRested(who.nowNanos())) {
        alarm.by(guard.restsUntilNanos());
      } else if (mayBegin(who.nowNanos())) {
        dial(guard.endpoint(), guard.peer(), Purpose.RETURNING, who.nowNanos());
        return;
      }
    }
  }

  /** A guard whose link has stood for long enough is kept, and what is too much then goes. */
  private void settleReturned(long nowNanos) {
    for (Purpose purpose : List.of(Purpose.RETURNING, Purpose.WANDERING)) {
      for (ChosenLink link : chosen.standing(purpose)) {
        if (kept() < target && purpose == Purpose.RETURNING) {
          link.keep();
        } else if (kept() >= target && rank(link) < rank(last())) {
          long standsAtNanos = nowNanos - link.ageNanos(nowNanos) + RETURNED_AFTER.toNanos();
          if (nowNanos - standsAtNanos >= 0) {
            takesPlace(link);
          } else {
            alarm.by(standsAtNanos);
          }
        }
      }
    }
    while (kept() > target) {
      dismiss(last());
    }
  }

  private void takesPlace(ChosenLink link) {
    for (ChosenLink other : chosen.standing(Purpose.KEPT)) {
      if (other.group().equals(link.group())) {
        dismiss(other); // It is no guard: of a group there is one.
      }
    }
    link.keep();
  }

  /** The link that goes first of those that are kept: of those that are no guards, the youngest. */
  private ChosenLink last() {
    List<ChosenLink> kept = chosen.standing(Purpose.KEPT);
    ChosenLink last = kept.getFirst();
    for (ChosenLink each : kept) {
      last = rank(each) >= rank(last) ? each : last;
    }
    return last;
  }

  private int rank(ChosenLink link) {
    return link.state() instanceof ChosenLink.Standing standing
        ? guards.rank(standing.peer())
        : Guards.MAX;
  }

  // ---- links beside these

  private void feel(Eligible who) {
    if (who.nowNanos() - feelerNanos >= 0) {
      feelerNanos = who.nowNanos() + draws.exponential(feelerEvery().toNanos());
      Candidate toTest = book.toTest(who.nowNanos());
      if (toTest == null || !test(toTest, who)) {
        var _ = dialDrawn(Purpose.FEELER, who);
      }
    }
    alarm.by(feelerNanos);
  }

  /** Finds out about one whose place another wants; returns whether that took a dial. */
  private boolean test(Candidate toTest, Eligible who) {
    Endpoint endpoint = toTest.endpoint().endpoint();
    if (chosen.isBusy(endpoint) || who.isElsewhere(endpoint)) {
      if (chosen.isLinked(toTest.endpoint()) && toTest.proven() != null) {
        book.reached(toTest.endpoint(), toTest.proven(), who.nowNanos()); // No need to ask.
      }
      return false;
    }
    dial(toTest.endpoint(), toTest.proven(), Purpose.FEELER, who.nowNanos());
    return true;
  }

  private void wander(Eligible who) {
    if (who.nowNanos() - wanderNanos >= 0) {
      wanderNanos = who.nowNanos() + draws.exponential(WANDERS_EVERY.toNanos());
      chosen.standing(Purpose.WANDERING).forEach(this::dismiss);
      if (chosen.count(Purpose.WANDERING) == 0) {
        var _ = dialDrawn(Purpose.WANDERING, who);
      }
    }
    alarm.by(wanderNanos);
  }

  // ---- what becomes of dials

  /** Returns what the new link is for, or null if nobody here waits for it. */
  @Nullable Purpose established(PeerAddress address, LinkId link, PeerId peer, long nowNanos) {
    ChosenLink found = chosen.underWay(address);
    if (found == null) {
      return null;
    }
    found.established(link, peer, nowNanos);
    book.reached(found.endpoint(), peer, nowNanos);
    guards.reached(found.endpoint(), peer, nowNanos);
    return found.purpose();
  }

  void failed(PeerAddress address, DialFailure failure, long nowNanos) {
    ChosenLink found = chosen.underWay(address);
    if (found == null) {
      return;
    }
    chosen.remove(address);
    if (failure instanceof DialFailure.HandshakeFailed(var why)) {
      if (why.kind() == HandshakeFailure.Kind.SELF) {
        book.isOwn(found.endpoint());
        guards.disowned(found.endpoint());
      } else if (why.kind() == HandshakeFailure.Kind.WRONG_PEER) {
        book.disowned(found.endpoint());
        guards.disowned(found.endpoint());
      }
    }
    observer.dialFailed(address, failure.words(), waitNanos(found.endpoint(), nowNanos));
  }

  private long waitNanos(IpEndpoint endpoint, long nowNanos) {
    Guard guard = guards.find(endpoint);
    if (guard != null) {
      return Math.max(0, guard.restsUntilNanos() - nowNanos);
    }
    Candidate entry = book.find(endpoint);
    return entry == null ? NEVER : Eligible.rest(entry).toNanos();
  }

  /**
   * A link has ended.
   *
   * @param goodbye what the peer said, or null
   */
  void linkLost(LinkId link, long livedNanos, @Nullable GoodbyeReason goodbye, long nowNanos) {
    ChosenLink found = chosen.remove(link);
    if (found == null || found.purpose() == Purpose.FEELER) {
      return;
    }
    boolean stood = livedNanos >= Backoff.STABLE_AFTER.toNanos();
    book.lost(found.endpoint(), stood, nowNanos);
    Guard guard = guards.find(found.endpoint());
    if (guard != null) {
      guard.lost(livedNanos, found.isDismissed(), nowNanos);
      if (goodbye == GoodbyeReason.TOO_MANY_PEERS) {
        guard.refused(nowNanos);
      }
    }
  }

  /** A peer has behaved so badly that the node does not depend on it any more. */
  void distrust(PeerId peer) {
    guards.distrusted(peer);
  }
}
