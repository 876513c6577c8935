package dev.waggle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ComparisonTest {
  private static final String NL = System.lineSeparator();

  private static String text(RunFixture old, RunFixture now) {
    return ComparisonText.text(new Comparison(old.measurements(), now.measurements()));
  }

  @Test
  void intervalsThatOverlap_areNoChange() {
    RunFixture old = new RunFixture().score("A.a", 100, 10, "ops/s", "bytes", "1");
    RunFixture now = new RunFixture().score("A.a", 119, 10, "ops/s", "bytes", "1");
    assertThat(text(old, now))
        .isEqualTo("nothing changed beyond its error, of 1 figure in 1 benchmark that both have");
  }

  @Test
  void intervalsApart_areAChangeInTheDirectionOfTheMode() {
    RunFixture old =
        new RunFixture()
            .score("A.fasterNow", 100, 10, "ops/s")
            .score("A.slowerNow", 100, 10, "us/op", "x", "1");
    RunFixture now =
        new RunFixture()
            .score("A.fasterNow", 150, 10, "ops/s")
            .score("A.slowerNow", 150, 10, "us/op", "x", "1");
    assertThat(text(old, now))
        .isEqualTo(
            "2 of 2 figures changed beyond the error, in 2 benchmarks that both have"
                + NL
                + "  faster 1.50 x  A.fasterNow      100 ± 10 ops/s → 150 ± 10 ops/s"
                + NL
                + "  slower 1.50 x  A.slowerNow x=1  100 ± 10 µs → 150 ± 10 µs");
  }

  @Test
  void moreGarbage_isAChangeToo() {
    RunFixture old =
        new RunFixture()
            .score("A.a", 100, 10, "ops/s")
            .secondary("gc.alloc.rate.norm", 0.001, 0.002, "B/op");
    RunFixture now =
        new RunFixture()
            .score("A.a", 100, 10, "ops/s")
            .secondary("gc.alloc.rate.norm", 48, 0.1, "B/op");
    assertThat(text(old, now))
        .contains("more")
        .contains("garbage of A.a  0.0 ± 0.0 B → 48.0 ± 0.1 B");
    assertThat(text(now, old)).contains("less");
    assertThat(text(old, old)).startsWith("nothing changed");
  }

  @Test
  void unknownError_provesNothing() {
    RunFixture old = new RunFixture().score("A.a", 100, Double.NaN, "ops/s");
    RunFixture now = new RunFixture().score("A.a", 900, 1, "ops/s");
    assertThat(text(old, now))
        .isEqualTo(
            "nothing changed beyond its error, of 1 figure in 1 benchmark that both have"
                + NL
                + "1 figure may have changed or not: no error in one of the two, or another unit");
  }

  @Test
  void figures_areCounted_ofWhichABenchmarkHasSeveral() {
    RunFixture old =
        new RunFixture()
            .score("A.a", 100, 1, "ops/s")
            .secondary("gc.alloc.rate.norm", 10, 0, "B/op")
            .score("A.b", 100, 1, "ops/s")
            .secondary("gc.alloc.rate.norm", 10, 0, "B/op")
            .secondary("bytesPerLink", 10, Double.NaN, "#");
    RunFixture now =
        new RunFixture()
            .score("A.a", 200, 1, "ops/s")
            .secondary("gc.alloc.rate.norm", 20, 0, "B/op")
            .score("A.b", 200, 1, "ops/s")
            .secondary("gc.alloc.rate.norm", 10, 0, "kB/op")
            .secondary("bytesPerLink", 20, 1, "#");
    Comparison comparison = new Comparison(old.measurements(), now.measurements());
    assertThat(ComparisonText.text(comparison))
        .startsWith("3 of 5 figures changed beyond the error, in 2 benchmarks that both have" + NL)
        .endsWith(
            NL + "2 figures may have changed or not: no error in one of the two, or another unit");
    JsonNode json = new JsonMapper().readTree(ComparisonText.json(comparison, true));
    assertThat(json.path("pairs").asInt()).isEqualTo(2);
    assertThat(json.path("figures").asInt()).isEqualTo(5);
    assertThat(json.path("changes")).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "4.0, 4.0001, B/op, false",
    "4.0, 4.04, B/op, false",
    "0.001, 0.4, B/op, false",
    "4.0, 4.5, B/op, true",
    "0, 0.5, B/op, true",
    "1000, 1005, B/op, false",
    "1000, 1011, B/op, true",
    "1000, 1005, ops/s, false",
    "1000, 1011, ops/s, true",
    "0.1, 0.10001, us/op, false",
    "0.1, 0.102, us/op, true",
    "0, 0, us/op, false",
    "NaN, 5, us/op, false",
    "5, Infinity, us/op, false"
  })
  void exactFigures_changeOnlyWhereOneSeesIt(double old, double now, String unit, boolean changes) {
    RunFixture before = new RunFixture().score("A.a", old, 0, unit);
    RunFixture after = new RunFixture().score("A.a", now, 0, unit);
    for (Comparison comparison :
        List.of(
            new Comparison(before.measurements(), after.measurements()),
            new Comparison(after.measurements(), before.measurements()))) {
      assertThat(comparison.changes()).hasSize(changes ? 1 : 0);
      assertThat(comparison.changes())
          .noneMatch(one -> Numbers.withError(one.old()).equals(Numbers.withError(one.now())));
      assertThat(ComparisonText.text(comparison)).doesNotContain("1.00 x");
    }
  }

  @Test
  void otherParams_areOnlyInOne() {
    RunFixture old = new RunFixture().score("A.a", 100, 1, "ops/s", "bytes", "1");
    RunFixture now = new RunFixture().score("A.a", 900, 1, "ops/s", "bytes", "2");
    assertThat(text(old, now))
        .isEqualTo(
            "nothing changed beyond its error, of 0 figures in 0 benchmarks that both have"
                + NL
                + "only in the old one:"
                + NL
                + "  A.a bytes=1"
                + NL
                + "only in the new one:"
                + NL
                + "  A.a bytes=2");
  }
}
