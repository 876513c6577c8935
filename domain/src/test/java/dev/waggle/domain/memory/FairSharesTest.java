package dev.waggle.domain.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.waggle.domain.memory.FairShares.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FairSharesTest {
  private static final long NOW = Long.MAX_VALUE - 5; // the clock may wrap
  private static final long LATER = NOW + Duration.ofSeconds(3).toNanos();

  private final FairShares shares = new FairShares(1000, 300);
  private final List<String> gone = new ArrayList<>();

  private Account stranger(String name) {
    return shares.open(false, () -> gone.add(name));
  }

  private Account chosen(String name) {
    return shares.open(true, () -> gone.add(name));
  }

  @Test
  void whoeverAsks_gets_asLongAsThereIsEnough() {
    assertThat(shares.take(stranger("a"), 700, NOW)).isTrue();
    assertThat(shares.take(chosen("b"), 300, NOW)).isTrue();
    assertThat(shares.takenBytes()).isEqualTo(1000);
    assertThat(gone).isEmpty();
  }

  @Test
  void strangers_neverTakeWhatIsReserved() {
    assertThat(shares.take(stranger("a"), 400, NOW)).isTrue();
    assertThat(shares.take(stranger("b"), 301, NOW)).isFalse();
    assertThat(shares.take(chosen("c"), 600, NOW)).isTrue();
    assertThat(gone).isEmpty();
  }

  @Test
  void whatNeedNotBe_takesOnlyWhatLeavesHalf() {
    Account a = stranger("a");
    assertThat(shares.takeSpare(a, 400, NOW)).isTrue();
    assertThat(shares.takeSpare(chosen("b"), 101, NOW)).isFalse();
    assertThat(shares.takeSpare(a, 100, NOW)).isTrue();
    assertThat(a.bytes()).isEqualTo(500);
    shares.close(a);
    assertThat(shares.takeSpare(a, 1, NOW)).isFalse();
    assertThat(gone).isEmpty();
  }

  @Test
  void whatIsGivenBack_canBeTakenAgain() {
    Account a = stranger("a");
    shares.take(a, 700, NOW);
    shares.giveBack(a, 500, NOW);

    assertThat(a.bytes()).isEqualTo(200);
    assertThat(shares.take(stranger("b"), 500, NOW)).isTrue();
  }

  @Test
  void whatALinkLeaves_canBeTaken_andALinkThatHasLeftGetsNothing() {
    Account a = stranger("a");
    shares.take(a, 700, NOW);
    shares.close(a);
    shares.close(a);

    assertThat(shares.takenBytes()).isZero();
    assertThat(shares.take(a, 1, NOW)).isFalse();
    shares.hold(a, 1, NOW);
    shares.giveBack(a, 1, NOW);
    assertThat(shares.hasRoom(a, 1)).isFalse();
    assertThat(shares.takenBytes()).isZero();
    assertThat(shares.take(stranger("b"), 700, NOW)).isTrue();
  }

  @Test
  void aNewcomer_doesNotDriveOutThoseThatAreAtWork() {
    Account a = stranger("a");
    Account b = stranger("b");
    shares.take(a, 350, NOW);
    shares.take(b, 350, NOW);

    assertThat(shares.take(stranger("c"), 1, NOW)).isFalse();
    assertThat(gone).isEmpty();
  }

  @Test
  void whoWasThereFirst_isNotDrivenOutByNewcomers_butTheLargestOfThemGivesWay() {
    Account old = stranger("old");
    Account small = stranger("small");
    Account large = stranger("large");
    shares.take(small, 100, NOW);
    shares.take(large, 600, NOW);

    assertThat(shares.take(old, 50, NOW)).isTrue();
    assertThat(gone).containsExactly("large");
    assertThat(shares.takenBytes()).isEqualTo(150);
  }

  @Test
  void whoOnlyHolds_givesWayToANewcomer_theOneThatHasHeldForLongestFirst() {
    Account first = stranger("first");
    Account second = stranger("second");
    shares.take(second, 300, NOW);
    shares.take(first, 400, NOW + 1);

    assertThat(shares.take(stranger("new"), 300, LATER)).isTrue();
    assertThat(gone).containsExactly("second");
  }

  @Test
  void whoGivesBack_doesNotOnlyHold() {
    Account a = stranger("a");
    shares.take(a, 400, NOW);
    Account b = stranger("b");
    shares.take(b, 300, NOW);
    shares.giveBack(a, 1, LATER);

    assertThat(shares.take(stranger("new"), 300, LATER)).isTrue();
    assertThat(gone).containsExactly("b");
  }

  @Test
  void muchMemory_mayBeHeldForLonger() {
    FairShares large = new FairShares(8 << 20, 0);
    Account slow = large.open(false, () -> gone.add("slow"));
    large.take(slow, 8 << 20, NOW);
    Account asker = large.open(false, () -> {});

    assertThat(large.take(asker, 1, NOW + Duration.ofSeconds(10).toNanos())).isFalse();
    assertThat(large.take(asker, 1, NOW + Duration.ofMillis(10_001).toNanos())).isTrue();
    assertThat(gone).containsExactly("slow");
  }

  @Test
  void aLinkThatWeHaveDialled_givesWayToNoStranger() {
    Account ours = chosen("ours");
    shares.take(ours, 1000, NOW);

    assertThat(shares.take(stranger("a"), 1, LATER)).isFalse();
    assertThat(shares.take(chosen("b"), 1, LATER)).isTrue();
    assertThat(gone).containsExactly("ours");
  }

  @Test
  void whereTooFewCanGiveWay_nobodyHasTo() {
    Account stale = stranger("stale");
    shares.take(stale, 100, NOW);
    Account busy = stranger("busy");
    shares.take(busy, 600, LATER);

    assertThat(shares.take(stranger("new"), 200, LATER)).isFalse();
    assertThat(gone).isEmpty();
  }

  @Test
  void moreThanThereIs_isNotGranted_whoeverWouldGiveWay() {
    Account a = stranger("a");
    shares.take(stranger("b"), 700, NOW);

    assertThat(shares.take(a, 701, LATER)).isFalse();
    assertThat(gone).isEmpty();
  }

  @Test
  void whatIsInUseAlready_counts_evenBeyondTheStock() {
    Account a = stranger("a");
    shares.hold(a, 900, NOW);

    assertThat(shares.hasRoom(stranger("b"), 1)).isFalse();
    assertThat(shares.takenBytes()).isEqualTo(900);
    shares.giveBack(a, 10_000, NOW);
    assertThat(shares.takenBytes()).isZero();
  }

  @Test
  void room_isWhatCanBeTakenWithoutHarm() {
    Account a = stranger("a");
    shares.take(a, 600, NOW);

    assertThat(shares.hasRoom(a, 100)).isTrue();
    assertThat(shares.hasRoom(a, 101)).isFalse();
    assertThat(shares.hasRoom(chosen("b"), 400)).isTrue();
  }

  @Test
  void forRoomThatMayNotBeNeeded_onlyThoseThatMerelyHoldGiveWay() {
    Account old = stranger("old");
    Account young = stranger("young");
    shares.take(young, 700, NOW);

    assertThat(shares.makeRoom(old, 100, NOW)).isFalse();
    assertThat(gone).isEmpty();
    assertThat(shares.makeRoom(old, 100, LATER)).isTrue();
    assertThat(gone).containsExactly("young");
    assertThat(shares.takenBytes()).isZero();
  }

  @Test
  void whatHasGivenWay_isAwaited_whenItIsAsMuchAsThereIs() {
    Account old = stranger("old");
    Account first = stranger("first");
    Account second = stranger("second");
    shares.take(second, 600, NOW);
    assertThat(shares.take(first, 600, NOW)).isTrue();
    assertThat(shares.leavingBytes()).isEqualTo(600);

    assertThat(shares.take(old, 600, NOW)).as("1200 would be leaving").isFalse();
    assertThat(gone).containsExactly("second");
    shares.close(second);
    assertThat(shares.leavingBytes()).isZero();
    assertThat(shares.take(old, 600, NOW)).isTrue();
    assertThat(gone).containsExactly("second", "first");
  }

  @Test
  void whatWaitsOfALinkThatIsGone_countsUntilItIsGivenBack() {
    Account left = stranger("left");
    Account other = stranger("other");
    shares.take(left, 500, NOW);
    shares.leave(left);

    assertThat(shares.takenBytes()).isEqualTo(500);
    assertThat(shares.take(left, 1, NOW)).as("to one that is gone").isFalse();
    assertThat(shares.takeSpare(left, 1, NOW)).isFalse();
    assertThat(shares.take(other, 500, NOW)).as("there are 250").isFalse();
    shares.giveBack(left, 200, NOW);
    assertThat(shares.takenBytes()).isEqualTo(300);
    shares.giveBack(left, 300, NOW);
    assertThat(shares.takenBytes()).isZero();
    assertThat(shares.take(other, 700, NOW)).isTrue();
    assertThat(gone).isEmpty();
  }

  @Test
  void whatWaitsOfALinkThatIsGone_givesWayInTheEnd_andIsAwaitedThen() {
    Account left = stranger("left");
    Account other = stranger("other");
    shares.take(left, 700, NOW);
    shares.leave(left);
    long later = NOW + Duration.ofSeconds(10).toNanos();

    assertThat(shares.take(other, 700, later)).isTrue();
    assertThat(gone).containsExactly("left");
    assertThat(shares.leavingBytes()).isEqualTo(700);
    shares.giveBack(left, 300, later);
    shares.leave(left);
    assertThat(shares.leavingBytes()).isEqualTo(400);
    shares.giveBack(left, 400, later);
    assertThat(shares.leavingBytes()).isZero();
    assertThat(shares.takenBytes()).isEqualTo(700);
  }

  /** A message that is whole just then, before its link has heard that it gave way. */
  @Test
  void whatALinkHoldsStill_afterItGaveWay_isAwaitedToo() {
    Account left = stranger("left");
    shares.take(left, 700, NOW);
    shares.take(stranger("other"), 700, LATER);
    shares.giveBack(left, 700, LATER);
    shares.hold(left, 700, LATER);
    assertThat(shares.leavingBytes()).isEqualTo(700);

    shares.close(left);
    shares.hold(left, 100, LATER);
    assertThat(shares.leavingBytes()).isZero();
  }

  @Test
  void linkOfWhichNothingWaits_leavesNothing() {
    Account left = stranger("left");
    shares.leave(left);

    assertThat(shares.take(left, 1, NOW)).isFalse();
    assertThat(shares.takenBytes()).isZero();
  }

  @Test
  void moreCannotBeReservedThanThereIs() {
    assertThatIllegalArgumentException().isThrownBy(() -> new FairShares(1, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new FairShares(1, -1));
  }

  /** The sum over all links, whatever they do and however many they are. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theSumOfAllLinks_staysWithinTheStock_andWhatIsLeavingToo(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Account> all = new ArrayList<>();
    List<Account> leaving = new ArrayList<>();
    long now = NOW;
    long mostLeaving = 0;
    for (int i = 0; i < 20_000; i++) {
      now += random.nextLong(Duration.ofMillis(200).toNanos());
      if (all.size() < 117 || random.nextInt(100) == 0) {
        Account[] opened = new Account[1];
        opened[0] = shares.open(random.nextInt(10) == 0, () -> leaving.add(opened[0]));
        all.add(opened[0]);
      }
      Account account = all.get(random.nextInt(all.size()));
      switch (random.nextInt(8)) {
        case 0 -> shares.giveBack(account, random.nextLong(account.bytes() + 1), now);
        case 1 -> shares.close(account);
        default -> shares.take(account, random.nextLong(1, 400), now);
      }
      assertThat(shares.takenBytes()).isBetween(0L, 1000L);
      assertThat(shares.leavingBytes()).isBetween(0L, 1000L);
      mostLeaving = Math.max(mostLeaving, shares.leavingBytes());
      if (random.nextInt(20) == 0) {
        leaving.forEach(shares::close);
        leaving.clear();
      }
    }
    assertThat(mostLeaving).as("the bound was put to the test").isGreaterThan(600);
    all.forEach(shares::close);
    assertThat(shares.takenBytes()).isZero();
    assertThat(shares.leavingBytes()).isZero();
    assertThat(shares.hasRoom(stranger("last"), 700)).isTrue();
  }
}
