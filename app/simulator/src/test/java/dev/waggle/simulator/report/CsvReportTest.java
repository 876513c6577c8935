package dev.waggle.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvReportTest {
  private static final int NODES = 50;

  @Test
  void everyMessage_hasALine_blocksFirst() {
    List<String> lines =
        CsvReport.of(Results.of(NODES, Results.blocks(2, NODES), Results.transactions(3, NODES)))
            .lines()
            .toList();

    assertThat(lines.getFirst())
        .isEqualTo(
            "kind,id,publisher,place,published_s,size_bytes,reached_nodes,reached_percent,"
                + "p50_ms,p90_ms,p99_ms,last_ms,mean_hops,most_hops,duplicates_per_node");
    assertThat(lines.subList(1, lines.size()))
        .extracting(line -> line.substring(0, line.indexOf(',')))
        .containsExactly("block", "block", "transaction", "transaction", "transaction");
    assertThat(lines.get(2))
        .endsWith(
            ",1,Quito,30.001,1000,50,100.000,550.000,990.000,1089.000,1100.000,2.500,6,0.250");
  }

  @Test
  void placeWithQuotes_isEscaped() {
    String csv = CsvReport.of(Results.of(NODES, Results.blocks(1, NODES), List.of()));

    assertThat(csv).contains(",0,\"The \"\"Hague\"\" <b>\",30.000,");
  }

  @Test
  void nodesNeverReached_leaveCellsEmpty() {
    String csv =
        CsvReport.of(Results.of(NODES, List.of(Results.block(1, NODES, 60, 10)), List.of()));

    assertThat(csv).contains(",30,60.000,500.000,,,,2.500,").doesNotContain("NaN");
  }
}
