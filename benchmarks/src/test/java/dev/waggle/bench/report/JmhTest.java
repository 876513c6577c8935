package dev.waggle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.bench.ToyParts;
import dev.waggle.bench.machine.Others;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Runs JMH in earnest, as shortly as it can. */
class JmhTest {
  private static final Rhythm SHORT = new Rhythm(1, 500, 1, 10, 3, 10);

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();
  private final List<Suite.Outcome> kept = new ArrayList<>();

  private Suite.Outcome run(Group... groups) throws InterruptedException {
    Plan plan = new Plan(Plan.QUICK, List.of(groups));
    Progress progress = new Progress(new PrintWriter(err), false, plan, System::nanoTime);
    Jmh jmh = new Jmh(new PrintStream(log, true, StandardCharsets.UTF_8), FixedMeter.QUIET);
    Load load = new Load(new Others(0.1, 2), null);
    return new Suite(plan, jmh, load, progress, () -> false).run(kept::add);
  }

  @Test
  void whatCanBeMeasured_isKept_andWhatCannotFailsAlone() throws InterruptedException {
    Suite.Outcome outcome =
        run(
            Group.of(SHORT, "NobodyBenchmark.nothing"),
            Group.of(SHORT, "CodecBenchmark.encode")
                .with("codec", "BINCODE", "MORSE")
                .with("message", "PING"));

    Results results =
        new Results(
            outcome.benchmarks().stream().map(Measurement::of).toList(), outcome.failures(), null);
    Key bincode = new Key("CodecBenchmark.encode", Map.of("codec", "BINCODE", "message", "PING"));
    Key morse = new Key("CodecBenchmark.encode", Map.of("codec", "MORSE", "message", "PING"));
    Measurement measured = results.find(bincode).orElseThrow();
    assertThat(measured.score().value()).isPositive();
    assertThat(measured.score().hasError()).isTrue();
    assertThat(measured.secondary()).containsKey(Measurement.GARBAGE);
    assertThat(measured.warmup()).singleElement().satisfies(one -> assertThat(one).isPositive());
    assertThat(measured.others()).isEqualTo(new Others(0.05, 2));
    assertThat(measured.settings()).isEqualTo("1 × (1 × 10 ms, then 3 × 10 ms)");
    assertThat(results.whyNot(morse)).contains("MORSE");
    assertThat(results.whyNot(new Key("NobodyBenchmark.nothing", Map.of())))
        .isEqualTo("no such benchmark");

    assertThat(outcome.complete()).isTrue();
    assertThat(kept).hasSize(3).noneMatch(Suite.Outcome::complete);
    assertThat(err.toString()).contains("[2/3] CodecBenchmark.encode codec=BINCODE message=PING  ");
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("Warmup Iteration");
  }

  /** By JMH's forks, which must have the class path that this process has. */
  @Test
  void partsOfTheClassPath_areMeasuredByTheirNames() throws InterruptedException {
    Rhythm once = new Rhythm(1, 500, 0, 10, 1, 10);
    Suite.Outcome outcome =
        run(
            Group.of(once, PartsTable.LINK)
                .with("transport", ToyParts.NAME)
                .with("codec", ToyParts.NAME)
                .with("suite", ToyParts.NAME)
                .with("bytes", "256"),
            Group.of(once, "CodecBenchmark.decode")
                .with("codec", ToyParts.NAME)
                .with("message", "COMPACT_2500"));
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.benchmarks())
        .hasSize(2)
        .allMatch(one -> Measurement.of(one).score().value() > 0);
  }

  @Test
  void forks_takeTurns_andOneThatFailsIsTheLast() throws InterruptedException {
    Suite.Outcome outcome =
        run(
            Group.of(new Rhythm(2, 500, 1, 10, 3, 10), "CodecBenchmark.encode")
                .with("codec", "BINCODE", "MORSE")
                .with("message", "PING"));

    Measurement measured = Measurement.of(outcome.benchmarks().getFirst());
    assertThat(measured.settings()).isEqualTo("2 × (1 × 10 ms, then 3 × 10 ms)");
    assertThat(outcome.benchmarks()).hasSize(1);
    JsonNode samples = outcome.benchmarks().getFirst().at("/primaryMetric/rawData");
    assertThat(samples.valueStream().map(JsonNode::size)).containsExactly(3, 3);
    assertThat(measured.warmup()).hasSize(1);
    assertThat(outcome.benchmarks().getFirst().path("others")).hasSize(2);
    assertThat(err.toString().lines().map(line -> line.replaceAll(" message=PING.*", "")))
        .containsExactly(
            "[1/4] CodecBenchmark.encode codec=BINCODE",
            "[2/4] CodecBenchmark.encode codec=MORSE",
            "[3/4] CodecBenchmark.encode codec=BINCODE");
  }

  @Test
  void reason_isTheInnermostCause() {
    Exception inner = new IllegalStateException("no epoll here\nat all");
    Exception outer = new IllegalArgumentException("outer");
    outer.addSuppressed(new RuntimeException(inner));
    assertThat(Jmh.reason(new RuntimeException("outermost", outer))).isEqualTo("no epoll here");
    assertThat(Jmh.reason(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
  }

  @Test
  void openSsl_figureIsReadFromTheLineForMachines() throws Exception {
    assertThat(OpenSsl.figure("+H:16384\n+F:25:AES-256-GCM:3946059093.33\n"))
        .isEqualTo(3946059093.33);
  }
}
