package dev.waggle.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeConfigTest {
  @Test
  void valueThatItsKeyForbids_cannotBeSet() {
    assertThatExceptionOfType(ConfigProblem.class)
        .isThrownBy(() -> NodeConfig.builder().set(ConfigKeys.OUTBOUND_TARGET, -1))
        .withMessage("outbound_target = '-1': expected a whole number from 0 to 128");
  }

  @Test
  void orderOfSetting_doesNotMatterToValuesThatFitTogether() {
    NodeConfig config =
        NodeConfig.builder()
            .set(ConfigKeys.HEARTBEAT_INTERVAL, Duration.ofMinutes(2))
            .set(ConfigKeys.HEARTBEAT_TIMEOUT, Duration.ofMinutes(5))
            .build();
    assertThat(config.heartbeatTimeout()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void listThatWasSet_isNotSharedWithTheCaller() {
    List<PeerAddress> seeds = new ArrayList<>(List.of(PeerAddress.parse("a:1")));
    NodeConfig config = NodeConfig.builder().set(ConfigKeys.SEEDS, seeds).build();
    seeds.clear();
    assertThat(config.seeds()).containsExactly(PeerAddress.parse("a:1"));
  }

  @Test
  void connectAndSeeds_doNotFitTogether_whicheverWasSetFirst() {
    NodeConfig.Builder both =
        NodeConfig.builder()
            .set(ConfigKeys.CONNECT, List.of(PeerAddress.parse("a:1")))
            .set(ConfigKeys.SEEDS, List.of(PeerAddress.parse("b:2"), PeerAddress.parse("c:3")));
    assertThatExceptionOfType(ConfigProblem.class)
        .isThrownBy(both::build)
        .withMessage("connect = 'a:1': there is seeds = 'b:2,c:3' too; one of both must go");
    NodeConfig config = both.set(ConfigKeys.SEEDS, List.of()).build();
    assertThat(config.connect()).containsExactly(PeerAddress.parse("a:1"));
  }

  @Test
  void externalAddress_isOptional() {
    assertThat(NodeConfig.defaults().externalAddress()).isEmpty();
    IpEndpoint endpoint = new IpEndpoint(new IpAddress(0x2A00_0000_0000_0000L, 1), 9000);
    NodeConfig config =
        NodeConfig.builder().set(ConfigKeys.EXTERNAL_ADDRESS, Optional.of(endpoint)).build();
    assertThat(config.externalAddress()).contains(endpoint);
  }

  @Test
  void builderOfAConfig_leavesThatConfigAlone() {
    NodeConfig before = NodeConfig.defaults();
    NodeConfig after = before.toBuilder().set(ConfigKeys.NETWORK, "other").build();
    assertThat(before.network()).isEqualTo("waggle-dev");
    assertThat(after.network()).isEqualTo("other");
    assertThat(after.p2pAddr()).isEqualTo(before.p2pAddr());
  }
}
