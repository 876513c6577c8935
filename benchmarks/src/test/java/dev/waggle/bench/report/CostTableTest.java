package dev.waggle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.bench.BlockBenchmark.Shape;
import dev.waggle.simulator.costs.Cost;
import dev.waggle.simulator.costs.Costs;
import dev.waggle.simulator.costs.Work;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostTableTest {
  private static final String[] SUITES = {
    "mlkem768-mldsa65", "mlkem1024-mldsa87", "x25519mlkem768-mldsa65"
  };
  private static final List<String> ORIGIN = List.of("Made up.");

  private final RunFixture run = new RunFixture();

  /** What one operation takes when it is quickest; on average it takes longer. */
  private void takes(String benchmark, double nanos, String... params) {
    run.score(benchmark, 3 * nanos, 0, "ns/op", params).percentile("0.0", nanos);
  }

  /** The same of what is counted by the second. */
  private void runs(String benchmark, double nanos, String... params) {
    run.score(benchmark, 1e9 / (3 * nanos), 0, "ops/s", params).percentile("100.0", 1e9 / nanos);
  }

  /** The same by the parts that are counted; a second iteration is slower by half. */
  private void counts(
      String benchmark, String operations, Map<String, Double> parts, String... params) {
    run.score(benchmark, 500, 0, "ops/s", params).counter(operations, 700, 350);
    parts.forEach((name, nanos) -> run.counter(name, nanos * 700, 1.5 * nanos * 350));
  }

  private void measureAll() {
    for (int i = 0; i < SUITES.length; i++) {
      double unit = 1000.0 * (i + 1);
      counts(
          "HandshakeBenchmark.inTurn",
          "handshakes",
          Map.of(
              "offerNanos", unit,
              "acceptanceNanos", 2 * unit,
              "confirmationNanos", 3 * unit,
              "admissionNanos", 4 * unit),
          "suite",
          SUITES[i],
          "crypto",
          "AUTO");
    }
    for (int bytes : new int[] {256, 32_768}) {
      counts(
          "RecordBenchmark.message",
          "records",
          Map.of("sealNanos", 800 + 0.25 * bytes, "openNanos", 600 + 0.5 * bytes),
          "bytes",
          Integer.toString(bytes));
    }
    for (int bytes : new int[] {256, 65_536}) {
      runs("MessageIdBenchmark.id", 100 + bytes, "bytes", Integer.toString(bytes));
    }
    runs("GossipRouterBenchmark.duplicate", 50, "peers", "8");
    runs("GossipRouterBenchmark.announce", 30, "peers", "8");
    for (int peers : new int[] {8, 50}) {
      double id = 100 + 256;
      runs("GossipRouterBenchmark.fresh", 500 + id + 40 * peers, "peers", Integer.toString(peers));
    }
    for (Shape shape : Shape.values()) {
      takes(
          "BlockBenchmark.examine",
          1000 + 0.5 * shape.bytes() + 200 * shape.transactions(),
          "shape",
          shape.name());
      takes(
          "BlockBenchmark.keep",
          5000 + 0.125 * shape.bytes() + 100 * shape.transactions(),
          "shape",
          shape.name());
    }
    takes("TransactionBenchmark.examine", 70);
    takes("HeaderBenchmark.examine", 900);
    takes("HeaderBenchmark.find", 1100);
  }

  private Costs costs() {
    return Costs.parse("costs", new CostTable(run.results()).text(ORIGIN));
  }

  @Test
  void parts_areThoseOfWhichTheMeasuredTimesAreTheSums() {
    measureAll();
    takes("TransactionBenchmark.keep", 400);

    Costs costs = costs();

    for (int i = 0; i < SUITES.length; i++) {
      double unit = 1000.0 * (i + 1);
      assertThat(costs.of(Work.OFFER, SUITES[i])).isEqualTo(new Cost(unit, 0, 0));
      assertThat(costs.of(Work.ACCEPTANCE, SUITES[i])).isEqualTo(new Cost(2 * unit, 0, 0));
      assertThat(costs.of(Work.CONFIRMATION, SUITES[i])).isEqualTo(new Cost(3 * unit, 0, 0));
      assertThat(costs.of(Work.ADMISSION, SUITES[i])).isEqualTo(new Cost(4 * unit, 0, 0));
    }
    assertThat(costs.of(Work.SEAL)).isEqualTo(new Cost(800, 0.25, 0));
    assertThat(costs.of(Work.OPEN)).isEqualTo(new Cost(600, 0.5, 0));
    assertThat(costs.of(Work.HASH)).isEqualTo(new Cost(100, 1, 0));
    assertThat(costs.of(Work.KNOWN_MESSAGE)).isEqualTo(new Cost(50, 0, 0));
    assertThat(costs.of(Work.NEW_MESSAGE)).isEqualTo(new Cost(500, 0, 40));
    assertThat(costs.of(Work.ANNOUNCEMENT)).isEqualTo(new Cost(0, 0, 30));
    assertThat(costs.of(Work.EXAMINE_BLOCK)).isEqualTo(new Cost(1000, 0.5, 200));
    assertThat(costs.of(Work.KEEP_BLOCK)).isEqualTo(new Cost(5000, 0.125, 100));
    assertThat(costs.of(Work.EXAMINE_TRANSACTION)).isEqualTo(new Cost(70, 0, 0));
    assertThat(costs.of(Work.KEEP_TRANSACTION)).isEqualTo(new Cost(400, 0, 0));
    assertThat(costs.of(Work.EXAMINE_HEADERS)).isEqualTo(new Cost(0, 0, 900));
    assertThat(costs.of(Work.FIND_HEADERS)).isEqualTo(new Cost(0, 0, 1100));
  }

  @Test
  void text_saysWhereItIsFrom() {
    measureAll();
    takes("TransactionBenchmark.keep", 400);

    assertThat(new CostTable(run.results()).text(ORIGIN)).contains("\n# Made up.\n");
  }

  @Test
  void whatWasNotMeasured_isNamedWithTheReason() {
    measureAll();
    run.failed("TransactionBenchmark.keep", "no heap", Map.of());

    assertThatThrownBy(this::costs)
        .isInstanceOf(BenchFailed.class)
        .hasMessage("TransactionBenchmark.keep was not measured: no heap");
  }

  @Test
  void partBelowNothing_isNothing() {
    measureAll();
    takes("TransactionBenchmark.keep", -1);

    assertThat(costs().of(Work.KEEP_TRANSACTION)).isEqualTo(new Cost(0, 0, 0));
  }

  @Test
  void plan_takesLessThanFiveMinutes() {
    assertThat(CostTable.plan().duration()).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(5));
  }
}
