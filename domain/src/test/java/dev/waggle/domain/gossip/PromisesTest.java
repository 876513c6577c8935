package dev.waggle.domain.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.lane.Lane;
import dev.waggle.domain.neighbour.Offence;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Places, turns and promises (PROTOCOL §8.2). */
class PromisesTest {
  private static final MessageId FIRST = id(1);
  private static final MessageId SECOND = id(2);
  private static final int SECOND_NANOS = 1_000_000_000;

  private final Wanted wanted = new Wanted(GossipSettings.DEFAULTS, DuplicateFilter.NONE);
  private int peers;
  private long now = Long.MAX_VALUE - 5L * SECOND_NANOS; // Soon the clock runs over.

  private static MessageId id(long number) {
    return new MessageId(number, 0, 0, 0);
  }

  private FakeNeighbour inbound() {
    return new FakeNeighbour(peers++);
  }

  private FakeNeighbour outbound() {
    FakeNeighbour peer = inbound();
    peer.outbound = true;
    return peer;
  }

  private void announce(FakeNeighbour peer, MessageId... ids) {
    Stream.of(ids).forEach(id -> wanted.announced(id, peer, now));
    wanted.flush(now);
  }

  private void receive(FakeNeighbour from, MessageId id) {
    wanted.received(id, Lane.BULK, from, now);
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      now += SECOND_NANOS;
      wanted.expire(now);
      wanted.sweep(now);
      wanted.flush(now);
    }
  }

  /** Announces this many ids that nobody else has, delivers none, and lets them be judged. */
  private void breakPromises(FakeNeighbour peer, int count) {
    for (int i = 0; i < count; i++) {
      announce(peer, new MessageId(i, peer.hashCode(), now, 1));
    }
    pass(40);
    peer.take();
  }

  private static boolean wasAsked(FakeNeighbour peer, MessageId id) {
    return peer.take().contains(new WireMessage.Request(List.of(id)));
  }

  @Test
  void keptPromise_costsNothing() {
    FakeNeighbour peer = inbound();
    announce(peer, FIRST);
    pass(29);
    receive(peer, FIRST);
    pass(60);
    assertThat(peer.offences).isEmpty();
    assertThat(wanted.room(peer)).isEqualTo(Account.INBOUND_PLACES);
  }

  @Test
  void brokenPromises_costPointsAndHalfThePlaces_onceInHalfAMinute() {
    FakeNeighbour peer = inbound();
    announce(peer, FIRST, SECOND);
    pass(5);
    announce(peer, id(3));
    pass(24);
    assertThat(peer.offences).isEmpty();
    pass(1);
    assertThat(peer.offences).containsExactly(Offence.BROKEN_PROMISE);
    pass(29);
    assertThat(peer.offences).hasSize(1);
    assertThat(wanted.room(peer)).isEqualTo(Account.INBOUND_PLACES / 2);

    breakPromises(peer, 3);
    assertThat(peer.offences).hasSize(2);
    assertThat(wanted.room(peer)).isEqualTo(Account.INBOUND_PLACES / 4);
  }

  @Test
  void howeverManyPromisesAreBroken_someIdsCanStillBeTold() {
    FakeNeighbour peer = inbound();
    for (int i = 0; i < 20; i++) {
      breakPromises(peer, 1);
    }
    assertThat(wanted.room(peer)).isEqualTo(4);
  }

  @Test
  void manyKeptPromises_givePlacesBack() {
    FakeNeighbour peer = inbound();
    breakPromises(peer, 1);
    for (int i = 0; i < Account.KEPT_PER_DOUBLING; i++) {
      assertThat(wanted.room(peer)).isEqualTo(Account.INBOUND_PLACES / 2);
      announce(peer, FIRST);
      receive(peer, FIRST);
    }
    assertThat(wanted.room(peer)).isEqualTo(Account.INBOUND_PLACES);
  }

  @Test
  void whatWasAskedEarlierStillComes_isSlowAndNoBreach() {
    FakeNeighbour peer = inbound();
    announce(peer, FIRST, SECOND);
    pass(25);
    receive(peer, FIRST);
    pass(10);
    assertThat(peer.offences).isEmpty();
  }

  @Test
  void whatWasAskedLaterHasCome_theOneLeftOutIsABreach() {
    FakeNeighbour peer = inbound();
    announce(peer, FIRST, SECOND);
    pass(25);
    receive(peer, SECOND);
    pass(10);
    assertThat(peer.offences).containsExactly(Offence.BROKEN_PROMISE);
  }

  /** We catch up with a chain over a slow line, which the blocks fill: the rest has to wait. */
  @Test
  void blocksThatOvertakeWhatWasAskedEarlier_areNoBreach() {
    FakeNeighbour peer = inbound();
    announce(peer, FIRST);
    for (int block = 10; block < 20; block++) {
      announce(peer, id(block));
      pass(20);
      wanted.received(id(block), Lane.EXPRESS, peer, now);
    }
    assertThat(peer.offences).isEmpty();
    pass(60);
    announce(peer, SECOND);
    pass(40);
    assertThat(peer.offences).as("nothing comes any more").hasSize(1);
  }

  @Test
  void needlessMessage_isOwedAllTheSame_andTakesItsPlaceMeanwhile() {
    FakeNeighbour asked = inbound();
    FakeNeighbour other = inbound();
    announce(asked, FIRST);
    receive(other, FIRST);
    assertThat(wanted.size()).isZero();
    assertThat(wanted.room(asked)).isEqualTo(Account.INBOUND_PLACES - 1);
    pass(31);
    assertThat(asked.offences).containsExactly(Offence.BROKEN_PROMISE);
    assertThat(wanted.room(asked)).isEqualTo(Account.INBOUND_PLACES / 2);
    assertThat(other.offences).isEmpty();
  }

  @Test
  void askedLongAfterTheAnnouncement_breaksNothing() {
    List<FakeNeighbour> seven = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      seven.add(inbound());
      announce(seven.getLast(), FIRST);
    }
    pass(60);
    assertThat(wasAsked(seven.getLast(), FIRST)).isTrue();
    assertThat(seven.getLast().offences).isEmpty();
    seven.subList(0, 6).forEach(peer -> assertThat(peer.offences).hasSize(1));
  }

  @Test
  void requestThatFoundNoRoom_bindsNobody() {
    FakeNeighbour peer = inbound();
    peer.room = 0;
    announce(peer, FIRST);
    pass(60);
    assertThat(peer.offences).isEmpty();
  }

  @Test
  void newLink_cancelsWhatIsOwed() {
    FakeNeighbour peer = inbound();
    FakeNeighbour other = inbound();
    announce(peer, FIRST, SECOND);
    receive(other, SECOND);
    wanted.linked(peer);
    assertThat(wanted.room(peer)).isEqualTo(Account.INBOUND_PLACES - 1);
    pass(2);
    wanted.received(FIRST, Lane.BULK, null, now);
    assertThat(wanted.room(peer)).isEqualTo(Account.INBOUND_PLACES);
    pass(60);
    assertThat(peer.offences).isEmpty();
  }

  @Test
  void order_sendersOfChildren_thenOutbound_thenWhoKeptTheirWord_thenOthers_thenWhoBrokeIt() {
    Account breaker = new Account(outbound(), new Debts());
    ask(breaker, SECOND);
    now += Account.ANSWER_WITHIN.toNanos();
    assertThat(breaker.isInBreach(now)).isTrue();
    Account stranger = new Account(inbound(), new Debts());
    Account keeper = new Account(inbound(), new Debts());
    ask(keeper, SECOND);
    keeper.delivered(SECOND, Lane.BULK, now);
    Account chosen = new Account(outbound(), new Debts());
    Account sender = new Account(inbound(), new Debts());

    Want want = new Want(FIRST, false, false);
    for (Account account : List.of(breaker, stranger, keeper, chosen, sender)) {
      Place place = Objects.requireNonNull(account.take(want, now));
      place.sentChild = account.equals(sender);
      want.add(place);
    }
    List<Account> order = new ArrayList<>();
    for (Place next = want.next(); next != null; next = want.next()) {
      order.add(next.account);
      next.account.asked(next, now);
    }
    List<Account> expected = List.of(sender, chosen, keeper, stranger, breaker);
    assertThat(order.subList(0, 5)).isEqualTo(expected);
    assertThat(order.subList(5, 10)).as("again, when all were asked").isEqualTo(expected);
    assertThat(order).hasSize(10);
  }

  private void ask(Account account, MessageId id) {
    Place place = account.take(new Want(id, false, false), now);
    account.asked(Objects.requireNonNull(place), now);
  }

  @Test
  void senderOfAChild_isAskedBesideOneOther_notBesideTwo() {
    FakeNeighbour announcer = inbound();
    FakeNeighbour firstSender = inbound();
    FakeNeighbour secondSender = inbound();
    announce(announcer, FIRST);
    announce(inbound(), FIRST);
    wanted.missing(FIRST, firstSender, now);
    wanted.missing(FIRST, secondSender, now);
    wanted.flush(now);
    assertThat(wasAsked(firstSender, FIRST)).isTrue();
    assertThat(wasAsked(secondSender, FIRST)).isFalse();
    pass(3);
    assertThat(wasAsked(secondSender, FIRST)).isTrue();
  }

  @Test
  void allPlacesOfAllPeers_areTheBound() {
    List<FakeNeighbour> all = new ArrayList<>();
    for (int i = 0; i < 125; i++) {
      all.add(i < 8 ? outbound() : inbound());
    }
    for (FakeNeighbour peer : all) {
      for (int i = 0; i < 2 * WireMessage.MAX_IDS; i++) {
        announce(peer, new MessageId(i, peer.hashCode(), 0, 0));
        wanted.missing(new MessageId(i, peer.hashCode(), 1, 0), peer, now);
      }
    }
    assertThat(wanted.size())
        .isEqualTo(8 * Account.OUTBOUND_PLACES + 117 * Account.INBOUND_PLACES)
        .isEqualTo(68_096);
    all.forEach(peer -> assertThat(wanted.room(peer)).isZero());

    for (FakeNeighbour peer : all) {
      peer.connected = false;
      wanted.departed(peer, now);
    }
    assertThat(wanted.isIdle()).as("nothing is left of peers that have left").isTrue();
  }

  @Test
  void messageOfManyHolders_isToldOfToNoneOfThem_howeverMany() {
    List<FakeNeighbour> all = new ArrayList<>();
    for (int i = 0; i < 125; i++) {
      all.add(inbound());
      announce(all.getLast(), FIRST);
    }
    Want want = wanted.received(FIRST, Lane.BULK, all.getFirst(), now);
    assertThat(want).isNotNull().satisfies(w -> assertThat(w.holders()).hasSize(125));
  }

  @Test
  void rest_endsHalfAMinuteAfterItBegan_thoughOthersTellOfTheMessage() {
    FakeNeighbour peer = inbound();
    announce(peer, FIRST);
    pass(6);
    pass(20);
    FakeNeighbour late = inbound();
    announce(late, FIRST);
    assertThat(wasAsked(late, FIRST)).isTrue();
    peer.take();
    pass(Math.toIntExact(Duration.ofSeconds(10).toSeconds()));
    assertThat(wanted.size()).isZero();
    announce(peer, FIRST);
    assertThat(wasAsked(peer, FIRST)).isTrue();
  }

  @Test
  void senderOfAChild_owesTheParentHoweverLateItIsAsked() {
    for (boolean sentChild : List.of(true, false)) {
      Account account = new Account(inbound(), new Debts());
      Place place = Objects.requireNonNull(account.take(new Want(FIRST, true, false), now));
      place.sentChild = sentChild;
      now += Account.PROMISE_HOLDS.toNanos() + 1;
      account.asked(place, now);
      assertThat(place.owed).isEqualTo(sentChild);
    }
  }

  @Test
  void announcerThatSendsAChild_isAskedAtOnceToo() {
    FakeNeighbour announcer = inbound();
    FakeNeighbour sender = inbound();
    announce(announcer, FIRST);
    announce(sender, FIRST);
    wanted.missing(FIRST, sender, now);
    wanted.flush(now);
    assertThat(wasAsked(sender, FIRST)).isTrue();
  }

  @Test
  void senderOfManyChildren_isNotAskedAgainForEach() {
    FakeNeighbour sender = inbound();
    wanted.missing(FIRST, sender, now);
    wanted.missing(FIRST, sender, now);
    wanted.flush(now);
    assertThat(sender.take()).containsExactly(new WireMessage.Request(List.of(FIRST)));
    assertThat(wanted.isWalking()).isTrue();
    receive(sender, FIRST);
    assertThat(wanted.isWalking()).isFalse();
  }

  @Test
  void missingMessagesOfWhichNobodyIsLeft_areWantedInBoundedNumber() {
    for (int round = 0; round < 2; round++) {
      FakeNeighbour guest = inbound();
      for (int i = 0; i < 2 * Wanted.MAX_HOMELESS; i++) {
        wanted.resume(id(i), List.of(), _ -> guest, now);
      }
      assertThat(wanted.size()).isEqualTo(Wanted.MAX_HOMELESS);
      pass(60);
      assertThat(wanted.size()).isZero();
    }
  }

  @Test
  void peerThatHasDeparted_leavesNoTraceWhenItsClosingLinkStillSpeaks() {
    FakeNeighbour peer = inbound();
    peer.connected = false;
    announce(peer, FIRST);
    wanted.missing(SECOND, peer, now);
    assertThat(wanted.room(peer)).isZero();
    assertThat(wanted.isIdle()).isTrue();
  }

  @Test
  void announcerThatDeparts_isForgottenHoweverOftenItAnnounced() {
    FakeNeighbour peer = inbound();
    announce(peer, FIRST, FIRST, FIRST);
    peer.connected = false;
    wanted.departed(peer, now);
    assertThat(wanted.isIdle()).isTrue();
  }

  @Test
  void peerAskedOnTheOffChance_isWaitedForLikeAnyOther() {
    wanted.resume(FIRST, List.of(), _ -> inbound(), now);
    assertThat(wanted.isAskedFor(FIRST)).isTrue();
    assertThat(wanted.isWalking()).isTrue();
    pass(3);
    assertThat(wanted.isAskedFor(FIRST)).isFalse();
    announce(inbound(), SECOND);
    assertThat(wanted.size()).as("one at rest, one asked for").isEqualTo(2);
  }
}
