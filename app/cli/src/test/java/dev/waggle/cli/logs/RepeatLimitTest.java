package dev.waggle.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.cli.logs.RepeatLimit.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

class RepeatLimitTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Kind DISK_FULL = new Kind("disk", Level.WARN, "full: {}");

  private final List<String> endings = new ArrayList<>();
  private final RepeatLimit limit =
      new RepeatLimit((kind, nanos) -> endings.add(kind.template() + " in " + nanos / SECOND));

  private long passed(Kind kind, int lines, long nowNanos) {
    return IntStream.range(0, lines).filter(_ -> limit.passes(kind, nowNanos)).count();
  }

  @ParameterizedTest
  @CsvSource({"ERROR, 10", "WARN, 10", "INFO, 60", "DEBUG, 1000", "TRACE, 1000"})
  void firstLinesOfAMinute_pass_asManyAsTheLevelAllows(Level level, int max) {
    assertThat(passed(new Kind("a", level, "x"), 1000, 5)).isEqualTo(max);
  }

  @Test
  void linesHeldBack_areCounted_andToldAtTheEndOfTheMinute() {
    assertThat(passed(DISK_FULL, 10, 7 * SECOND)).isEqualTo(10);
    assertThat(endings).isEmpty();
    assertThat(passed(DISK_FULL, 30, 27 * SECOND)).isZero();
    assertThat(endings).as("once, in time").containsExactly("full: {} in 40");
    assertThat(limit.end(DISK_FULL)).isEqualTo(30);
    assertThat(limit.end(DISK_FULL)).as("told once").isZero();
    assertThat(passed(DISK_FULL, 30, 67 * SECOND)).as("the next minute").isEqualTo(10);
  }

  @Test
  void minuteInWhichAllPassed_endsByItself() {
    assertThat(passed(DISK_FULL, 10, 0)).isEqualTo(10);
    assertThat(passed(DISK_FULL, 10, 60 * SECOND)).isEqualTo(10);
    assertThat(endings).isEmpty();
  }

  @Test
  void minuteInWhichLinesWereHeldBack_lastsUntilThatIsTold() {
    assertThat(passed(DISK_FULL, 11, 0)).isEqualTo(10);
    assertThat(passed(DISK_FULL, 5, 61 * SECOND)).as("the timer is late").isZero();
    assertThat(limit.end(DISK_FULL)).isEqualTo(6);
  }

  @Test
  void oneKind_doesNotSilenceAnother() {
    passed(DISK_FULL, 100, 0);
    assertThat(passed(new Kind("disk", Level.WARN, "slow"), 1, 0)).isOne();
    assertThat(passed(new Kind("disk", Level.ERROR, "full: {}"), 1, 0)).isOne();
    assertThat(passed(new Kind("net", Level.WARN, "full: {}"), 1, 0)).isOne();
  }

  /** As a class does that writes strangers' addresses into the template itself. */
  @Test
  void loggerThatMakesANewTemplateEachTime_isBoundedToo() {
    long passed =
        IntStream.range(0, 100_000)
            .filter(i -> limit.passes(new Kind("net", Level.ERROR, "serving " + i), 0))
            .count();
    assertThat(passed).isEqualTo(RepeatLimit.MAX_KINDS + RepeatLimit.MAX_PROBLEMS);
    assertThat(endings).containsExactly("other lines of its kind in 60");
    Kind others = new Kind("net", Level.ERROR, RepeatLimit.OTHERS);
    assertThat(limit.end(others)).isEqualTo(100_000 - passed);
    assertThat(passed(DISK_FULL, 10, 0)).as("other loggers have room").isEqualTo(10);
    for (String one : List.of("serving me", "serving you")) {
      assertThat(passed(new Kind("net", Level.ERROR, one), 10, 61 * SECOND))
          .as("kinds of a minute that is over make room")
          .isEqualTo(10);
    }
    assertThat(endings).hasSize(1);
  }
}
