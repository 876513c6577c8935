package dev.waggle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.waggle.bench.report.Target.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest {
  private static final String LINK = "LinkBenchmark.message";
  private static final String LINKS = "LinksInTurnBenchmark.round";

  private static Row row(Results results, String what) {
    List<Row> rows =
        Targets.in(results).stream().filter(row -> row.target().what().equals(what)).toList();
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  private static final String USUAL = "link, 256 B, NIO, against TLS as usually written";
  private static final String TLS = "link, 64 KiB, NIO";

  /** A link and its peers in turn, by the nanoseconds that each took in each iteration. */
  private static RunFixture links(double[] waggle, double[] tuned, double[] packed) {
    return new RunFixture()
        .score(LINKS, 5, 1, "ops/s", "bytes", "65536", "io", "NIO")
        .counter("timedBytes", 1e9, 1e9, 1e9)
        .counter("waggleNioNanos", waggle)
        .counter("tunedNanos", tuned)
        .counter("packedNanos", packed)
        .counter("plainNanos", waggle);
  }

  private static double[] times(double factor, double... of) {
    return Arrays.stream(of).map(one -> factor * one).toArray();
  }

  @ParameterizedTest
  @CsvSource({"1.26, HOLDS", "1.25, HOLDS", "1.24, MISSES"})
  void linkAgainstTls_isJudgedByEachIteration(double ratio, Verdict verdict) {
    double[] waggle = {0.1e9, 0.4e9, 0.2e9}; // a machine that is slow for a while
    Row row = row(links(waggle, times(ratio, waggle), times(9, waggle)).results(), TLS);
    assertThat(row.verdict()).isEqualTo(verdict);
    assertThat(row.ratio().value()).isCloseTo(ratio, within(1e-9));
    assertThat(row.ratio().error()).isCloseTo(0, within(1e-9));
    assertThat(row.measured().scoreOrNull().error()).isPositive();
  }

  @Test
  void linkAgainstTls_isComparedWithTheBetterOfBoth() {
    double[] waggle = {0.1e9, 0.1e9, 0.1e9};
    Row packed = row(links(waggle, times(3, waggle), times(2, waggle)).results(), TLS);
    Row tuned = row(links(waggle, times(2, waggle), times(3, waggle)).results(), TLS);
    for (Row row : List.of(packed, tuned)) {
      assertThat(row.ratio().value()).isCloseTo(2, within(1e-9));
      assertThat(row.measured().scoreOrNull().value()).isCloseTo(1e10, within(1.0));
      assertThat(row.against().scoreOrNull().value()).isCloseTo(0.5e10, within(1.0));
    }
  }

  @Test
  void ratioInTurn_withTooLargeAnError_isNotJudged() {
    double[] waggle = {0.1e9, 0.1e9, 0.1e9};
    double[] tls = {0.3e9, 0.301e9, 0.302e9};
    double[] worse = {0.3e9, 0.4e9, 0.5e9};
    assertThat(row(links(waggle, tls, tls).results(), TLS).verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(row(links(waggle, worse, worse).results(), TLS).judgement()).isEqualTo("not judged");
  }

  @Test
  void ratioInTurn_ofASingleIteration_isNotJudged() {
    Results results =
        new RunFixture()
            .score("HotPathBenchmark.inTurn", 5, 1, "ops/s", "bytes", "65536")
            .counter("sendNanos", 0.5e9)
            .counter("receiveNanos", 0.5e9)
            .results();
    assertThat(row(results, "receive, 64 KiB").verdict()).isEqualTo(Verdict.NOT_JUDGED);
  }

  @ParameterizedTest
  @CsvSource({"0.81, HOLDS", "0.79, MISSES"})
  void receiving_isJudgedByHowMuchLongerItTakes(double ratio, Verdict verdict) {
    double[] send = {0.3e9, 0.2e9, 0.4e9};
    Results results =
        new RunFixture()
            .score("HotPathBenchmark.inTurn", 5, 1, "ops/s", "bytes", "65536")
            .counter("sendNanos", send)
            .counter("receiveNanos", times(1 / ratio, send))
            .results();
    assertThat(row(results, "receive, 64 KiB").verdict()).isEqualTo(verdict);
  }

  private static RunFixture pings(double[] ratios, double... errors) {
    return new RunFixture()
        .score("PingsInTurnBenchmark.slices", 5, 1, "ops/s", "io", "EPOLL")
        .counter("nettyP99Nanos", 8e5, 9e5)
        .counter("nettyP99NanosError", 3e4, 4e4)
        .counter("nioP99Nanos", 6e5, 9e5)
        .counter("nioP99NanosError", 6e4, 8e4)
        .counter("p99Ratio", ratios)
        .counter("p99RatioError", errors);
  }

  private static Row pings(Results results) {
    return row(results, "ping over a busy link, p99, Netty on epoll");
  }

  @ParameterizedTest
  @CsvSource({
    "1.1, 0.09, HOLDS",
    "1.15, 0.09, WITHIN_ERROR",
    "1.31, 0.1, MISSES",
    "0.5, 0.07, HOLDS",
    "0.5, 0.08, NOT_JUDGED",
    "1, NaN, NOT_JUDGED"
  })
  void pingOverNetty_mayTakeLittleLonger(double ratio, double error, Verdict verdict) {
    Row row = pings(pings(new double[] {ratio}, error).results());
    assertThat(row.verdict()).isEqualTo(verdict);
    assertThat(row.ratio().value()).isEqualTo(ratio);
  }

  @Test
  void pings_haveTheErrorsThatIterationsTell() {
    Row row = pings(pings(new double[] {1.1, 0.9}, 0.06, 0.08).results());
    assertThat(row.measured().describe()).isEqualTo("850 ± 25 µs");
    assertThat(row.against().describe()).isEqualTo("750 ± 50 µs");
    assertThat(row.ratio().value()).isCloseTo(1, within(1e-9));
    assertThat(row.ratio().error()).isCloseTo(0.05, within(1e-9));
  }

  @Test
  void pingsWithoutErrors_areNotMeasured() {
    Results results =
        new RunFixture()
            .score("PingsInTurnBenchmark.slices", 5, 1, "ops/s", "io", "EPOLL")
            .counter("p99Ratio", 1)
            .results();
    assertThat(pings(results).judgement()).isEqualTo("not measured: has no p99Ratio with an error");
  }

  @Test
  void aLinkOfOneSize_isComparedWithThatOf64KiB() {
    double[] usual = {0.1e9, 0.2e9, 0.1e9};
    Results results =
        new RunFixture()
            .score("SizesInTurnBenchmark.round", 5, 1, "ops/s", "link", "WAGGLE_NIO")
            .counter("timedBytes", 1e9, 1e9, 1e9)
            .counter("bytes256Nanos", times(1.25, usual))
            .counter("bytes65536Nanos", usual)
            .counter("bytes1048576Nanos", times(1.1, usual))
            .counter("bytes8388544Nanos", usual)
            .results();
    assertThat(row(results, "link, 256 B, NIO, against itself").verdict())
        .isEqualTo(Verdict.MISSES);
    assertThat(row(results, "link, 1 MiB, NIO, against itself").verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(row(results, "link, 8 MiB, NIO, against itself").verdict()).isEqualTo(Verdict.HOLDS);
  }

  @ParameterizedTest
  @CsvSource({
    "5600, 500, HOLDS",
    "166, 410, NOT_JUDGED",
    "5400, 500, WITHIN_ERROR",
    "4600, 500, WITHIN_ERROR",
    "4400, 500, MISSES",
    "5600, NaN, NOT_JUDGED",
    "4400, NaN, NOT_JUDGED",
    "5600, Infinity, NOT_JUDGED"
  })
  void linkAgainstUsualTls_isJudgedAtBothEndsOfItsInterval(
      double score, double error, Verdict verdict) {
    assertThat(row(usual(score, error).results(), USUAL).verdict()).isEqualTo(verdict);
  }

  private static RunFixture usual(double score, double error) {
    return new RunFixture()
        .score(LINK, score, error, "ops/s", "link", "WAGGLE_NIO", "bytes", "256")
        .score(LINK, 1000, 0, "ops/s", "bytes", "256", "link", "BORINGSSL_USUAL_NIO");
  }

  @Test
  void ratio_hasTheErrorsOfBoth() {
    Row row =
        row(
            new RunFixture()
                .score(LINK, 2000, 60, "ops/s", "link", "WAGGLE_NIO", "bytes", "256")
                .score(LINK, 1000, 40, "ops/s", "bytes", "256", "link", "BORINGSSL_USUAL_NIO")
                .results(),
            USUAL);
    assertThat(row.ratio().error()).isCloseTo(2 * Math.hypot(0.03, 0.04), within(1e-9));
  }

  @Test
  void missingMeasurement_saysWhy() {
    Results results =
        new RunFixture()
            .failed(LINKS, "no epoll", Map.of("bytes", "65536", "io", "EPOLL"))
            .results();
    Row failed = row(results, "link, 64 KiB, Netty on epoll");
    assertThat(failed.verdict()).isEqualTo(Verdict.NOT_MEASURED);
    assertThat(failed.judgement()).isEqualTo("not measured: no epoll");
    assertThat(row(results, TLS).judgement()).isEqualTo("not measured: not in this run");
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
  @CsvSource({
    "0.0001, 0.001, HOLDS",
    "0.49, 0, HOLDS",
    "24, 0.1, MISSES",
    "0.4, 0.2, WITHIN_ERROR",
    "0.4, 3, NOT_JUDGED"
  })
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
  @CsvSource({"66, HOLDS", "99, NOT_JUDGED", "101, NOT_JUDGED", "151, MISSES"})
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
  void whatOthersDisturbed_isNotJudged() {
    RunFixture both = usual(5600, 100);
    Row quiet = row(both.others(0.1).results(), USUAL);
    assertThat(quiet.verdict()).isEqualTo(Verdict.HOLDS);
    Row busy = row(both.others(0.1, 0.9).results(), USUAL); // the yardstick, in its second fork
    assertThat(busy.judgement()).isEqualTo("not judged: others used 0.90 of 2 processors");
    assertThat(busy.ratio().value()).isEqualTo(5.6);
    assertThat(busy.tried()).isTrue();
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
