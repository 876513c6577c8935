package dev.waggle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final Rhythm TEN_SECONDS = new Rhythm(1, 0, 0, 0, 10, 1000);
  private static final Plan PLAN =
      new Plan(Plan.QUICK, List.of(Group.of(TEN_SECONDS, "A.a").with("n", "1", "2", "3")));

  private final StringWriter err = new StringWriter();
  private long nowSeconds;

  private Progress progress(boolean live) {
    return new Progress(
        new PrintWriter(err), live, PLAN, () -> TimeUnit.SECONDS.toNanos(nowSeconds));
  }

  private static Key key(int n) {
    return new Key("A.a", Map.of("n", Integer.toString(n)));
  }

  @Test
  void remainingTime_followsThePlanAtFirst() {
    Progress progress = progress(false);
    progress.starts(key(1), TEN_SECONDS.duration());
    Duration all = PLAN.duration();
    assertThat(progress.remaining()).isEqualTo(all);
    nowSeconds = 4;
    assertThat(progress.remaining()).isEqualTo(all.minusSeconds(4));
    nowSeconds = 40; // It hangs; the rest is still to come.
    assertThat(progress.remaining()).isEqualTo(all.minusSeconds(10));
  }

  @Test
  void remainingTime_isStretchedAsThePlanWas() {
    Progress progress = progress(false);
    progress.starts(key(1), TEN_SECONDS.duration());
    nowSeconds = 20; // Twice what was planned.
    progress.starts(key(2), TEN_SECONDS.duration());
    assertThat(progress.remaining()).isEqualTo(PLAN.duration().minusSeconds(10).multipliedBy(2));
  }

  @Test
  void lines_sayWhichOfHowManyAndWhatCameOfIt() {
    Progress progress = progress(false);
    progress.starts(key(1), TEN_SECONDS.duration());
    progress.notMeasured("no epoll");
    assertThat(err).hasToString("[1/3] A.a n=1  not measured: no epoll" + System.lineSeparator());
  }

  @Test
  void terminal_showsWhatRuns() {
    progress(true).starts(key(1), TEN_SECONDS.duration());
    long seconds = PLAN.duration().toSeconds();
    assertThat(err).hasToString("\r\u001b[K[1/3] A.a n=1, " + seconds + " s left");
  }
}
