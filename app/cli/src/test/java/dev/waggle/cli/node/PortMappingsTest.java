package dev.waggle.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.nat.RouterPortMapping;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.nat.PortMapping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortMappingsTest {
  private static PortMapping of(String nat, String allowPrivate) {
    return PortMappings.of(
        NodeConfig.builder()
            .parse(ConfigKeys.NAT, nat)
            .parse(ConfigKeys.ALLOW_PRIVATE, allowPrivate)
            .build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "pcp", "natpmp", "upnp"})
  void routersAreAsked(String nat) {
    assertThat(of(nat, "false")).isInstanceOf(RouterPortMapping.class);
  }

  @Test
  void noRouterIsAsked_whereThatIsNotWanted() {
    assertThat(of("off", "false")).isSameAs(PortMapping.NONE);
    assertThat(of("auto", "true")).isSameAs(PortMapping.NONE);
  }
}
