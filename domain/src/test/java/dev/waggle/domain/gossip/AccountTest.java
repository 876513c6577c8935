package dev.waggle.domain.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.lane.Lane;
import dev.waggle.ports.wire.MessageId;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What one peer owes, to the nanosecond (PROTOCOL §8.2). */
class AccountTest {
  private static final MessageId FIRST = new MessageId(1, 0, 0, 0);
  private static final MessageId SECOND = new MessageId(2, 0, 0, 0);
  private static final long WITHIN = Account.ANSWER_WITHIN.toNanos();
  private final Debts debts = new Debts();
  private final long start = Long.valueOf(Long.MAX_VALUE) - 5; // Soon the clock runs over.
  private final Account account = new Account(new FakeNeighbour(1), debts);

  private Place told(MessageId id, long nowNanos) {
    return Objects.requireNonNull(account.take(new Want(id, false, false), nowNanos));
  }

  private Place ask(MessageId id, long nowNanos) {
    Place place = told(id, nowNanos);
    account.asked(place, nowNanos);
    return place;
  }

  @Test
  void announcement_bindsForItsWholeTime() {
    Place first = told(FIRST, start);
    Place second = told(SECOND, start);
    account.asked(first, start + Account.PROMISE_HOLDS.toNanos());
    account.asked(second, start + Account.PROMISE_HOLDS.toNanos() + 1);
    assertThat(first.owed).isTrue();
    assertThat(second.owed).isFalse();
  }

  @Test
  void messageThatIsNotWantedAnyMore_givesItsPlaceBackWhenItComes() {
    account.settle(ask(FIRST, start));
    assertThat(account.room()).isEqualTo(Account.INBOUND_PLACES - 1);
    account.delivered(FIRST, Lane.BULK, start);
    assertThat(account.room()).isEqualTo(Account.INBOUND_PLACES);
    assertThat(debts.isOwed(FIRST)).isFalse();
  }

  @Test
  void howeverManyPromisesAreKept_placesAreAsManyAsAtFirst() {
    for (int i = 0; i < 2 * Account.KEPT_PER_DOUBLING; i++) {
      Place place = ask(FIRST, start);
      account.delivered(FIRST, Lane.BULK, start);
      account.settle(place);
      assertThat(account.room()).isEqualTo(Account.INBOUND_PLACES);
    }
  }

  @Test
  void brokenPromise_countsOnce_thoughTheMessageIsStillWanted() {
    ask(FIRST, start);
    assertThat(account.isInBreach(start + WITHIN - 1)).isFalse();
    assertThat(account.isInBreach(start + WITHIN)).isTrue();
    assertThat(debts.isOwed(FIRST)).isFalse();
    assertThat(account.isInBreach(start + 3 * WITHIN)).isFalse();
  }

  @Test
  void secondBreach_countsHalfAMinuteAfterTheFirst() {
    ask(FIRST, start);
    ask(SECOND, start + WITHIN);
    assertThat(account.isInBreach(start + WITHIN)).isTrue();
    assertThat(account.isInBreach(start + 2 * WITHIN)).isTrue();
  }

  @Test
  void whoHasDeliveredNothingForHalfAMinute_isNotSlow() {
    ask(FIRST, start);
    ask(SECOND, start + 1);
    account.delivered(FIRST, Lane.BULK, start + 1);
    assertThat(account.isInBreach(start + 1 + WITHIN)).isTrue();
  }

  @Test
  void peerIsWalkedWith_whileItIsAwaitedForWhatAnotherMessageWaitsFor() {
    Want missing = new Want(FIRST, true, false);
    Place place = Objects.requireNonNull(account.take(missing, start));
    missing.add(place);
    assertThat(account.isWalkedWith()).isFalse();
    missing.await(place);
    assertThat(account.isWalkedWith()).isTrue();
    missing.nextTurn();
    assertThat(account.isWalkedWith()).isFalse();

    Want announced = new Want(SECOND, false, false);
    announced.await(Objects.requireNonNull(account.take(announced, start)));
    assertThat(account.isWalkedWith()).isFalse();
  }

  @Test
  void messageThatTwoPeersOwe_isOwedUntilBothHaveSentIt() {
    debts.add(FIRST);
    debts.add(FIRST);
    debts.remove(FIRST);
    assertThat(debts.isOwed(FIRST)).isTrue();
    debts.remove(FIRST);
    assertThat(debts.isOwed(FIRST)).isFalse();
  }
}
