package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.admission.BannedAddresses;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.node.Ban;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressGateTest {
  private long now = 5;

  private static BannedAddresses banned(String subnet) {
    Ban ban = new Ban(Ban.Subject.parse(subnet), Ban.Kind.OPERATOR, 60, "why not");
    return BannedAddresses.of(List.of(ban), 5);
  }

  private AddressGate gate(String subnet) {
    return new AddressGate(banned(subnet), () -> now);
  }

  /** As transports spell where somebody comes from. */
  @ParameterizedTest
  @CsvSource({
    "127.0.0.0/8, 127.0.0.1, true",
    "127.0.0.0/8, ::ffff:127.0.0.1, true",
    "127.0.0.0/8, 0:0:0:0:0:ffff:7f00:1, true",
    "127.0.0.0/8, ::1, false",
    "fe80::/10, fe80::1%3, true",
    "fe80::/10, fe80:0:0:0:0:0:0:1%eth0, true",
    "0.0.0.0/0, name.example, false",
  })
  void itIsShutForWhoeverIsInTheSubnet(String subnet, String host, boolean shut) {
    assertThat(gate(subnet).isShut(new Endpoint(host, 9000))).isEqualTo(shut);
  }

  @Test
  void itOpensWhenTheBanIsOver_orTakenBack() {
    Endpoint remote = new Endpoint("127.0.0.1", 1);
    AddressGate gate = gate("127.0.0.1");
    now += Duration.ofSeconds(60).toNanos() - 1;
    assertThat(gate.isShut(remote)).isTrue();
    now++;
    assertThat(gate.isShut(remote)).isFalse();
    now = 5;
    gate.set(BannedAddresses.NONE);
    assertThat(gate.isShut(remote)).isFalse();
  }
}
