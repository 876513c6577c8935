package dev.waggle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.bench.report.Results.Failure;
import dev.waggle.bench.report.Target.Row;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final String TRIED = "was tried";

  @Test
  void quick_takesLessThanFourMinutes() {
    assertThat(Plan.quick().duration()).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(4));
  }

  @Test
  void full_takesLessThanTwentyFiveMinutes() {
    assertThat(Plan.full().duration()).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(30));
  }

  @Test
  void full_coversEveryTarget() {
    assertThat(rows(Plan.full())).extracting(Row::whyNot).containsOnly(TRIED);
  }

  @Test
  void quick_coversEveryTargetOfWhatIsDefault() {
    assertThat(rows(Plan.quick()))
        .filteredOn(row -> !row.tried())
        .extracting(row -> row.target().what())
        .allMatch(
            what ->
                what.matches(
                    "handshake, (mlkem1024|x25519).*|.*as usually written|.*against itself"
                        + "|link, (4|16|256) KiB.*|link, . MiB.*|ping.*"
                        + "|unique messages.*, NIO"));
  }

  /** How the targets fare if everything that the plan names fails. */
  private static List<Row> rows(Plan plan) {
    return rows(plan, new OpenSsl(null, List.of(), TRIED));
  }

  private static List<Row> rows(Plan plan, @Nullable OpenSsl openSsl) {
    List<Failure> all =
        keys(plan).stream().map(key -> new Failure(key.benchmark(), key.params(), TRIED)).toList();
    return Targets.in(new Results(List.of(), all, openSsl));
  }

  @Test
  void full_measuresEachKindOfPeerAtBothSizes() {
    for (String io : List.of("EPOLL", "NIO")) {
      for (String bytes : List.of("256", "65536")) {
        assertThat(keys(Plan.full()))
            .contains(
                new Key("LinksInTurnBenchmark.round", Map.of("io", io, "bytes", bytes)),
                new Key(
                    "LinkBenchmark.message",
                    Map.of("link", "BORINGSSL_USUAL_" + io, "bytes", bytes)));
      }
    }
  }

  @Test
  void full_measuresWhatHasATargetOftenEnoughToJudge() {
    Set<String> once =
        Set.of(
            "IdleLinkBenchmark.links", // what it counts has no spread
            "PingsInTurnBenchmark.slices"); // tells its error itself
    for (Group group : Plan.full().groups()) {
      if (hasATarget(group) && !once.containsAll(group.benchmarks())) {
        Rhythm rhythm = group.rhythm();
        assertThat(rhythm.forks() * rhythm.iterations()).as("%s", group).isGreaterThanOrEqualTo(8);
      }
    }
  }

  /** Whether some target is about it, as what is measured or as the yardstick. */
  private static boolean hasATarget(Group group) {
    Plan alone = new Plan(Plan.FULL, List.of(group));
    return rows(alone, null).stream()
        .anyMatch(row -> wasTried(row.measured()) || wasTried(row.against()));
  }

  private static boolean wasTried(@Nullable Reading reading) {
    return reading instanceof Reading.Missing(String why) && why.equals(TRIED);
  }

  @Test
  void noPlan_measuresTheSameTwice() {
    for (Plan plan : List.of(Plan.quick(), Plan.full())) {
      Set<Key> seen = new HashSet<>();
      assertThat(keys(plan)).allMatch(seen::add);
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
