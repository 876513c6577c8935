package dev.waggle.domain.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.addresses.NetworkGroup;
import dev.waggle.domain.admission.Eviction.Candidate;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.node.LinkId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule by which links are protected, or go (PROTOCOL §9.1). */
class EvictionTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** Times run over soon: they are compared by difference. */
  private static final long BEGIN = Long.MAX_VALUE - 5 * SECOND;

  /** A group of its own for each of the four links that take the protection of groups away. */
  private static final int TESTED_GROUP = 9;

  /** What a link is protected for, and how many are. */
  enum Merit {
    PING(8),
    TRANSACTION(4),
    BLOCK(4);

    final int count;

    Merit(int count) {
      this.count = count;
    }

    /** The same link with this merit; rank 0 is the best. */
    Candidate give(Candidate link, int rank) {
      OptionalLong recent = OptionalLong.of(BEGIN + 10 * SECOND - rank * SECOND);
      return new Candidate(
          link.link(),
          link.group(),
          link.keyedGroup(),
          this == PING ? OptionalLong.of(1000 + rank) : link.leastPingNanos(),
          this == TRANSACTION ? recent : link.lastTransactionNanos(),
          this == BLOCK ? recent : link.lastBlockNanos(),
          link.sinceNanos(),
          link.discouraged());
    }
  }

  /** Established that many seconds after the others; the key puts groups in their order. */
  private static Candidate link(int number, int group) {
    return new Candidate(
        new LinkId(number),
        NetworkGroup.of(IpAddress.ofIpv4((11 << 24) + (group << 16))),
        group,
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        BEGIN + number * SECOND,
        false);
  }

  private static Candidate discouraged(Candidate link) {
    return new Candidate(
        link.link(),
        link.group(),
        link.keyedGroup(),
        link.leastPingNanos(),
        link.lastTransactionNanos(),
        link.lastBlockNanos(),
        link.sinceNanos(),
        true);
  }

  /** The four links that are protected for their groups, and {@code tested}. */
  private static List<Candidate> besides(List<Candidate> tested) {
    List<Candidate> all = new ArrayList<>(tested);
    IntStream.range(0, Eviction.GROUPS).forEach(group -> all.add(link(1000 + group, group)));
    return all;
  }

  private static @Nullable Long chosen(List<Candidate> links) {
    LinkId chosen = Eviction.choose(links);
    return chosen == null ? null : chosen.value();
  }

  @Test
  void ofNobody_nobodyGoes() {
    assertThat(chosen(List.of())).isNull();
  }

  @Test
  void fourGroups_areProtected_whicheverTheKeySays() {
    List<Candidate> links = new ArrayList<>(List.of(link(1, 8), link(2, 4), link(3, 6)));
    links.add(link(4, 5));
    assertThat(chosen(links)).isNull();
    links.add(link(5, 7));
    assertThat(chosen(links)).as("of the last group, though the oldest").isEqualTo(1);
  }

  @Test
  void protectedGroup_protectsItsOldestLinkOnly() {
    List<Candidate> links = List.of(link(3, 1), link(1, 1), link(2, 1));
    assertThat(chosen(links)).isEqualTo(3);
    assertThat(chosen(List.of(link(2, 1), link(1, 1)))).isEqualTo(2);
    assertThat(chosen(List.of(link(2, 1)))).isNull();
  }

  /** One more than are protected, all of them younger than two that have no merit at all. */
  private static List<Candidate> withMerit(Merit merit) {
    List<Candidate> tested = new ArrayList<>(List.of(link(1, TESTED_GROUP), link(2, TESTED_GROUP)));
    for (int rank = 0; rank <= merit.count; rank++) {
      tested.add(merit.give(link(10 + rank, TESTED_GROUP), rank));
    }
    return tested;
  }

  @ParameterizedTest
  @EnumSource
  void soManyOfTheBest_areProtected(Merit merit) {
    int count = merit.count;
    List<Candidate> links = besides(withMerit(merit));
    assertThat(chosen(links)).as("the worst, being the youngest").isEqualTo(10 + count);

    Candidate second = links.get(2 + 1);
    links.set(2 + 1, merit.give(second, count + 1));
    assertThat(chosen(links)).as("no more the worst, but the youngest").isEqualTo(10 + 1);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void whoIsProtectedAlready_takesNoSecondProtectionAway(Merit one, Merit other) {
    List<Candidate> tested = new ArrayList<>(List.of(link(1, TESTED_GROUP), link(2, TESTED_GROUP)));
    for (int rank = 0; rank < one.count; rank++) {
      tested.add(other.give(one.give(link(10 + rank, TESTED_GROUP), rank), rank));
    }
    for (int rank = 0; rank < other.count; rank++) {
      tested.add(other.give(link(30 + rank, TESTED_GROUP), 5 + rank));
    }
    assertThat(chosen(besides(tested))).isEqualTo(2);
  }

  static Stream<Arguments> pairs() {
    return Stream.of(
        Arguments.of(Merit.PING, Merit.TRANSACTION),
        Arguments.of(Merit.PING, Merit.BLOCK),
        Arguments.of(Merit.TRANSACTION, Merit.BLOCK));
  }

  @Test
  void whoWasNeverOfUse_isNotProtectedForIt() {
    List<Candidate> tested = List.of(link(1, TESTED_GROUP), link(2, TESTED_GROUP));
    assertThat(chosen(besides(tested))).isEqualTo(2);
  }

  /** The younger ones are alone in their groups, so only their age can have protected the older. */
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 3", "9, 9", "10, 10"})
  void halfOfTheRest_isProtectedByAge(int crowd, int evicted) {
    List<Candidate> tested = new ArrayList<>();
    IntStream.rangeClosed(1, crowd).forEach(i -> tested.add(link(i, TESTED_GROUP)));
    assertThat(chosen(besides(tested))).isEqualTo(evicted);

    // As many others, each in a group of its own, push the crowd into the older half but for one.
    IntStream.range(0, crowd).forEach(i -> tested.add(link(100 + i, 20 + i)));
    assertThat(chosen(besides(tested))).as("the crowd is safe").isEqualTo(100 + crowd - 1);
  }

  @Test
  void ofWhatIsLeft_theLargestGroupGivesItsYoungest() {
    List<Candidate> tested = new ArrayList<>();
    IntStream.range(0, 8).forEach(i -> tested.add(link(i, TESTED_GROUP))); // the older half
    tested.addAll(List.of(link(20, 20), link(21, 20), link(22, 20)));
    tested.addAll(List.of(link(23, 21), link(24, 21), link(25, 22), link(26, 23), link(27, 24)));
    assertThat(chosen(besides(tested))).isEqualTo(22);
  }

  @Test
  void ofEquallyLargeGroups_thatWithTheYoungestMemberGivesIt() {
    List<Candidate> tested = new ArrayList<>();
    IntStream.range(0, 4).forEach(i -> tested.add(link(i, TESTED_GROUP))); // the older half
    tested.addAll(List.of(link(20, 20), link(23, 20), link(21, 21), link(22, 21)));
    assertThat(chosen(besides(tested))).isEqualTo(23);
  }

  @Test
  void discouraged_goesFirst_whateverItsMerits() {
    Candidate best = link(1, 0);
    for (Merit merit : Merit.values()) {
      best = merit.give(best, 0);
    }
    List<Candidate> links = new ArrayList<>(besides(withMerit(Merit.PING)));
    links.add(discouraged(best));
    assertThat(chosen(links)).isEqualTo(1);
    assertThat(chosen(List.of(discouraged(best)))).isEqualTo(1);
  }

  @Test
  void ofSeveralDiscouraged_theLargestGroupGivesItsYoungest() {
    List<Candidate> links = new ArrayList<>(besides(List.of()));
    links.add(discouraged(link(10, 5)));
    links.add(discouraged(link(13, 7)));
    links.add(discouraged(link(12, 5)));
    assertThat(chosen(links)).isEqualTo(12);
  }

  @Test
  void sameLinks_giveTheSameAnswer_inWhateverOrder_howeverMuchAlike() {
    Random random = new Random(5);
    for (int run = 0; run < 500; run++) {
      List<Candidate> links = new ArrayList<>();
      int count = 1 + random.nextInt(40);
      for (int i = 0; i < count; i++) {
        Candidate link = link(i, random.nextInt(4));
        links.add(
            new Candidate(
                link.link(),
                link.group(),
                random.nextInt(2),
                few(random),
                few(random),
                few(random),
                BEGIN + random.nextInt(2),
                random.nextInt(40) == 0));
      }
      Long first = chosen(links);
      Collections.shuffle(links, random);
      assertThat(chosen(links)).isEqualTo(first);
    }
  }

  private static OptionalLong few(Random random) {
    return random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(BEGIN + random.nextInt(2));
  }
}
