package dev.waggle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.waggle.bench.report.Target.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest {
  private static final String LINK = "LinkBenchmark.message";

  private static Row row(Results results, String what) {
    List<Row> rows =
        Targets.in(results).stream().filter(row -> row.target().what().equals(what)).toList();
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  private static RunFixture links(double waggle, double waggleError, double tls, double tlsError) {
    return new RunFixture()
        .score(LINK, waggle, waggleError, "ops/s", "link", "WAGGLE_NIO", "bytes", "65536")
        .score(LINK, tls, tlsError, "ops/s", "bytes", "65536", "link", "BORINGSSL_NIO");
  }

  @ParameterizedTest
  @CsvSource({
    "1400, 10, HOLDS",
    "1260, 100, WITHIN_ERROR",
    "1240, 100, WITHIN_ERROR",
    "1200, 10, MISSES",
    "1250, NaN, HOLDS",
    "1249, NaN, MISSES"
  })
  void linkAgainstTls_isJudgedAtBothEndsOfItsInterval(double score, double error, Verdict verdict) {
    Row row = row(links(score, error, 1000, 0).results(), "link, 64 KiB, NIO");
    assertThat(row.verdict()).isEqualTo(verdict);
    assertThat(row.ratio().value()).isCloseTo(score / 1000, within(1e-9));
  }

  @Test
  void ratio_hasTheErrorsOfBoth() {
    Row row = row(links(2000, 60, 1000, 40).results(), "link, 64 KiB, NIO");
    assertThat(row.ratio().error()).isCloseTo(2 * Math.hypot(0.03, 0.04), within(1e-9));
  }

  @Test
  void missingMeasurement_saysWhy() {
    Results results =
        new RunFixture()
            .failed(LINK, "no epoll", Map.of("bytes", "65536", "link", "WAGGLE_NETTY_EPOLL"))
            .results();
    Row failed = row(results, "link, 64 KiB, Netty on epoll");
    assertThat(failed.verdict()).isEqualTo(Verdict.NOT_MEASURED);
    assertThat(failed.judgement()).isEqualTo("not measured: no epoll");
    assertThat(row(results, "link, 64 KiB, NIO").judgement())
        .isEqualTo("not measured: not in this run");
  }

  @Test
  void missingYardstick_saysWhy() {
    Row row =
        row(
            new RunFixture()
                .score("HotPathBenchmark.send", 50_000, 10, "ops/s", "bytes", "65536")
                .openSsl(new OpenSsl(null, List.of(), "no openssl here"))
                .results(),
            "serialize, seal and frame, 64 KiB");
    assertThat(row.judgement()).isEqualTo("not measured: no openssl here");
    assertThat(row.measured().scoreOrNull().value()).isEqualTo(50_000 * 65_536.0);
  }

  @Test
  void sendPath_isComparedInBytesASecond() {
    Row row =
        row(
            new RunFixture()
                .score("HotPathBenchmark.send", 50_000, 10, "ops/s", "bytes", "65536")
                .results(),
            "serialize, seal and frame, 64 KiB");
    assertThat(row.ratio().value()).isCloseTo(50_000 * 65_536.0 / 4e9, within(1e-9));
    assertThat(row.verdict()).isEqualTo(Verdict.HOLDS);
  }

  @ParameterizedTest
  @CsvSource({"0.0001, 0.001, HOLDS", "0.49, 0, HOLDS", "24, 0.1, MISSES", "0.4, 3, WITHIN_ERROR"})
  void garbage_isNoneBelowHalfAByte(double bytes, double error, Verdict verdict) {
    Row row =
        row(
            new RunFixture()
                .score("HotPathBenchmark.send", 1000, 10, "ops/s", "bytes", "256")
                .secondary("gc.alloc.rate.norm", bytes, error, "B/op")
                .results(),
            "garbage a message of 256 B, sending");
    assertThat(row.verdict()).isEqualTo(verdict);
  }

  @Test
  void garbageOfReceiving_isCountedASecondAndToldAMessage() {
    Row row =
        row(
            new RunFixture()
                .score("HotPathBenchmark.receive", 1000, 0, "ops/s", "bytes", "256")
                .secondary("garbageBytes", 48_000, 0, "ops/s")
                .results(),
            "garbage a message of 256 B, receiving, beyond the message");
    assertThat(row.measured().describe()).isEqualTo("48.0 ± 0.0 B");
    assertThat(row.verdict()).isEqualTo(Verdict.MISSES);
  }

  @ParameterizedTest
  @CsvSource({"99, HOLDS", "101, MISSES"})
  void delayOfAQuietPeer_isJudgedByItsPercentile(double p99, Verdict verdict) {
    Row row =
        row(
            new RunFixture()
                .score("QuietPeerBenchmark.ping", 100, 1, "ms/op")
                .percentile("50.0", 100)
                .percentile("99.0", p99)
                .results(),
            "delay of a quiet peer under load, ping, p99");
    assertThat(row.verdict()).isEqualTo(verdict);
    assertThat(row.measured().scoreOrNull().value()).isEqualTo(p99);
    assertThat(row.measured().describe()).endsWith("±? ms");
  }

  @Test
  void delayOfAQuietPeer_withoutSamples_isNotJudgedByItsMean() {
    Results results = new RunFixture().score("QuietPeerBenchmark.ping", 1, 0, "ms/op").results();
    assertThat(row(results, "delay of a quiet peer under load, ping, p99").judgement())
        .isEqualTo("not measured: was not sampled");
  }

  @Test
  void messagesOfACrowd_areCounted() {
    Results results =
        new RunFixture()
            .score(
                "CrowdBenchmark.message",
                1000,
                1,
                "ops/s",
                "transport",
                "nio",
                "peers",
                "125",
                "arrivals",
                "16")
            .results();
    Row row = row(results, "unique messages with 125 peers, NIO");
    assertThat(row.verdict()).isEqualTo(Verdict.MISSES);
    assertThat(row.measured().describe()).startsWith("1\u202f000 ").endsWith(" msg/s");
  }

  @Test
  void absoluteTargets_haveNoRatio() {
    Results results =
        new RunFixture()
            .score("StartupBenchmark.run", 900, 50, "ms/op")
            .score("IdleLinkBenchmark.links", 1, 0, "ms/op", "transport", "nio")
            .secondary("bytesPerLink", 40_000, 100, "#")
            .results();
    Row start = row(results, "./waggle run, from start to listening");
    assertThat(start.verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(start.ratio()).isNull();
    assertThat(row(results, "memory of an idle link, both ends, NIO").verdict())
        .isEqualTo(Verdict.MISSES);
  }
}
