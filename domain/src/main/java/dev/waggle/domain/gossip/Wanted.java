package dev.waggle.domain.gossip;

import dev.waggle.domain.lane.Lane;
import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.neighbour.Offence;
import dev.waggle.domain.relay.CompactRelay;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Ids that we know of but have no message for, and whom we have asked (PROTOCOL §8.2).
 *
 * <p>Who has told us of a message has a place for it in its own {@link Account}, and is asked for
 * it at most {@link Want#ASKS_EACH} times: neither places nor tries can be used up by others. Each
 * id is asked for in turns, of one peer at first and of more the longer nobody delivers. When all
 * have been asked in vain, the want rests: it keeps in mind who has failed, and that those who tell
 * us of it now have not. As a turn lasts the same time for all, the order in which turns began is
 * the order in which they end.
 */
final class Wanted {
  /** How long a message that nobody delivered is remembered with those who did not. */
  static final Duration REST = Duration.ofSeconds(30);

  /** Requests for one message that may be open when somebody new is likely to have it. */
  static final int MAX_OPEN = 2;

  /** Messages that may be missing although all who had what waits for them have left. */
  static final int MAX_HOMELESS = 64;

  /** Ids that one event may make us ask one peer for: all its places, and others' guests. */
  private static final int MAX_REQUESTED = 2 * WireMessage.MAX_IDS;

  private final long timeoutNanos;
  private final DuplicateFilter filter;
  private final Debts debts = new Debts();
  private final Batches requests;
  private final Batches compactRequests;
  private final Map<MessageId, Want> turns = new LinkedHashMap<>();
  private final Map<MessageId, Want> rests = new LinkedHashMap<>();
  private final Map<Neighbour, Account> accounts = new LinkedHashMap<>();
  private int walking;
  private int homeless;

  /**
   * Nothing is wanted yet.
   *
   * @param filter must let through what is asked for
   */
  Wanted(GossipSettings settings, DuplicateFilter filter) {
    this.timeoutNanos = settings.requestTimeout().toNanos();
    this.filter = filter;
    this.requests = new Batches(MAX_REQUESTED, WireMessage.Request::new, this::notAsked);
    this.compactRequests =
        new Batches(MAX_REQUESTED, WireMessage.RequestCompact::new, this::notAsked);
  }

  int size() {
    return turns.size() + rests.size();
  }

  /** Whether there is nothing that time could change. */
  boolean isIdle() {
    return accounts.isEmpty() && size() == 0;
  }

  /** Ids asked for since the start. */
  long requested() {
    return requests.sent() + compactRequests.sent();
  }

  private @Nullable Want find(MessageId id) {
    Want want = turns.isEmpty() ? null : turns.get(id);
    return want != null || rests.isEmpty() ? want : rests.get(id);
  }

  /** Whether somebody is being asked for it, or will be if the one who is does not answer. */
  boolean isAskedFor(MessageId id) {
    return turns.containsKey(id);
  }

  /** Whether it counts if somebody sends this message, although it may have come before. */
  boolean isExpected(MessageId id) {
    return debts.isOwed(id) || find(id) != null;
  }

  /** Whether it is known of, and has not come. */
  boolean isWanted(MessageId id) {
    return find(id) != null;
  }

  /** Whether anybody is being asked for a message for which another one waits. */
  boolean isWalking() {
    return walking > 0;
  }

  /** How many messages more the peer may tell us of. */
  int room(Neighbour peer) {
    return peer.isConnected() ? account(peer).room() : 0;
  }

  private Account account(Neighbour peer) {
    return accounts.computeIfAbsent(peer, _ -> new Account(peer, debts));
  }

  /** The peer says that it has a message that we want. */
  void announced(MessageId id, Neighbour peer, long nowNanos) {
    Account account = accounts.get(peer);
    Place place = account == null ? null : account.find(id);
    if (place != null && !place.promised) {
      place.promise(nowNanos);
    }
    told(id, peer, false, nowNanos);
  }

  /**
   * A block has to be seen with all its items, and the peer has sent something of it: that was no
   * promise to have them.
   */
  void needed(MessageId id, Neighbour peer, long nowNanos) {
    Want known = find(id);
    if (known != null) {
      known.whole();
      answeredInVain(id, peer, nowNanos);
    }
    Want want = known == null ? new Want(id, false, false) : known;
    want.whole();
    boolean knew = peer.isConnected() && account(peer).find(id) != null;
    Place place = tell(want, peer, nowNanos);
    if (place != null) {
      place.promised &= knew;
      if (known == null || want.isReady()) {
        turn(want, nowNanos);
      }
    }
  }

  /**
   * The peer is about to send a message: nobody need be asked for it, unless it does not come.
   *
   * @return whether that is news
   */
  boolean coming(MessageId id, Neighbour peer, long nowNanos) {
    if (find(id) != null) {
      announced(id, peer, nowNanos);
      return false;
    }
    Want want = new Want(id, false, false);
    Place place = tell(want, peer, nowNanos);
    if (place == null) {
      return false;
    }
    want.nextTurn();
    want.await(place);
    place.account.asked(place, nowNanos);
    filter.remove(id);
    waitForAnswers(want, nowNanos);
    return true;
  }

  /** The peer says that it has a message that waits for this one. */
  void likely(MessageId id, Neighbour peer, long nowNanos) {
    told(id, peer, true, nowNanos);
  }

  private void told(MessageId id, Neighbour peer, boolean missing, long nowNanos) {
    Want known = find(id);
    Want want = known == null ? new Want(id, missing, false) : known;
    boolean told = tell(want, peer, nowNanos) != null;
    if (told && (known == null || want.isReady())) {
      turn(want, nowNanos);
    }
  }

  /**
   * A peer has sent a message that waits for this one: asks it at once, even if somebody else is
   * being asked already.
   */
  void missing(MessageId id, Neighbour sender, long nowNanos) {
    Want known = find(id);
    Want want = known == null ? new Want(id, true, false) : known;
    Place place = tell(want, sender, nowNanos);
    if (place == null) {
      return;
    }
    place.sentChild = true;
    if (known == null || want.isReady()) {
      turn(want, nowNanos);
    } else if (want.awaited() > 0 && want.awaited() < MAX_OPEN && place.asks == 0) {
      ask(want, place, nowNanos);
    }
  }

  /**
   * Asks for a message that another one waits for, and that nobody is being asked for.
   *
   * @param holders connected peers that should have it; one of them is asked
   * @param others draws one of the peers that fit, to be asked if all of the holders have failed
   */
  void resume(
      MessageId id,
      List<Neighbour> holders,
      Function<Predicate<Neighbour>, @Nullable Neighbour> others,
      long nowNanos) {
    Want known = find(id);
    boolean nobody = holders.isEmpty();
    if (known == null && nobody && homeless >= MAX_HOMELESS) {
      return;
    }
    Want want = known == null ? new Want(id, true, nobody) : known;
    for (Neighbour holder : holders) {
      boolean knew = account(holder).find(id) != null;
      Place place = tell(want, holder, nowNanos);
      if (place != null && !knew) {
        place.promised = false; // What it owed for what it has told us, it was asked for before.
      }
    }
    if (want.places().isEmpty() && !want.isHomeless()) {
      return; // All places are taken.
    }
    homeless += known == null && nobody ? 1 : 0;
    if (want.next() == null) {
      askGuest(want, others.apply(want::isStrangerTo), nowNanos);
    } else {
      turn(want, nowNanos);
    }
  }

  /** Gives the peer a place for the message, if it has none and there is one. */
  private @Nullable Place tell(Want want, Neighbour peer, long nowNanos) {
    if (!peer.isConnected()) {
      return null; // A link that is being closed may still speak, but it cannot be asked.
    }
    Account account = account(peer);
    Place known = account.find(want.id());
    if (known != null && want.equals(known.want)) {
      return known;
    }
    Place place = account.take(want, nowNanos);
    if (place != null) {
      want.add(place);
    }
    return place;
  }

  /** Asks as many as it is time for, or lets the want rest. */
  private void turn(Want want, long nowNanos) {
    int count = want.nextTurn();
    for (Place next = want.next(); next != null && want.awaited() < count; next = want.next()) {
      ask(want, next, nowNanos);
    }
    waitForAnswers(want, nowNanos);
  }

  /** Asks one who has promised nothing, and owes us nothing therefore. */
  private void askGuest(Want want, @Nullable Neighbour guest, long nowNanos) {
    want.nextTurn();
    if (guest != null) {
      want.awaitGuest(guest);
      request(guest, want.id(), requests);
    }
    waitForAnswers(want, nowNanos);
  }

  private void ask(Want want, Place place, long nowNanos) {
    want.await(place);
    place.account.asked(place, nowNanos);
    Neighbour peer = place.account.peer();
    // Who has failed to send a block without its items may succeed with them.
    boolean compact = !want.isWhole() && place.asks == 1 && CompactRelay.speaksWith(peer);
    request(peer, want.id(), compact ? compactRequests : requests);
  }

  private void request(Neighbour peer, MessageId id, Batches batches) {
    filter.remove(id);
    batches.add(peer, id);
  }

  private void notAsked(Neighbour peer, List<MessageId> ids) {
    Account account = accounts.get(peer);
    if (account != null) {
      ids.forEach(account::notAsked);
    }
  }

  private void waitForAnswers(Want want, long nowNanos) {
    leave(want);
    if (want.awaited() > 0) {
      want.deadlineNanos(nowNanos + timeoutNanos);
      turns.put(want.id(), want);
      walking += want.isMissing() ? 1 : 0;
    } else {
      want.rest(nowNanos + REST.toNanos());
      rests.put(want.id(), want);
    }
  }

  private void leave(Want want) {
    if (turns.remove(want.id()) != null) {
      walking -= want.isMissing() ? 1 : 0;
    } else {
      rests.remove(want.id());
    }
  }

  private void forget(Want want) {
    leave(want);
    homeless -= want.isHomeless() ? 1 : 0;
    want.places().forEach(place -> place.account.settle(place));
  }

  /** Who has told us that they have a message that is wanted. */
  Set<Neighbour> holders(MessageId id) {
    Want want = find(id);
    return want == null ? Collections.emptySet() : want.holders();
  }

  /**
   * A peer has sent a wanted block without its items, of which no use can be made. It has kept its
   * word; if it was being asked, somebody else is. What others have told us stands: else whoever
   * does this again and again could keep us from ever asking them.
   */
  void answeredInVain(MessageId id, Neighbour from, long nowNanos) {
    Account account = accounts.get(from);
    if (account == null) {
      return;
    }
    account.delivered(id, Lane.EXPRESS, nowNanos);
    Place place = account.find(id);
    if (place == null) {
      return;
    }
    Want want = place.want;
    if (want != null && place.awaited) {
      want.awaitNoMore(place);
      if (want.awaited() == 0 && isAskedFor(id)) {
        turn(want, nowNanos);
      }
    }
  }

  /**
   * A message has come: nobody need be asked for it any more.
   *
   * @param lane by which it came
   * @param from who sent it, or null if it was made here
   */
  @Nullable Want received(MessageId id, Lane lane, @Nullable Neighbour from, long nowNanos) {
    Account account = from == null ? null : accounts.get(from);
    if (account != null) {
      account.delivered(id, lane, nowNanos);
    }
    Want want = find(id);
    if (want != null) {
      forget(want);
    }
    return want;
  }

  /** Begins the next turn wherever nobody has answered in time. */
  void expire(long nowNanos) {
    while (!turns.isEmpty() && nowNanos - deadlineNanos() >= 0) {
      turn(turns.values().iterator().next(), nowNanos);
    }
  }

  /** When the first answer is late; only if {@link #isAsking}. */
  long deadlineNanos() {
    return turns.values().iterator().next().deadlineNanos();
  }

  boolean isAsking() {
    return !turns.isEmpty();
  }

  /** Forgets what has rested, and holds against peers what they have promised and not kept. */
  void sweep(long nowNanos) {
    for (Want want : new ArrayList<>(rests.values())) {
      if (want.hasRested(nowNanos)) {
        forget(want);
      }
    }
    for (Account account : accounts.values()) {
      if (account.isInBreach(nowNanos)) {
        account.peer().blame(Offence.BROKEN_PROMISE, nowNanos);
      }
    }
  }

  /** The peer has one more link. */
  void linked(Neighbour peer) {
    Account account = accounts.get(peer);
    if (account != null) {
      account.forgive();
    }
  }

  /** Asks somebody else for what was asked of a peer that has departed. */
  void departed(Neighbour peer, long nowNanos) {
    Account account = accounts.remove(peer);
    if (account == null) {
      return;
    }
    for (Place place : account.close()) {
      Want want = place.want;
      if (want == null) {
        continue;
      }
      want.remove(place);
      if (want.places().isEmpty() && !want.isHomeless()) {
        forget(want);
      } else if (want.awaited() == 0 && isAskedFor(want.id())) {
        turn(want, nowNanos);
      }
    }
  }

  /** Whether the peer may still send us in time what another message waits for. */
  boolean isWalkedWith(Neighbour peer) {
    Account account = accounts.get(peer);
    return account != null && account.isWalkedWith();
  }

  /** The peers that may still send us in time what others wait for. */
  Set<Neighbour> walkedWith() {
    Set<Neighbour> peers = new LinkedHashSet<>();
    for (Account account : accounts.values()) {
      if (account.isWalkedWith()) {
        peers.add(account.peer());
      }
    }
    return peers;
  }

  /** Sends the requests that were gathered. */
  void flush(long nowNanos) {
    requests.flush(nowNanos);
    compactRequests.flush(nowNanos);
  }
}
