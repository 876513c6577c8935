package dev.waggle.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.simulator.calibration.Comparison;
import dev.waggle.simulator.calibration.Lateness;
import dev.waggle.simulator.calibration.Observed;
import dev.waggle.simulator.calibration.Pair;
import dev.waggle.simulator.run.RunResult;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CalibrationReportTest {
  private static final int NODES = 4;
  private static final Lateness LATENESS = new Lateness(0.25, 12);

  /** Two blocks; half of the nodes have one after 0.5 s or more. */
  private static final RunResult RESULT = Results.of(NODES, Results.blocks(2, NODES), List.of());

  private static final Observed SIMULATED = Observed.of(RESULT);

  private static final Comparison ALIKE = new Comparison(SIMULATED, SIMULATED);
  private static final Comparison UNLIKE =
      new Comparison(
          new Observed(NODES, SIMULATED.blocks(), 14, 3_000_000, moved(SIMULATED.links())),
          SIMULATED);

  private static SortedSet<Pair> moved(SortedSet<Pair> links) {
    SortedSet<Pair> others = new TreeSet<>(links);
    others.remove(Pair.of(0, 1));
    others.add(Pair.of(0, 2));
    others.add(Pair.of(0, 3));
    return others;
  }

  @Test
  void result_isWhatIsCompared() {
    assertThat(SIMULATED.nodes()).isEqualTo(NODES);
    assertThat(SIMULATED.blocks()).hasSize(2);
    assertThat(SIMULATED.sentBytes()).isEqualTo(4_000_000);
    assertThat(SIMULATED.links()).containsExactly(Pair.of(0, 1), Pair.of(1, 2), Pair.of(2, 3));
    // Each block came to three nodes, and a quarter of a time more, which is a copy in all.
    assertThat(SIMULATED.blockCopies()).isEqualTo(8);
  }

  @Test
  void text_ofNetworksThatAreAlike() {
    assertThat(CalibrationText.of(ALIKE, LATENESS))
        .isEqualTo(
            """
                                            real   simulated  difference
            block at half of nodes        525 ms      525 ms      +0.0 %   within 15 %
            block at 99 % of nodes        1.04 s      1.04 s      +0.0 %   within 15 %
            bytes sent                  3.81 MiB    3.81 MiB      +0.0 %   within 2 %
            duplicates of a block          0.333       0.333      +0.0 %
            blocks                  2 of 2 came to all real nodes, 2 of 2 to all simulated ones
            links                   3 pairs of nodes, the same in both
            machine                 woke threads late by 0.25 ms or less 99 times in 100, by 12 ms at most
            """);
  }

  @Test
  void text_saysWhatDiffers() {
    assertThat(CalibrationText.of(UNLIKE, LATENESS))
        .contains("+33.3 %   differs by more than 2 %")
        .contains(
            "2 pairs of nodes only in the real network, 1 only in the simulated one, 2 in both");
  }

  @Test
  void json_hasTheFigures() {
    JsonNode report =
        new JsonMapper().readTree(CalibrationJson.of(UNLIKE, LATENESS, 7, "nio", "kem-sig").json());
    assertThat(report.get("within").asBoolean()).isFalse();
    assertThat(report.get("linksAlike").asBoolean()).isFalse();
    assertThat(report.get("transport").asString()).isEqualTo("nio");
    assertThat(report.get("figures").valueStream().map(row -> row.get("name").asString()))
        .containsExactly("millis_p50", "millis_p99", "sent_bytes", "duplicates");
    assertThat(report.get("figures").valueStream().map(row -> row.get("within").asBoolean()))
        .containsExactly(true, true, false, true);
    assertThat(report.get("figures").get(3).get("tolerance").isNull()).isTrue();
    assertThat(report.get("real").get("sentBytes").asLong()).isEqualTo(3_000_000);
    assertThat(report.get("simulated").get("blocks")).hasSize(2);
    assertThat(report.get("lateness").get("millisMax").asDouble()).isEqualTo(12);
  }
}
