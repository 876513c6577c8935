package dev.waggle.domain.addresses;

import static dev.waggle.domain.addresses.Books.at;
import static dev.waggle.domain.addresses.Books.ip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.IpEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkGroupTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          11.1.0.0,    11.1.255.255,              true
          11.1.0.0,    11.2.0.0,                  false
          2a00::1,     2a00:0:ffff::1,            true
          2a00::1,     2a00:1::1,                 false
          11.1.2.3,    2002:b01:505::1,           true
          11.1.2.3,    64:ff9b::11.1.9.9,         true
          11.1.2.3,    ::ffff:0:11.1.9.9,         true
          11.1.2.3,    64:ff9b:1:2:3:4:11.1.9.9,  true
          11.1.2.3,    2a00::5efe:11.1.9.9,       false
          2a00::1,     2a00::5efe:11.1.9.9,       true
          11.1.2.3,    2001:0:1:2:3:4:f4fe:0,     true
          11.1.2.3,    2002:b02:505::1,           false
          2002:b01::1, 2002:b02::1,               false
          10.1.0.1,    10.1.0.2,                  false
          127.0.0.1,   127.0.0.2,                 false
          """)
  void addressesOfOneParty_areOneGroup(String one, String other, boolean same) {
    assertThat(NetworkGroup.of(at(one)).equals(NetworkGroup.of(at(other)))).isEqualTo(same);
  }

  @Test
  void portsCount_onOnesOwnNetworkOnly() {
    assertThat(NetworkGroup.of(new IpEndpoint(ip("11.1.1.1"), 1)))
        .isEqualTo(NetworkGroup.of(new IpEndpoint(ip("11.1.1.1"), 2)))
        .isEqualTo(NetworkGroup.of(ip("11.1.1.1")));
    assertThat(NetworkGroup.of(new IpEndpoint(ip("127.0.0.1"), 1)))
        .isNotEqualTo(NetworkGroup.of(new IpEndpoint(ip("127.0.0.1"), 2)));
  }

  @ParameterizedTest
  @CsvSource({
    "11.1.2.3, 11.1.0.0/16",
    "8.8.4.4, 8.8.0.0/16",
    "2a00:1:2::1, 2a00:1::/32",
    "2002:b01:505::1, 11.1.0.0/16",
    "127.0.0.1, 127.0.0.1"
  })
  void groups_areWrittenAsPeopleDo(String address, String group) {
    assertThat(NetworkGroup.of(ip(address))).hasToString(group);
  }
}
