package dev.waggle.domain.addresses;

import static dev.waggle.domain.addresses.Books.at;
import static dev.waggle.domain.addresses.Books.ip;
import static dev.waggle.domain.addresses.Books.peer;
import static dev.waggle.domain.addresses.Books.young;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.addresses.AddressBook.Candidate;
import dev.waggle.domain.chance.Draws;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.node.KnownAddress;
import dev.waggle.ports.wire.AddressRecord;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an {@link AddressBook} takes, keeps, forgets and draws. */
class AddressBookTest {
  private static final IpAddress SOURCE = ip("20.1.0.1");

  private final AddressBook book = Books.book(1);
  private long now = Long.MAX_VALUE - Duration.ofMinutes(30).toNanos(); // Soon runs over.

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private boolean told(String address) {
    return book.told(young(at(address)), SOURCE, now);
  }

  /** Of so many, few of which want the same place. */
  private void tellOf(int count) {
    for (int i = 0; i < count; i++) {
      var _ = told("11." + i + ".1.1");
    }
    assertThat(book.size()).isGreaterThan(count * 9 / 10);
  }

  private KnownAddress only() {
    List<KnownAddress> all = book.all(now);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  @Test
  void whatIsTold_isTaken_twoHoursOlderThanItIsSaidToBe() {
    AddressRecord record = new AddressRecord(at("11.1.1.1"), 60, 5);
    assertThat(book.told(record, SOURCE, now)).isTrue();
    assertThat(only())
        .isEqualTo(
            new KnownAddress(
                record.endpoint(),
                SOURCE,
                5,
                null,
                7260,
                KnownAddress.NEVER,
                KnownAddress.NEVER,
                0,
                false));
    assertThat(book.told(new AddressRecord(at("11.1.1.1"), 0, 2), SOURCE, now)).isFalse();
    assertThat(only().services()).isEqualTo(7);
    assertThat(only().seenSecondsAgo()).isEqualTo(7200);
  }

  /** Whoever asks for addresses would see who has told of itself, and so is linked. */
  @Test
  void whatIsToldByWhoHasIt_isAsOldAsWhatOthersTell() {
    assertThat(book.told(new AddressRecord(at("11.1.1.1"), 60, 0), ip("11.1.1.1"), now)).isTrue();
    assertThat(only().seenSecondsAgo()).isEqualTo(7260);
  }

  @Test
  void whatIsTooOld_orLeadsNowhere_orHome_isNotTaken() {
    int month = (int) Duration.ofDays(30).toSeconds();
    assertThat(book.told(new AddressRecord(at("11.1.1.1"), month, 0), SOURCE, now)).isFalse();
    assertThat(told("10.1.1.1")).isFalse();
    assertThat(told("127.0.0.1")).isFalse();
    assertThat(told("0.0.0.0")).isFalse();
    book.isOwn(at("12.1.1.1"));
    assertThat(told("12.1.1.1")).isFalse();
    assertThat(book.size()).isZero();
  }

  @Test
  void ownAddress_isForgotten_whereverItStood() {
    assertThat(told("12.1.1.1")).isTrue();
    assertThat(told("12.1.1.2")).isTrue();
    book.reached(at("12.1.1.2"), peer(1), now);
    book.isOwn(at("12.1.1.1"));
    book.isOwn(at("12.1.1.2"));
    assertThat(book.size()).isZero();
    assertThat(book.triedCount()).isZero();
  }

  @Test
  void whatWasReached_isTried_pinnedAndKeptOverARestart() {
    assertThat(told("11.1.1.1")).isTrue();
    assertThat(told("11.2.1.1")).isTrue();
    book.reached(at("11.1.1.1"), peer(7), now);
    pass(Duration.ofHours(3));
    book.attempted(at("11.2.1.1"), now);
    pass(Duration.ofHours(1));

    AddressBook restored = Books.book(1);
    restored.restore(book.all(now), now);
    assertThat(restored.all(now)).containsExactlyInAnyOrderElementsOf(book.all(now));
    assertThat(restored.triedCount()).isEqualTo(1);
    Candidate tried = restored.find(at("11.1.1.1"));
    assertThat(tried).isNotNull();
    assertThat(tried.proven()).isEqualTo(peer(7));
    assertThat(tried.everReached()).isTrue();
  }

  /** Or whose clock was wrong when it started: what it has is all that it can dial. */
  @Test
  void nodeThatWasOffForTwoMonths_hasItsBook_andTellsNobodyOfIt() {
    tellOf(50);
    for (int i = 0; i < 10; i++) {
      book.reached(at("11." + i + ".1.1"), peer(i), now);
    }
    List<KnownAddress> old =
        book.all(now).stream().map(known -> known.after(Duration.ofDays(59))).toList();
    AddressBook restored = Books.book(1);
    restored.restore(old, now);
    assertThat(restored.all(now)).containsExactlyInAnyOrderElementsOf(old);
    assertThat(restored.triedCount()).isEqualTo(10);
    assertThat(restored.draw(false, _ -> true, 100, now)).isNotNull();
    assertThat(restored.sample(100, 100, now)).isEmpty();
  }

  @Test
  void restart_withAnotherKey_losesNothingButItsPlace() {
    tellOf(200);
    AddressBook restored = Books.book(2);
    restored.restore(book.all(now), now);
    assertThat(restored.size()).isGreaterThan(book.size() - 10);
  }

  /** 64 buckets of 64 places, however many addresses from however many groups it tells. */
  @Test
  void oneGroupsWord_fillsASixteenthOfTheTable_andPushesNobodyOut() {
    for (int i = 0; i < 1000; i++) {
      IpAddress honest = IpAddress.ofIpv4((30 << 24) | (i << 8) | 1);
      book.told(young(new IpEndpoint(IpAddress.ofIpv4((40 << 24) | (i << 12)), 9000)), honest, now);
    }
    int honest = book.size();
    for (int i = 0; i < 200_000; i++) {
      IpEndpoint any = new IpEndpoint(IpAddress.ofIpv4((50 << 24) + i * 4099), 9000);
      IpAddress oneGroup = IpAddress.ofIpv4((20 << 24) | (1 << 16) | (i & 0xFFFF));
      book.told(young(any), oneGroup, now);
    }
    assertThat(book.size() - honest).isBetween(3000, 64 * Buckets.SLOTS);
    long left =
        book.all(now).stream()
            .filter(known -> known.endpoint().address().ipv4Bits() >>> 24 == 40)
            .count();
    assertThat(left).isEqualTo(honest);
  }

  /** 8 buckets of 64 places. */
  @Test
  void oneGroupsAddresses_fillAThirtySecondOfTried() {
    for (int i = 0; i < 20_000; i++) {
      IpEndpoint endpoint = new IpEndpoint(IpAddress.ofIpv4((50 << 24) | i), 9000 + i % 3);
      book.reached(endpoint, peer(i), now);
      pass(Duration.ofHours(5)); // So that none is kept for having been reached lately.
      book.settleContenders(now);
    }
    assertThat(book.triedCount()).isBetween(300, 8 * Buckets.SLOTS);
  }

  @Test
  void addressThatWasDialledInVain_isNotToldAnyMore() {
    assertThat(told("11.1.1.1")).isTrue();
    for (int failures = 0; failures < BookEntry.MAX_FAILURES_IF_NEVER_REACHED; failures++) {
      assertThat(sampled()).contains(at("11.1.1.1"));
      book.reached(at("15.1.1.1"), peer(1), now);
      pass(Duration.ofSeconds(1));
      book.attempted(at("11.1.1.1"), now);
      assertThat(sampled()).as("its outcome is under way").contains(at("11.1.1.1"));
      pass(Duration.ofMinutes(2));
    }
    assertThat(sampled()).containsExactly(at("15.1.1.1"));
  }

  private List<IpEndpoint> sampled() {
    return book.sample(100, 100, now).stream().map(AddressRecord::endpoint).toList();
  }

  @Test
  void whileNothingIsReached_oneFailureIsEnough() {
    assertThat(told("11.1.1.1")).isTrue();
    for (int i = 0; i < 20; i++) {
      book.attempted(at("11.1.1.1"), now);
      pass(Duration.ofMinutes(20));
    }
    assertThat(only().failures()).isEqualTo(1);
    Candidate candidate = book.find(at("11.1.1.1"));
    assertThat(candidate).isNotNull();
    assertThat(candidate.failuresInARow()).isEqualTo(20);
  }

  @Test
  void sample_isAPartOfAll_andAnotherOneEachTime() {
    tellOf(250);
    int part = (book.size() * 23 + 99) / 100;
    assertThat(book.sample(1000, 23, now)).hasSize(part).doesNotHaveDuplicates();
    assertThat(book.sample(20, 23, now)).hasSize(20);
    Set<List<AddressRecord>> samples = new LinkedHashSet<>();
    for (int i = 0; i < 10; i++) {
      samples.add(book.sample(20, 23, now));
    }
    assertThat(samples).hasSize(10);
  }

  @Test
  void whoFillsFewBuckets_isDrawnNoMoreOftenForIt() {
    for (int i = 0; i < 300; i++) {
      IpAddress honest = IpAddress.ofIpv4((30 << 24) | (i << 16) | 1);
      book.told(young(new IpEndpoint(IpAddress.ofIpv4((40 << 24) | (i << 16)), 9000)), honest, now);
    }
    for (int i = 0; i < 50_000; i++) {
      book.told(young(new IpEndpoint(IpAddress.ofIpv4((50 << 24) + i * 4099), 9000)), SOURCE, now);
    }
    int honest = 0;
    for (int i = 0; i < 2000; i++) {
      Candidate drawn = book.draw(false, _ -> true, 100, now);
      assertThat(drawn).isNotNull();
      honest += drawn.endpoint().address().ipv4Bits() >>> 24 == 40 ? 1 : 0;
    }
    // 7 % of the addresses, in three quarters of the buckets that are in use.
    assertThat(honest).isGreaterThan(1000);
  }

  @Test
  void draw_takesOnlyWhatSuits_andOnlyNewOnesForAFeeler() {
    assertThat(told("11.1.1.1")).isTrue();
    assertThat(told("11.2.1.1")).isTrue();
    book.reached(at("11.2.1.1"), peer(1), now);
    for (int i = 0; i < 50; i++) {
      Candidate fresh = book.draw(true, _ -> true, 100, now);
      assertThat(fresh).isNotNull();
      assertThat(fresh.endpoint()).isEqualTo(at("11.1.1.1"));
    }
    assertThat(book.draw(false, _ -> false, 100, now)).isNull();
    Candidate other =
        book.draw(false, candidate -> candidate.endpoint().equals(at("11.2.1.1")), 100, now);
    assertThat(other).isNotNull();
    assertThat(Books.book(3).draw(false, _ -> true, 100, now)).isNull();
  }

  @Test
  void whereSomebodyElseAnswers_theAddressIsNewsAgain() {
    book.reached(at("11.1.1.1"), peer(1), now);
    assertThat(book.triedCount()).isEqualTo(1);
    book.disowned(at("11.1.1.1"));
    assertThat(book.triedCount()).isZero();
    assertThat(only().proven()).isNull();
    assertThat(only().tried()).isFalse();
  }

  /** Two addresses that belong in the same place of tried, the first of which has it. */
  private IpEndpoint contenderOf(IpEndpoint holder) {
    book.reached(holder, peer(1), now);
    for (int i = 1; ; i++) {
      IpEndpoint other = new IpEndpoint(holder.address(), 9000 + i);
      int before = book.triedCount();
      book.reached(other, peer(2), now);
      if (book.triedCount() == before) {
        return other;
      }
      book.isOwn(other);
    }
  }

  @Test
  void holderOfAPlace_isTestedFirst_andKeepsItIfItAnswers() {
    IpEndpoint contender = contenderOf(at("11.1.1.1"));
    pass(Duration.ofHours(5));
    Candidate test = book.toTest(now);
    assertThat(test).isNotNull();
    assertThat(test.endpoint()).isEqualTo(at("11.1.1.1"));
    assertThat(isTried(contender)).isFalse();
    book.attempted(at("11.1.1.1"), now);
    assertThat(book.toTest(now)).as("while the dial is under way").isNull();
    book.reached(at("11.1.1.1"), peer(1), now);
    book.settleContenders(now);
    assertThat(isTried(contender)).isFalse();
    assertThat(isTried(at("11.1.1.1"))).isTrue();
    assertThat(book.toTest(now)).isNull();
  }

  private boolean isTried(IpEndpoint endpoint) {
    return book.all(now).stream()
        .anyMatch(known -> known.tried() && known.endpoint().equals(endpoint));
  }

  @Test
  void holderThatDoesNotAnswer_losesItsPlace() {
    IpEndpoint contender = contenderOf(at("11.1.1.1"));
    pass(Duration.ofHours(5));
    book.settleContenders(now);
    // Contended for longer than 40 min.
    assertThat(isTried(contender)).isTrue();
    assertThat(isTried(at("11.1.1.1"))).isFalse();
    assertThat(book.size()).isEqualTo(2);
  }

  @Test
  void holderThatWasReachedLately_keepsItsPlace() {
    IpEndpoint contender = contenderOf(at("11.1.1.1"));
    pass(Duration.ofHours(3));
    book.settleContenders(now);
    assertThat(isTried(contender)).isFalse();
    assertThat(isTried(at("11.1.1.1"))).isTrue();
  }

  /** Strangers who fill the table of hearsay keep nobody out who was reached. */
  @Test
  void whoWasReached_isTried_thoughNewIsFull() {
    for (int i = 0; i < 400_000; i++) {
      IpEndpoint any = new IpEndpoint(IpAddress.ofIpv4((50 << 24) + i * 4099), 9000);
      book.told(young(any), IpAddress.ofIpv4((30 << 24) + i * 65_537), now);
    }
    assertThat(book.size()).isGreaterThan(60_000);
    for (int i = 0; i < 100; i++) {
      book.reached(at("12." + i + ".1.1"), peer(i), now);
    }
    assertThat(book.triedCount()).isGreaterThan(95);
  }

  /** Who asks would see whom this node has dialled a moment ago. */
  @Test
  void addressThatIsReached_growsNoYounger_untilItsLinkHasEnded() {
    assertThat(told("11.1.1.1")).isTrue();
    pass(Duration.ofHours(1));
    book.reached(at("11.1.1.1"), peer(1), now);
    assertThat(only().seenSecondsAgo()).isEqualTo(10_800);
    book.lost(at("11.1.1.1"), false, now);
    assertThat(only().seenSecondsAgo()).isEqualTo(10_800);
    book.lost(at("11.1.1.1"), true, now);
    assertThat(only().seenSecondsAgo()).as("as if somebody had told of it").isEqualTo(7200);
    pass(Duration.ofMinutes(19));
    book.lost(at("11.1.1.1"), true, now);
    assertThat(only().seenSecondsAgo()).isEqualTo(7200 + 1140);
  }

  @Test
  void addressThatWasNotKnown_isNoYounger_forHavingBeenReached() {
    book.reached(at("11.1.1.1"), peer(1), now);
    assertThat(only().seenSecondsAgo()).isEqualTo(7200);
  }

  @Test
  void dialsInARow_areForgiven_onceALinkHasStood() {
    assertThat(told("11.1.1.1")).isTrue();
    for (int i = 1; i < 4; i++) {
      book.attempted(at("11.1.1.1"), now);
      book.reached(at("11.1.1.1"), peer(1), now);
      book.lost(at("11.1.1.1"), false, now);
      assertThat(failuresInARow()).isEqualTo(i);
    }
    book.lost(at("11.1.1.1"), true, now);
    assertThat(failuresInARow()).isZero();
  }

  private int failuresInARow() {
    Candidate found = book.find(at("11.1.1.1"));
    assertThat(found).isNotNull();
    return found.failuresInARow();
  }

  @Test
  void ownAddresses_areRememberedUpToABound() {
    for (int i = 0; i < 65; i++) {
      book.isOwn(at("12." + i + ".1.1"));
    }
    assertThat(book.takes(at("12.0.1.1"))).isTrue();
    assertThat(book.takes(at("12.1.1.1"))).isFalse();
  }

  private static KnownAddress known(String address, long ages, int failures, boolean tried) {
    return new KnownAddress(at(address), SOURCE, -1, null, ages, ages, ages, failures, tried);
  }

  @Test
  void memoryThatIsDamaged_doesNoHarm() {
    book.restore(
        List.of(
            known("11.1.1.1", Long.MIN_VALUE, Integer.MIN_VALUE, true),
            known("11.2.1.1", -1, Integer.MIN_VALUE, true),
            known("11.3.1.1", -1, Integer.MAX_VALUE, false),
            known("11.4.1.1", Long.MAX_VALUE, 0, true),
            known("11.5.1.1", -2, Integer.MAX_VALUE, false),
            known("10.1.1.1", 0, 0, true),
            known("11.1.1.1", 0, 0, false)),
        now);
    assertThat(book.all(now)).allSatisfy(each -> assertThat(each.failures()).isBetween(0, 10));
    assertThat(book.triedCount()).as("none that was never reached").isEqualTo(2);
    assertThat(sampled()).doesNotHaveDuplicates().doesNotContain(at("11.4.1.1"), at("10.1.1.1"));
    for (int i = 0; i < 3; i++) {
      book.attempted(at("11.5.1.1"), now);
      assertThat(only("11.5.1.1").failures()).isPositive();
    }
  }

  private KnownAddress only(String address) {
    return book.all(now).stream()
        .filter(each -> each.endpoint().equals(at(address)))
        .findFirst()
        .orElseThrow();
  }

  /** A contender may lose its only place in new to the one who makes room for another one. */
  @Test
  void underRandomOperations_theTablesAgree() {
    for (int seed = 0; seed < 12; seed++) {
      randomOperations(seed);
    }
  }

  private void randomOperations(int seed) {
    // So few addresses of one group, told by one, that they contend for everything.
    AddressBook any = Books.book(seed);
    SeededRandom random = new SeededRandom(seed);
    Draws draws = new Draws(random);
    for (int step = 0; step < 4000; step++) {
      IpEndpoint endpoint =
          new IpEndpoint(
              IpAddress.ofIpv4((50 << 24) | (int) draws.below(8)), 1 + draws.choice(999));
      switch (draws.choice(9)) {
        case 0, 1, 2 -> any.told(young(endpoint), SOURCE, now);
        case 3, 4 -> any.reached(endpoint, peer(step), now);
        case 5 -> any.attempted(endpoint, now);
        case 6 -> any.settleContenders(now);
        case 7 -> {
          Candidate drawn = any.draw(false, _ -> true, 10, now);
          if (drawn != null) {
            any.disowned(drawn.endpoint());
          }
        }
        default -> {
          if (draws.choice(50) == 0) {
            any.isOwn(endpoint);
          }
        }
      }
      now += draws.below(Duration.ofMinutes(3).toNanos());
      if (step % 20 == 0) {
        checkThatTablesAgree(any);
      }
    }
    List<KnownAddress> all = any.all(now);
    AddressBook restored = Books.book(seed);
    restored.restore(all, now);
    checkThatTablesAgree(restored);
    assertThat(restored.triedCount()).isEqualTo(any.triedCount());
    assertThat(restored.all(now)).isSubsetOf(all);
  }

  /** What is drawn stands in the list, and what the list says is tried stands in that table. */
  private void checkThatTablesAgree(AddressBook any) {
    List<KnownAddress> all = any.all(now);
    assertThat(all).extracting(KnownAddress::endpoint).doesNotHaveDuplicates();
    assertThat(all).hasSize(any.size());
    assertThat(all).allMatch(each -> any.find(each.endpoint()) != null);
    assertThat(all.stream().filter(KnownAddress::tried).count()).isEqualTo(any.triedCount());
    for (int i = 0; i < 40; i++) {
      Candidate drawn = any.draw(i % 2 == 0, _ -> true, 1, now);
      assertThat(drawn == null || any.find(drawn.endpoint()) != null).isTrue();
    }
    Candidate tested = any.toTest(now);
    assertThat(tested == null || any.find(tested.endpoint()) != null).isTrue();
  }
}
