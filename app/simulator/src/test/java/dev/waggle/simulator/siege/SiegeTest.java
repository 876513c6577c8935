package dev.waggle.simulator.siege;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many of the 8 links that a node has chosen, and keeps, an attacker gets. */
class SiegeTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
  private static final int SEEDS = 2;
  private static final int MANY = 1000;
  private static final int SOME = 100;

  @Test
  void attackerInOneGroup_getsNoLink() {
    assertNoneCaptured(besiege(Plan.narrow(HOUR, HOUR.multipliedBy(6)), SEEDS));
  }

  /** Where links were drawn anew when others ended, it had 2.4 of 8 on the average. */
  @Test
  void attackerInManyGroups_getsNoLink_ofANodeThatWasThereBefore() {
    assertNoneCaptured(besiege(Plan.wide(HOUR, DAY), SEEDS));
    assertNoneCaptured(besiege(Plan.wide(DAY, HOUR.multipliedBy(6)), SEEDS));
  }

  /** It puts one that the node has chosen out of the network every ten minutes, for an hour. */
  @Test
  void attackerThatKnocksOutWhomTheNodeHasChosen_getsNoLinkByIt() {
    Plan plan = Plan.wide(HOUR, HOUR.multipliedBy(6)).knocksEvery(TEN_MINUTES);
    assertNoneCaptured(besiege(plan, SEEDS));
  }

  private static void assertNoneCaptured(List<Outcome> outcomes) {
    assertThat(outcomes).allMatch(outcome -> outcome.running() == 0 && outcome.restarted() == 0);
  }

  @Test
  @Tag("long")
  void thousandSieges_captureNoLink_inNinetyNineOfAHundred() {
    for (Duration calm : List.of(HOUR, DAY)) {
      List<Outcome> narrow = besiege(Plan.narrow(calm, DAY), MANY);
      print("one group, after " + calm, narrow);
      assertNoneCaptured(narrow);
      List<Outcome> wide = besiege(Plan.wide(calm, DAY), MANY);
      print("200 groups, after " + calm, wide);
      assertThat(wide.stream().filter(outcome -> outcome.running() > 0).count())
          .isLessThanOrEqualTo(MANY / 100);
      assertThat(wide.stream().filter(outcome -> outcome.restarted() > 0).count())
          .isLessThanOrEqualTo(MANY / 100);
    }
  }

  /** What else may be so: nothing is asserted that nobody has promised. */
  @Test
  @Tag("long")
  void manySieges_ofEachKind() {
    for (Duration calm : List.of(Duration.ZERO, Duration.ofMinutes(1), TEN_MINUTES)) {
      print("one group, after " + calm, besiege(Plan.narrow(calm, DAY), SOME));
      print("200 groups, after " + calm, besiege(Plan.wide(calm, DAY), SOME));
    }
    for (Duration calm : List.of(HOUR, DAY)) {
      Plan plan = Plan.wide(calm, DAY);
      print("there from the beginning, " + calm, besiege(plan.fromTheBeginning(), SOME));
      print("truthful, after " + calm, besiege(plan.garbage(0), SOME));
      print("a tenth of hearsay, after " + calm, besiege(plan.hearsay(0.1), SOME));
      print("most of hearsay, after " + calm, besiege(plan.hearsay(0.9), SOME));
      print("3 h of uptime, after " + calm, besiege(plan.churn(Duration.ofHours(3), 0.2), SOME));
      print("48 h of uptime, after " + calm, besiege(plan.churn(Duration.ofDays(2), 0.2), SOME));
      print("half are absent, after " + calm, besiege(plan.churn(plan.uptime(), 0.5), SOME));
      print("half have no place, after " + calm, besiege(plan.full(0.5), SOME));
      print("it knocks out, after " + calm, besiege(plan.knocksEvery(TEN_MINUTES), SOME));
    }
  }

  private static List<Outcome> besiege(Plan plan, int seeds) {
    return LongStream.rangeClosed(1, seeds)
        .parallel()
        .mapToObj(seed -> new Siege(plan, seed).run())
        .toList();
  }

  private static void print(String what, List<Outcome> outcomes) {
    System.out.println(
        what
            + ": running "
            + spread(outcomes.stream().map(Outcome::running).toList())
            + "; restarted "
            + spread(outcomes.stream().map(Outcome::restarted).toList())
            + "; the one that wanders hostile in "
            + outcomes.stream().filter(Outcome::wandering).count());
  }

  /** How many seeds had 0, 1, ... 8 links captured, the mean, and the 99th of a hundred. */
  private static String spread(List<Integer> captured) {
    List<Integer> sorted = new ArrayList<>(captured);
    Collections.sort(sorted);
    List<Integer> counts = new ArrayList<>();
    for (int i = 0; i <= Victim.OUTBOUND; i++) {
      counts.add(Collections.frequency(sorted, i));
    }
    double mean = sorted.stream().mapToInt(Integer::intValue).average().orElse(0);
    int p99 = sorted.get((sorted.size() * 99 - 1) / 100);
    return counts + ", mean " + mean + ", p99 " + p99;
  }
}
