package dev.waggle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(180)
class DevnetCommandTest {
  @Test
  void table_hasALineForEachBlockAndASummary() {
    Outcome outcome = Outcome.of("devnet", "--nodes", "2", "--blocks", "2");
    assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("2 nodes ").contains("mlkem768-mldsa65, bincode"),
            line -> assertThat(line).startsWith("height  block "),
            line -> assertThat(line).startsWith("     1  ").contains("  2/2  "),
            line -> assertThat(line).startsWith("     2  ").contains("  2/2  "),
            line -> assertThat(line).startsWith("ok: "));
  }

  @Test
  void json_isOneObjectOnStdout_andTheTableGoesToStderr() {
    Outcome outcome = Outcome.of("devnet", "--nodes", "2", "--blocks", "1", "--json");
    assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
    JsonNode report = onlyObject(outcome);
    assertThat(report.get("ok").asBoolean()).isTrue();
    assertThat(report.get("blocks")).hasSize(1);
    assertThat(outcome.err()).contains("height  block ").contains("ok: ");
  }

  @Test
  void mixed_isSaidInTheReport() {
    Outcome outcome =
        Outcome.of("devnet", "--nodes", "2", "--blocks", "1", "--json", "--transport", "mixed");
    assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
    assertThat(onlyObject(outcome).get("transport").asString()).isEqualTo("netty,nio");
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void shape_delaysEveryBlock_andIsSaidInTheReport(String transport) {
    Outcome outcome =
        Outcome.of(
            "devnet --nodes 2 --blocks 1 --json --latency 200ms --bandwidth 50Mbit --transport"
                .concat(" " + transport)
                .split(" "));

    assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
    String words = "latency 200ms, up 50Mbit, down 50Mbit";
    assertThat(outcome.err()).contains("shaped: " + words + System.lineSeparator());
    JsonNode report = onlyObject(outcome);
    assertThat(report.get("shape").asString()).isEqualTo(words);
    assertThat(report.get("millisConnect").asDouble()).isGreaterThan(3 * 200);
    // Half, for a miner on a busy machine may look at the clock when its block has left.
    assertThat(report.get("blocks"))
        .allSatisfy(block -> assertThat(block.get("millisP50").asDouble()).isGreaterThan(100));
  }

  @Test
  void rateThatIsNone_isAUsageError() {
    Outcome outcome = Outcome.of("devnet", "--bandwidth", "50");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("waggle: bandwidth = '50' (--bandwidth): expected a rate");
  }

  @Test
  void failure_isOneObjectTooAndExitCode1() {
    // Nobody shakes hands twenty times in a millisecond.
    Outcome outcome =
        Outcome.of("devnet", "--nodes", "20", "--blocks", "1", "--timeout", "1ms", "--json");
    assertThat(outcome.exitCode()).isEqualTo(1);
    JsonNode report = onlyObject(outcome);
    assertThat(report.get("ok").asBoolean()).isFalse();
    assertThat(report.get("problem").asString()).isNotEmpty();
    assertThat(outcome.err()).contains("failed: " + report.get("problem").asString());
  }

  private static JsonNode onlyObject(Outcome outcome) {
    assertThat(outcome.out().lines()).hasSize(1);
    return new JsonMapper().readTree(outcome.out());
  }
}
