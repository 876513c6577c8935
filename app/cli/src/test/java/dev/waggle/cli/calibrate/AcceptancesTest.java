package dev.waggle.cli.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.wire.MessageId;
import dev.waggle.simulator.run.Quantiles;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptancesTest {
  private static final MessageId BLOCK = new MessageId(1, 2, 3, 4);
  private static final MessageId OTHER = new MessageId(4, 3, 2, 1);

  private final Acceptances acceptances = new Acceptances(4);

  @Test
  void coverage_countsFromThePublisher_andGoesByTime() {
    long clock = Long.MAX_VALUE - 1_000_000; // It soon runs over.
    for (int millis : new int[] {0, 1, 6, 4}) {
      acceptances.accepted(BLOCK, clock + millis * 1_000_000L);
    }

    Quantiles coverage = acceptances.coverage().getFirst();
    assertThat(coverage.at(25)).isZero();
    assertThat(coverage.at(50)).isEqualTo(1);
    assertThat(coverage.at(75)).isEqualTo(4);
    assertThat(coverage.last()).isEqualTo(6);
  }

  @Test
  void blockThatNotAllHave_hasNoLast() {
    acceptances.accepted(BLOCK, 0);
    acceptances.accepted(BLOCK, 2_000_000);

    Quantiles coverage = acceptances.coverage().getFirst();
    assertThat(coverage.at(50)).isEqualTo(2);
    assertThat(coverage.at(51)).isNaN();
    assertThat(coverage.last()).isNaN();
  }

  @Test
  void blocks_areInTheOrderOfTheirPublication() {
    acceptances.accepted(OTHER, 0);
    acceptances.accepted(BLOCK, 5_000_000);
    acceptances.accepted(OTHER, 7_000_000);
    acceptances.accepted(BLOCK, 8_000_000);

    assertThat(acceptances.coverage().stream().map(block -> block.at(50)))
        .isEqualTo(List.of(7.0, 3.0));
  }
}
