package dev.waggle.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.simulator.table.BadTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultPlanTest {
  private static final Duration DURATION = Duration.ofMinutes(2);

  private static FaultPlan drawn(long seed) {
    return FaultPlan.random(new SplittableRandom(seed), 10, DURATION, 3);
  }

  @Test
  void written_isReadBackEqual(@TempDir Path folder) throws IOException {
    for (long seed = 1; seed <= 20; seed++) {
      FaultPlan plan = drawn(seed);
      Path file = folder.resolve("faults.csv");
      plan.write(file);

      assertThat(FaultPlan.read(file)).isEqualTo(plan);
    }
  }

  @Test
  void drawn_isOverInTime_andLiarsAreFew() {
    for (long seed = 1; seed <= 200; seed++) {
      FaultPlan plan = drawn(seed);
      int liars = 0;
      for (int node = 0; node < 10; node++) {
        liars += plan.isHonest(node) ? 0 : 1;
      }

      assertThat(liars).isLessThanOrEqualTo(3);
      assertThat(plan.faults())
          .filteredOn(fault -> !(fault instanceof Fault.Lying))
          .allSatisfy(fault -> assertThat(fault.until()).isLessThanOrEqualTo(DURATION));
    }
  }

  @Test
  void share_isSpreadEvenly() {
    Nodes.Share tenth = new Nodes.Share(10);
    long first = IntStream.range(0, 500).filter(tenth::contains).count();
    long second = IntStream.range(500, 1000).filter(tenth::contains).count();

    assertThat(first).isEqualTo(50);
    assertThat(second).isEqualTo(50);
  }

  @Test
  void without_leavesTheOthers() {
    FaultPlan plan = drawn(1);

    assertThat(plan.without(1).faults())
        .hasSize(plan.faults().size() - 1)
        .doesNotContain(plan.faults().get(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "earthquake, 1, 2, 3, -; there is no fault 'earthquake'",
        "crash, 1, 2, 3, forgets; write 'keeps disk' or 'loses disk'",
        "crash, soon, 2, 3, keeps disk; from is 'soon'",
        "stall, 1, 2, -1, -; who is '-1'",
        "stall, 1, 2, 101%, -; who is '101'",
        "stall, 1, 2, 0.5, -; nodes have whole numbers",
        "lying, 1, 2, 3, always; write one of: invalid blocks",
        "slow line, 1, 2, 3, 0; how is '0'",
      })
  void badLine_isToldWithFileAndLine(String line, String words) {
    assertThatThrownBy(
            () -> FaultPlan.parse("plan.csv", "fault, from, lasts, who, how\n" + line + "\n"))
        .isInstanceOf(BadTable.class)
        .hasMessageStartingWith("plan.csv:2: ")
        .hasMessageContaining(words);
  }
}
