package dev.waggle.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("long")
class SimulateIT {
  /** Blocks and transactions, hosts that nobody can dial, and connections that are lost. */
  private static final String[] RUN = {
    "simulate", "--json", "--nodes", "60", "--blocks", "3", "--block-bytes", "100KiB",
    "--transactions", "20", "--undialable", "0.2", "--resets-per-hour", "20", "--seed", "7"
  };

  @Test
  void oneSeed_isOneTrace_whateverTheJvm() throws Exception {
    JsonNode usual = play(List.of());
    // Other identity hash codes, another language and time zone, interpreted for longer.
    JsonNode unusual =
        play(
            List.of(
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:hashCode=2",
                "-Duser.language=tr",
                "-Duser.timezone=Asia/Kathmandu",
                "-Dfile.encoding=ISO-8859-1",
                "-XX:Tier3InvocationThreshold=20000"));

    assertThat(usual.get("traceHash").asString()).isEqualTo(unusual.get("traceHash").asString());
    assertThat(usual.get("events")).isEqualTo(unusual.get("events"));
    assertThat(usual.get("blocks")).isEqualTo(unusual.get("blocks")).hasSize(3);
  }

  @Test
  void heapThatIsTooSmall_isOneLineThatSaysWhatToDo() throws Exception {
    try (WaggleProcess run =
        WaggleProcess.startWith(List.of("-Xmx48m"), "simulate", "--nodes", "1000")) {
      int exitCode = run.awaitExit();
      assertThat(exitCode).as("%s", run).isEqualTo(3);
      assertThat(run.stdout().all()).isEmpty();
      assertThat(run.stderr().all())
          .as("%s", run)
          .filteredOn(line -> !line.contains("of virtual time"))
          .hasSize(2)
          .allSatisfy(line -> assertThat(line).contains("--nodes", "WAGGLE_JAVA_OPTS=-Xmx"))
          .satisfies(lines -> assertThat(lines.getFirst()).startsWith("waggle: 1000 nodes need"))
          .satisfies(lines -> assertThat(lines.getLast()).startsWith("waggle: out of memory: "));
    }
  }

  @Test
  void realNodes_doWhatSimulatedOnesDo() throws Exception {
    try (WaggleProcess run =
        WaggleProcess.start(
            "simulate",
            "--calibrate",
            "--json",
            "--nodes",
            "6",
            "--outbound",
            "2",
            "--latency",
            "5ms",
            "--blocks",
            "2",
            "--block-bytes",
            "64KiB",
            "--block-every",
            "1s",
            "--settle",
            "4s",
            "--drain",
            "4s")) {
      int exitCode = run.awaitExit();
      // On a busy machine, and with so few blocks, figures differ; what has happened does not.
      assertThat(exitCode).as("%s", run).isIn(0, 4);
      assertThat(run.stdout().all()).hasSize(1);
      JsonNode report = new JsonMapper().readTree(run.stdout().all().getFirst());
      assertThat(report.get("within").asBoolean()).isEqualTo(exitCode == 0);
      assertThat(report.get("linksAlike").asBoolean()).as("%s", run).isTrue();
      long simulatedBytes = report.get("simulated").get("sentBytes").asLong();
      assertThat(report.get("real").get("sentBytes").asLong())
          .isBetween(simulatedBytes * 2 / 3, simulatedBytes * 3 / 2);
      for (String side : List.of("real", "simulated")) {
        assertThat(report.get(side).get("blocks"))
            .hasSize(2)
            .allSatisfy(block -> assertThat(block.get("millisLast").isNumber()).isTrue());
      }
    }
  }

  private static JsonNode play(List<String> flags) throws Exception {
    try (WaggleProcess run = WaggleProcess.startWith(flags, RUN)) {
      int exitCode = run.awaitExit();
      assertThat(exitCode).as("%s", run).isZero();
      assertThat(run.stdout().all()).hasSize(1);
      return new JsonMapper().readTree(run.stdout().all().getFirst());
    }
  }
}
