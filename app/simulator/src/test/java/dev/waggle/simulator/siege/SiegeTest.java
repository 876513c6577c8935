package dev.waggle.simulator.siege;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many of the 8 links that a node chooses an attacker gets. */
class SiegeTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final int SEEDS = 4;
  private static final int MANY = 100;

  /** The one place that goes to who is useful is the attacker's; the others are not. */
  @Test
  void attackerInOneGroup_getsOneLinkAtMost() {
    List<Outcome> outcomes = besiege(Plan.narrow(HOUR, HOUR.multipliedBy(3)), 2);

    assertThat(outcomes).allMatch(outcome -> outcome.running() <= 1 && outcome.restarted() <= 1);
  }

  /** Where age gave places for good, or use more than one, they were 5 to 8 of 8. */
  @Test
  void attackerInManyGroups_doesNotGetMostLinks_ofANodeThatWasThereBefore() {
    List<Outcome> outcomes = besiege(Plan.wide(DAY, DAY), SEEDS);

    int captured = outcomes.stream().mapToInt(Outcome::running).sum();
    assertThat(captured).isLessThanOrEqualTo(SEEDS * Victim.OUTBOUND / 2);
  }

  @Test
  @Tag("long")
  void manySieges_ofEachKind() {
    for (Duration calm : List.of(Duration.ZERO, HOUR, DAY)) {
      List<Outcome> narrow = besiege(Plan.narrow(calm, DAY), MANY);
      assertThat(narrow).allMatch(outcome -> outcome.running() <= 1);
      print("one group, after " + calm, narrow);
      print("200 groups, after " + calm, besiege(Plan.wide(calm, DAY), MANY));
      print("200 groups, truthful, after " + calm, besiege(Plan.wide(calm, DAY).garbage(0), MANY));
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
            + spread(outcomes.stream().map(Outcome::restarted).toList()));
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
