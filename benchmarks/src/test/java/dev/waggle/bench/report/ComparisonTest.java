package dev.waggle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final String NL = System.lineSeparator();

  private static String text(RunFixture old, RunFixture now) {
    return ComparisonText.text(new Comparison(old.measurements(), now.measurements()));
  }

  @Test
  void intervalsThatOverlap_areNoChange() {
    RunFixture old = new RunFixture().score("A.a", 100, 10, "ops/s", "bytes", "1");
    RunFixture now = new RunFixture().score("A.a", 119, 10, "ops/s", "bytes", "1");
    assertThat(text(old, now)).isEqualTo("nothing changed beyond its error, of 1 in both");
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
            "2 changed beyond their error, of 2 in both"
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
            "nothing changed beyond its error, of 1 in both"
                + NL
                + "1 have no error in one of the two, and may have changed or not");
  }

  @Test
  void otherParams_areOnlyInOne() {
    RunFixture old = new RunFixture().score("A.a", 100, 1, "ops/s", "bytes", "1");
    RunFixture now = new RunFixture().score("A.a", 900, 1, "ops/s", "bytes", "2");
    assertThat(text(old, now))
        .isEqualTo(
            "nothing changed beyond its error, of 0 in both"
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
