package dev.waggle.nat.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.IpAddress;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantsTest {
  private static IpAddress address(String literal) {
    return Objects.requireNonNull(IpAddress.ofLiteral(literal));
  }

  @ParameterizedTest
  @CsvSource({
    "8.8.8.8, true",
    "192.168.1.1, true",
    "100.64.0.1, true",
    "0.1.2.3, false",
    "127.0.0.2, false",
    "169.254.1.1, false",
    "224.0.0.1, false",
    "240.0.0.1, false",
    "255.255.255.255, false",
    "2001:db8::1, false",
  })
  void addressOfIpv4_isOneWhereAPeerCanBe(String literal, boolean granted) {
    assertThat(Grants.judge(true, address(literal), 1, 60) instanceof Outcome.Granted)
        .isEqualTo(granted);
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8::1, true",
    "fd00::1, true",
    "::, false",
    "::1, false",
    "fe80::1, false",
    "ff02::1, false",
    "8.8.8.8, false",
  })
  void addressOfIpv6_isOneWhereAPeerCanBe(String literal, boolean granted) {
    assertThat(Grants.judge(false, address(literal), 1, 60) instanceof Outcome.Granted)
        .isEqualTo(granted);
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, true",
    "172.16.0.1, true",
    "172.32.0.1, false",
    "192.168.0.1, true",
    "100.64.0.1, true",
    "100.128.0.1, false",
    "8.8.8.8, false",
  })
  void secondNat_isKnownByItsAddresses(String literal, boolean behind) {
    assertThat(Grants.isBehindAnotherNat(address(literal))).isEqualTo(behind);
  }
}
