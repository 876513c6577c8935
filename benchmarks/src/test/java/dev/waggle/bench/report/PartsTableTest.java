package dev.waggle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PartsTableTest {
  private static final OwnParts MINE = new OwnParts("mine", "mine", null);

  private static RunFixture link(
      RunFixture run, double score, double error, String transport, String codec, int bytes) {
    return run.score(
        PartsTable.LINK,
        score,
        error,
        "ops/s",
        "transport",
        transport,
        "codec",
        codec,
        "suite",
        "s",
        "bytes",
        Integer.toString(bytes));
  }

  private static List<String> lines(RunFixture run) {
    PartsTable table = new PartsTable(MINE, run.ownParts(MINE).results());
    return table.rows().stream().map(row -> String.join(" | ", table.cells(row))).toList();
  }

  @Test
  void ownPart_standsBesideEachOfWaggles_andTheRestIsTheSame() {
    RunFixture run = new RunFixture();
    link(run, 2000, 1, "mine", "bincode", 256);
    link(run, 1000, 1, "nio", "bincode", 256);
    link(run, 4000, 1, "netty", "bincode", 256);
    link(run, 7000, 1, "nio", "bincode", 65_536);
    assertThat(lines(run))
        .containsExactly(
            "PartsBenchmark.message codec=bincode suite=s bytes=256 | transport mine"
                + " | 2\u202f000 ± 1 msg/s | transport nio | 1\u202f000 ± 1 msg/s"
                + " | 2.00 ± 0.00 x, faster",
            "PartsBenchmark.message codec=bincode suite=s bytes=256 | transport mine"
                + " | 2\u202f000 ± 1 msg/s | transport netty | 4\u202f000 ± 1 msg/s"
                + " | 0.50 ± 0.00 x, slower");
  }

  @Test
  void severalOwnParts_standBesideNoneOfThem() {
    RunFixture run = new RunFixture();
    link(run, 1000, 1, "mine", "mine", 65_536);
    link(run, 1000, 1, "nio", "mine", 65_536);
    link(run, 1000, 1, "nio", "bincode", 65_536);
    assertThat(lines(run))
        .containsExactly(
            "PartsBenchmark.message suite=s bytes=65536 | transport mine, codec mine"
                + " | 65.5 ± 0.1 MB/s | transport nio, codec bincode | 65.5 ± 0.1 MB/s"
                + " | 1.00 ± 0.00 x, ≈ within its error",
            "PartsBenchmark.message transport=nio suite=s bytes=65536 | codec mine"
                + " | 65.5 ± 0.1 MB/s | codec bincode | 65.5 ± 0.1 MB/s"
                + " | 1.00 ± 0.00 x, ≈ within its error");
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 900, ? not judged",
    "1000, NaN, ? not judged",
    "1000, 10, ≈ within its error",
    "1100, 10, faster",
    "900, 10, slower"
  })
  void judgement_needsAnErrorThatIsSmall(double score, double error, String judgement) {
    RunFixture run = new RunFixture();
    link(run, score, error, "mine", "bincode", 256);
    link(run, 1000, 10, "nio", "bincode", 256);
    assertThat(lines(run)).singleElement().asString().endsWith(", " + judgement);
  }

  @Test
  void whatOthersDisturbed_isNotJudged() {
    RunFixture run = new RunFixture();
    link(run, 2000, 10, "mine", "bincode", 256);
    link(run, 1000, 10, "nio", "bincode", 256).others(1);
    assertThat(lines(run)).singleElement().asString().endsWith("? not judged: others disturbed");
  }

  @Test
  void handshakes_areComparedByWhatEachTakes() {
    OwnParts own = new OwnParts(null, null, "mine");
    RunFixture run =
        new RunFixture()
            .ownParts(own)
            .score(PartsTable.HANDSHAKE, 5, 1, "ops/s", "suite", "mine", "crypto", "AUTO")
            .counter("handshakeNanos", 4e8, 4e8, 4e8)
            .counter("handshakes", 100, 100, 100)
            .score(PartsTable.HANDSHAKE, 5, 1, "ops/s", "suite", "other", "crypto", "AUTO")
            .counter("handshakeNanos", 4e8, 4e8, 4e8)
            .counter("handshakes", 200, 200, 200);
    String expected =
        "| HandshakeBenchmark.inTurn crypto=AUTO | suite mine | 4.00 ± 0.00 ms | suite other"
            + " | 2.00 ± 0.00 ms | 0.50 ± 0.00 x, slower |";
    assertThat(new RatioTable(run.run()).markdown().lines()).last().isEqualTo(expected);
    assertThat(new HtmlPage(run.run()).html())
        .contains("How do these parts do?", "0.50 ± 0.00 x, slower")
        .doesNotContain("How do the targets fare?");
    JsonNode json = new JsonMapper().readTree(RatioJson.of(run.run())).path("parts").get(0);
    assertThat(json.path("own").path("suite").asString()).isEqualTo("mine");
    assertThat(json.path("ratio").path("value").asDouble()).isEqualTo(0.5);
  }

  @Test
  void run_keepsWhichPartsAreOwn() throws Exception {
    Run run = new RunFixture().ownParts(MINE).run();
    JsonNode json = new JsonMapper().readTree(ResultsFile.text(run));
    assertThat(json.path("ownParts").toString())
        .isEqualTo("{\"transport\":\"mine\",\"codec\":\"mine\",\"suite\":null}");
  }
}
