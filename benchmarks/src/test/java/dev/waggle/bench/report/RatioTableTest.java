package dev.waggle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RatioTableTest {
  private static final Run RUN =
      new RunFixture()
          .score("LinksInTurnBenchmark.round", 5, 1, "ops/s", "io", "NIO", "bytes", "65536")
          .counter("timedBytes", 3e8, 3e8, 3e8)
          .counter("waggleNioNanos", 0.2e9, 0.201e9, 0.199e9)
          .counter("tunedNanos", 0.34e9, 0.34e9, 0.34e9)
          .counter("packedNanos", 0.4e9, 0.4e9, 0.4e9)
          .score(
              "GossipBenchmark.message",
              612_345,
              Double.NaN,
              "ops/s",
              "transport",
              "nio",
              "bytes",
              "256")
          .score("StartupBenchmark.run", 1234, 12, "ms/op")
          .run();

  @Test
  void markdown_isAsPeopleReadIt() {
    String markdown = new RatioTable(RUN).markdown();
    assertThat(markdown)
        .startsWith(
            """
            Quick run of `./waggle bench --quick` at 0123456789ab on 2026-01-02, on Test CPU, 2 cores, 4 GiB, Linux 6.1, Temurin-25. Errors are half of 99.9 % intervals.

            | what | measured | against | ratio | target | verdict |
            |---|---|---|---|---|---|
            """);
    assertThat(markdown.lines())
        .contains(
            "| link, 64 KiB, NIO | 1\u202f500 ± 137 MB/s | tuned or packed TLS 1.3: 882 ± 0 MB/s"
                + " | 1.70 ± 0.16 x | ≥ 1.25 x | ✓ holds |",
            "| gossip, 256 B, NIO | 612 ±? k msg/s |  |  | ≥ 500 k msg/s | ? not judged |",
            "| ./waggle run, from start to listening | 1\u202f234 ± 12 ms |  |  | ≤ 1\u202f000 ms"
                + " | ✗ misses |")
        .endsWith(
            Targets.PEERS + " Targets that are not in this run: " + (Targets.ALL.size() - 6) + ".")
        .hasSize(4 + 6 + 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "0.03 | 0.06 | Others used at most 0.06 of 2 processors.",
        "0.03 | 1.5 | The machine was busy: others used up to 1.50 of 2 processors. What that"
            + " disturbed, 1 of 2 measurements, is not judged.",
        "0.9 | 0.1 | The machine was busy: others used up to 0.90 of 2 processors. What that"
            + " disturbed, 0 of 2 measurements, is not judged.",
        "NaN | 0.1 | Others used at most 0.10 of 2 processors.",
        "NaN | NaN | -",
      })
  void caption_saysWhatOthersUsed(double before, double meanwhile, @Nullable String sentence) {
    Run run =
        new RunFixture()
            .load(before)
            .score("StartupBenchmark.run", 900, 12, "ms/op")
            .others(meanwhile)
            .score("A.a", 1, 1, "ops/s")
            .run();
    String end = "Errors are half of 99.9 % intervals." + (sentence == null ? "" : " " + sentence);
    assertThat(new RatioTable(run).caption()).endsWith(end);
    assertThat(new HtmlPage(run).html()).contains(sentence == null ? "Machine" : sentence);
    assertThat(new RatioTable(run).text().contains("busy"))
        .isEqualTo(sentence != null && sentence.contains("busy"));
  }

  @Test
  void whatFailed_isShownWithTheReason() {
    Run failed = new RunFixture().failed("StartupBenchmark.run", "no <epoll>", Map.of()).run();
    assertThat(new RatioTable(failed).text())
        .contains("./waggle run, from start to listening", "– not measured: no <epoll>");
  }

  @Test
  void text_hasColumns() {
    String[] lines = new RatioTable(RUN).text().split(System.lineSeparator(), -1);
    int target = lines[0].indexOf("target");
    assertThat(Arrays.copyOf(lines, 7))
        .allMatch(line -> " ".equals(line.substring(target - 1, target)));
    assertThat(lines[1].substring(target)).startsWith("≥ 1.25 x");
    assertThat(lines[7]).startsWith("Targets that are not in this run: ");
  }

  @Test
  void json_hasEveryTarget() {
    JsonNode json = new JsonMapper().readTree(RatioJson.of(RUN));
    assertThat(json.path("targets").size()).isEqualTo(Targets.ALL.size());
    JsonNode nio = json.path("targets").get(11);
    assertThat(nio.path("verdict").asString()).isEqualTo("holds");
    assertThat(nio.path("ratio").path("value").asDouble()).isCloseTo(1.7, within(0.001));
    JsonNode missing = json.path("targets").get(0);
    assertThat(missing.path("verdict").asString()).isEqualTo("not-measured");
    assertThat(missing.path("measured").isNull()).isTrue();
  }
}
