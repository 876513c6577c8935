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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "auto, -, -, true, PCP NATPMP",
        "off, -, -, false, ''",
        "pcp, -, -, true, PCP",
        "natpmp, -, -, true, NATPMP",
        "upnp, -, -, true, UPNP",
        "auto, external_address, 1.2.3.4:5, true, ''",
        "pcp, external_address, 1.2.3.4:5, true, PCP",
        "auto, allow_private, true, false, ''",
        "upnp, allow_private, true, true, UPNP",
        "auto, max_inbound, 0, false, ''",
        "auto, p2p_addr, 127.1.2.3:9000, false, ''",
        "auto, p2p_addr, [::1]:9000, false, ''",
        "auto, p2p_addr, LocalHost:9000, false, ''",
        "auto, p2p_addr, 192.168.1.5:9000, true, PCP NATPMP",
        "auto, p2p_addr, [::]:9000, true, PCP NATPMP",
        "auto, p2p_addr, node.example:9000, true, PCP NATPMP",
        "off, max_inbound, 0, false, ''",
      })
  void nat_saysWhatIsDoneAboutRouters(
      String nat,
      @Nullable String otherKey,
      @Nullable String otherValue,
      boolean traverses,
      String methods) {
    NodeConfig config = withNat(nat, otherKey, otherValue).build();
    assertThat(config.traverses()).isEqualTo(traverses);
    assertThat(config.mappingMethods().stream().map(Enum::name).collect(Collectors.joining(" ")))
        .isEqualTo(methods);
  }

  @ParameterizedTest
  @CsvSource({
    "pcp, max_inbound, 0, 'max_inbound is 0, so nobody may dial the node'",
    "natpmp, p2p_addr, 127.0.0.1:9000, 'p2p_addr is 127.0.0.1:9000, where only this machine can"
        + " dial the node'",
    "upnp, p2p_addr, [::1]:9000, 'p2p_addr is [::1]:9000, where only this machine can dial the"
        + " node'",
  })
  void aRouterThatHasNothingToLetThrough_isNotAsked(
      String nat, String otherKey, String otherValue, String why) {
    assertThatExceptionOfType(ConfigProblem.class)
        .isThrownBy(() -> withNat(nat, otherKey, otherValue).build())
        .withMessage("nat = '%s': no router has anything to let through, for %s", nat, why);
  }

  private static NodeConfig.Builder withNat(
      String nat, @Nullable String otherKey, @Nullable String otherValue) {
    NodeConfig.Builder builder = NodeConfig.builder().parse(ConfigKeys.NAT, nat);
    if (otherKey != null && otherValue != null) {
      ConfigKey<?> key =
          ConfigKeys.ALL.stream()
              .filter(known -> known.name().equals(otherKey))
              .findAny()
              .orElseThrow();
      builder.parse(key, otherValue);
    }
    return builder;
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
