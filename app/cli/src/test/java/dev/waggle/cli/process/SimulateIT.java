package dev.waggle.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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

  private static JsonNode play(List<String> flags) throws Exception {
    try (WaggleProcess run = WaggleProcess.startWith(flags, RUN)) {
      int exitCode = run.awaitExit();
      assertThat(exitCode).as("%s", run).isZero();
      assertThat(run.stdout().all()).hasSize(1);
      return new JsonMapper().readTree(run.stdout().all().getFirst());
    }
  }
}
