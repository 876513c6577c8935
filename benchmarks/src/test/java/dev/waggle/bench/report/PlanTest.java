package dev.waggle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.bench.report.Results.Failure;
import dev.waggle.bench.report.Target.Row;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlanTest {
  @Test
  void quick_takesLessThanFourMinutes() {
    assertThat(Plan.quick().duration()).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(4));
  }

  @Test
  void full_takesLessThanTwentyFiveMinutes() {
    assertThat(Plan.full().duration()).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(25));
  }

  @Test
  void bothPlans_coverEveryTarget() {
    for (Plan plan : List.of(Plan.quick(), Plan.full())) {
      String tried = "was tried";
      List<Failure> all =
          keys(plan).stream()
              .map(key -> new Failure(key.benchmark(), key.params(), tried))
              .toList();
      Results results = new Results(List.of(), all, new OpenSsl(null, List.of(), tried));
      assertThat(Targets.in(results)).extracting(Row::whyNot).containsOnly(tried);
    }
  }

  @Test
  void noPlan_measuresTheSameTwice() {
    for (Plan plan : List.of(Plan.quick(), Plan.full())) {
      Set<Key> seen = new HashSet<>();
      assertThat(keys(plan)).allMatch(seen::add).hasSize(plan.size());
    }
  }

  @Test
  void only_keepsWhatMatches() {
    Plan some = Plan.quick().only(Pattern.compile("Path.*receive|FanOut"));
    assertThat(keys(some))
        .extracting(Key::toString)
        .containsExactly(
            "HotPathBenchmark.receive bytes=256",
            "HotPathBenchmark.receive bytes=65536",
            "FanOutBenchmark.block",
            "FanOutBenchmark.seals");
  }

  private static List<Key> keys(Plan plan) {
    return plan.groups().stream().flatMap(group -> group.keys().stream()).toList();
  }
}
