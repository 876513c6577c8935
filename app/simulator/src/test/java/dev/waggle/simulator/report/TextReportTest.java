package dev.waggle.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.simulator.run.Healing;
import dev.waggle.simulator.run.LateResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextReportTest {
  private static final int NODES = 2500;
  private static final int MOST_LINES = 25;
  private static final int WIDTH = 100;

  @Test
  void run_isToldOnOneScreen() {
    String text =
        TextReport.of(
            Results.of(NODES, Results.blocks(20, NODES), Results.transactions(2000, NODES)));

    assertThat(text.lines())
        .hasSizeLessThanOrEqualTo(MOST_LINES)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(WIDTH))
        .contains(
            "nodes        2,500 in 2 places, each dials for 4",
            "trace        0123456789abcdef",
            "memory       1,000 B for a node",
            "events       3,000,000, 2,000,000 a second",
            "block, median                   950 ms     1.71 s     1.88 s      1.9 s",
            "block, slowest                  1.45 s     2.61 s     2.87 s      2.9 s",
            "transactions 2,000, of which 2,000 came to all nodes; hops 2.5, at most 6; duplicates 0.25",
            "sent         3.81 MiB, 0.08 bytes for each of 47.7 MiB of use",
            "messages     gossip 1,000, announce 20",
            "links        8 to 10, median 9",
            "failures     12 × dial: timed-out",
            "             5 × closed: reset",
            "chains       all agree since 61 s");
    assertThat(text).doesNotContain("\u202f");
  }

  @Test
  void seeds_areToldOfANetworkThatFindsItself() {
    assertThat(TextReport.of(Results.discovering(NODES, 3)).lines())
        .first()
        .isEqualTo("nodes        2,500 in 2 places, each dials for 4, found through 3 seeds");
    assertThat(TextReport.of(Results.of(NODES, List.of(), List.of()))).doesNotContain("seeds");
  }

  @Test
  void unreachedNodes_areTold() {
    String text =
        TextReport.of(Results.of(NODES, List.of(Results.block(0, NODES, 60, 10)), List.of()));

    assertThat(text)
        .contains("block, slowest                  500 ms      never      never      never");
  }

  @Test
  void nothingPublished_isTold() {
    assertThat(TextReport.of(Results.of(NODES, List.of(), List.of())))
        .contains("sent         3.81 MiB, nothing of use")
        .doesNotContain("NaN")
        .doesNotContain("median,");
  }

  @Test
  void healing_isTold_partitionsFirst_andNotOfWhatIsNotOver() {
    List<Healing> healings = Results.healings();

    assertThat(TextReport.of(Results.of(NODES, List.of(), List.of(), healings)).lines())
        .contains(
            "healing      2 partitions, the slowest: sides hear each other after 3 s, chains agree never",
            "             1 other fault: chains agree at once");
    assertThat(TextReport.of(Results.of(NODES, List.of(), List.of(), healings.subList(2, 4))))
        .contains("healing      1 fault: chains agree at once\n");
    assertThat(TextReport.of(Results.of(NODES, List.of(), List.of()))).doesNotContain("healing");
  }

  @Test
  void nodesThatCameLate_areTold_slowestFirst() {
    List<LateResult> late =
        IntStream.range(0, 5)
            .mapToObj(i -> Results.late(10 + i, Duration.ofMillis(1200 + i * 100)))
            .toList();
    List<LateResult> withOneMissing = new ArrayList<>(late);
    withOneMissing.set(0, Results.late(10, null));

    assertThat(TextReport.of(Results.withLate(NODES, late)).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(WIDTH))
        .containsSubsequence(
            "late         node 14 had all 1,000 blocks after 1.6 s, 1.6 times as long as its line"
                + " needs for them",
            "             7.15 MiB received, 1.25 for each byte of these blocks",
            "             2 others that were faster");
    assertThat(TextReport.of(Results.withLate(NODES, withOneMissing)).lines())
        .containsSubsequence(
            "late         node 10 has 250 blocks, not all of 1,000",
            "             7.15 MiB received");
    assertThat(TextReport.of(Results.of(NODES, List.of(), List.of()))).doesNotContain("late");
  }

  @Test
  void nodesOnOtherChains_areNamed_andWhetherTheyHaveLinks() {
    assertThat(TextReport.of(Results.disagreeing(NODES, List.of(3, 8))))
        .contains("2 that differ; on others than most: node 3, without links, node 8\n");
    assertThat(TextReport.of(Results.disagreeing(NODES, List.of(3, 8, 9, 10, 11))))
        .contains("node 3, without links, node 8, node 9 and 2 others\n");
  }
}
