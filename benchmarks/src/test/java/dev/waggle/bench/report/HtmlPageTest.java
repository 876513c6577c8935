package dev.waggle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HtmlPageTest {
  private static final Pattern CHART_DATA =
      Pattern.compile("<script type=\"application/json\">(.*)</script>");

  private static final Run RUN =
      new RunFixture()
          .score(
              "LinkBenchmark.message", 17_000, 170, "ops/s", "link", "WAGGLE_NIO", "bytes", "65536")
          .score(
              "LinkBenchmark.message", 9_000, 9e9, "ops/s", "link", "JDK_TLS_NIO", "bytes", "65536")
          .score("LinksInTurnBenchmark.round", 5, 1, "ops/s", "io", "NIO", "bytes", "65536")
          .counter("timedBytes", 3e8, 3e8, 3e8)
          .counter("waggleNioNanos", 0.2e9, 0.2e9, 0.2e9)
          .counter("plainNanos", 0.1e9, 0.1e9, 0.1e9)
          .counter("waggleIoUringNanos", 0, 0, 0)
          .score("LinksInTurnBenchmark.round", 5, 1, "ops/s", "io", "NIO", "bytes", "1024")
          .counter("timedBytes", 3e7, 3e7, 3e7)
          .counter("waggleNioNanos", 0.2e9, 0.2e9, 0.2e9)
          .score("GossipBenchmark.message", 6e5, 1, "ops/s", "transport", "nio", "bytes", "256")
          .score("SealBenchmark.seal", 1e6, 1, "ops/s", "provider", "CORRETTO", "bytes", "64")
          .score("NewBenchmark.odd", 1, Double.NaN, "us/op", "what", "<&\">")
          .failed("LinkBenchmark.message", "no <epoll> & no luck", Map.of("link", "PLAIN_EPOLL"))
          .run();

  private static List<JsonNode> charts(Run run) {
    return CHART_DATA
        .matcher(new HtmlPage(run).html())
        .results()
        .map(MatchResult::group)
        .map(script -> script.substring(script.indexOf('{'), script.lastIndexOf('}') + 1))
        .map(new JsonMapper()::readTree)
        .toList();
  }

  @Test
  void everyQuestionWithFigures_hasItsCharts() {
    assertThat(charts(RUN))
        .extracting(chart -> chart.get("kind").asString())
        .containsExactly("curves", "bars", "bars", "bars", "bars");
  }

  @Test
  void curves_goThroughWhatWasMeasured_bySize() {
    JsonNode curves = charts(RUN).getFirst().get("curves");
    assertThat(curves).hasSize(2);
    assertThat(curves.get(0).get("name").asString()).isEqualTo("Waggle, its own NIO");
    assertThat(curves.get(0).get("points").toString())
        .isEqualTo("[[1024.0,1.5E8],[65536.0,1.5E9]]");
    assertThat(curves.get(1).get("name").asString()).isEqualTo("No encryption");
    assertThat(curves.get(1).get("points").toString()).isEqualTo("[[65536.0,3.0E9]]");
  }

  @Test
  void curves_areToldApartWithoutColours() {
    JsonNode curves = charts(RUN).getFirst().get("curves");
    assertThat(curves.get(0).get("look").asInt()).isNotEqualTo(curves.get(1).get("look").asInt());
  }

  @Test
  void bars_tellFiguresWithTheirErrors() {
    JsonNode bars = charts(RUN).get(1).get("bars");
    assertThat(bars).hasSize(2);
    JsonNode waggle = bars.get(0);
    assertThat(waggle.get("label").asString()).isEqualTo("Waggle, NIO");
    assertThat(waggle.get("figure").asString()).isEqualTo("1\u202f114 MB/s");
    assertThat(waggle.get("exactly").asString()).isEqualTo("1\u202f114 ± 11 MB/s");
    assertThat(waggle.get("value").asDouble()).isEqualTo(17_000 * 65_536.0);
    assertThat(waggle.get("high").asDouble()).isEqualTo(17_170 * 65_536.0);
    assertThat(waggle.get("hue")).isNotEqualTo(bars.get(1).get("hue"));
  }

  @Test
  void linkOfParts_isNamedByWhatIsNotUsual() {
    RunFixture run = new RunFixture();
    for (String codec : List.of("bincode", "mine")) {
      for (String bytes : List.of("65536", "256")) {
        run.score(
            PartsTable.LINK,
            1e5,
            1,
            "ops/s",
            "transport",
            "nio",
            "codec",
            codec,
            "suite",
            "mlkem768-mldsa65",
            "bytes",
            bytes);
      }
    }
    List<JsonNode> charts = charts(run.run());
    assertThat(charts).hasSize(2);
    assertThat(charts.getFirst().get("bars"))
        .extracting(bar -> bar.get("label").asString() + ": " + bar.get("figure").asString())
        .containsExactly("NIO: 100 k msg/s", "NIO, codec mine: 100 k msg/s");
  }

  @Test
  void target_isMarkedWhereItLies() {
    assertThat(charts(RUN).get(2).get("mark").get("at").asDouble()).isEqualTo(500_000);
  }

  @Test
  void whatWasNotMeasured_isNamedWithTheReason_asText() {
    assertThat(new HtmlPage(RUN).html())
        .contains("no &lt;epoll&gt; &amp; no luck")
        .doesNotContain("<epoll>", "<&");
  }

  @Test
  void unknownErrors_andFiguresThatAreNone_leaveAPage() {
    Run odd =
        new RunFixture()
            .score("NewBenchmark.odd", Double.NaN, Double.NaN, "us/op")
            .score("HandshakeBenchmark.inTurn", 0, 0, "ops/s", "suite", "a", "crypto", "jdk")
            .counter("handshakeNanos", 0, 0)
            .score("NewBenchmark.even", 1, Double.POSITIVE_INFINITY, "us/op")
            .run();
    assertThat(charts(odd)).hasSize(1);
  }

  @Test
  void emptyRun_isAPageToo() {
    assertThat(charts(new RunFixture().run())).isEmpty();
    assertThat(new HtmlPage(new RunFixture().run()).html()).contains("How do the targets fare?");
  }
}
