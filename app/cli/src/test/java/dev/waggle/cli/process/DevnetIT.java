package dev.waggle.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DevnetIT {
  @Test
  void devnet_printsOneObjectAndEndsWith0() throws Exception {
    try (WaggleProcess devnet = WaggleProcess.start("devnet", "--json", "--nodes", "5")) {
      assertThat(devnet.awaitExit()).as("%s", devnet).isZero();
      assertThat(devnet.stdout().all()).hasSize(1);
      JsonNode report = new JsonMapper().readTree(devnet.stdout().all().getFirst());
      assertThat(report.get("ok").asBoolean()).isTrue();
      assertThat(report.get("links").asInt()).isGreaterThanOrEqualTo(4);
      assertThat(report.get("blocks")).hasSize(3);
      assertThat(report.get("blocks"))
          .allSatisfy(block -> assertThat(block.get("reached").asInt()).isEqualTo(5));
    }
  }

  @Test
  void devnetThatDoesNotStandInTime_tellsHowMuchOfItStoodThen() throws Exception {
    try (WaggleProcess devnet = WaggleProcess.start("devnet", "--json", "--timeout", "20ms")) {
      assertThat(devnet.awaitExit()).as("%s", devnet).isEqualTo(1);
      JsonNode report = new JsonMapper().readTree(devnet.stdout().all().getFirst());
      assertThat(report.get("ok").asBoolean()).isFalse();
      assertThat(report.get("problem").asString())
          .matches("only [0-4] of 5 nodes have found the peers that they want");
    }
  }
}
