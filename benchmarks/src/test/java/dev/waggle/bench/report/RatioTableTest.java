package dev.waggle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RatioTableTest {
  private static final Run RUN =
      new RunFixture()
          .score(
              "LinkBenchmark.message", 17_000, 170, "ops/s", "link", "WAGGLE_NIO", "bytes", "65536")
          .score(
              "LinkBenchmark.message",
              10_000,
              100,
              "ops/s",
              "link",
              "BORINGSSL_NIO",
              "bytes",
              "65536")
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
            "| link, 64 KiB, NIO | 1\u202f114 ± 11 MB/s | tuned TLS 1.3 by BoringSSL on NIO: 655 ± 7 MB/s"
                + " | 1.70 ± 0.02 x | ≥ 1.25 x | ✓ holds |",
            "| gossip, 256 B, NIO | 612 ±? k msg/s |  |  | ≥ 500 k msg/s | ✓ holds |",
            "| ./waggle run, from start to listening | 1\u202f234 ± 12 ms |  |  | ≤ 1\u202f000 ms"
                + " | ✗ misses |")
        .endsWith(
            Targets.PEERS + " Targets that are not in this run: " + (Targets.ALL.size() - 3) + ".")
        .hasSize(4 + 3 + 2);
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
    assertThat(Arrays.copyOf(lines, 4))
        .allMatch(line -> " ".equals(line.substring(target - 1, target)));
    assertThat(lines[1].substring(target)).startsWith("≥ 1.25 x");
    assertThat(lines[4]).startsWith("Targets that are not in this run: ");
  }

  @Test
  void json_hasEveryTarget() {
    JsonNode json = new JsonMapper().readTree(RatioJson.of(RUN));
    assertThat(json.path("targets").size()).isEqualTo(Targets.ALL.size());
    JsonNode nio = json.path("targets").get(2);
    assertThat(nio.path("verdict").asString()).isEqualTo("holds");
    assertThat(nio.path("ratio").path("value").asDouble()).isEqualTo(1.7);
    JsonNode missing = json.path("targets").get(0);
    assertThat(missing.path("verdict").asString()).isEqualTo("not-measured");
    assertThat(missing.path("measured").isNull()).isTrue();
  }
}
