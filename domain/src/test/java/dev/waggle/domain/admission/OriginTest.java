package dev.waggle.domain.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Endpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose addresses may be one party's. */
class OriginTest {
  @ParameterizedTest
  @CsvSource({
    "8.8.8.8, 8.8.8.8, true, true, true",
    "8.8.8.8, ::ffff:8.8.8.8, true, true, true",
    "8.8.8.8, 8.8.8.9, false, true, true",
    "8.8.8.8, 8.8.9.8, false, false, true",
    "8.8.8.8, 8.9.8.8, false, false, false",
    "2a00:1:2:3::1, 2a00:1:2:3:ffff::1, true, true, true",
    "2a00:1:2:3::1, 2a00:1:2:ff::1, false, true, true",
    "2a00:1:2:3::1, 2a00:1:2:103::1, false, false, true",
    "2a00:1:2:3::1, 2a00:2:2:3::1, false, false, false",
    // Of what is not public, each address is somebody else's.
    "10.0.0.1, 10.0.0.1, true, true, true",
    "10.0.0.1, 10.0.0.2, false, false, false",
    "fd00::1, fd00::2, false, false, false",
    "127.0.0.1, 127.0.0.2, false, false, false",
    // Neither kind is in the subnet of the other, though both have 64 bits of zeros in front.
    "::1, 8.8.8.8, false, false, false",
    // Transports give literals; others are all alike.
    "one.example, two.example, true, true, true",
  })
  void twoAddresses_shareWhatOnePartyMayHave(
      String one, String other, boolean address, boolean subnet, boolean group) {
    Origin first = Origin.of(new Endpoint(one, 1));
    Origin second = Origin.of(new Endpoint(other, 2));
    assertThat(first.sharesAddress(second)).isEqualTo(address);
    assertThat(second.sharesAddress(first)).isEqualTo(address);
    assertThat(first.sharesSubnet(second)).isEqualTo(subnet);
    assertThat(second.sharesSubnet(first)).isEqualTo(subnet);
    assertThat(first.group().equals(second.group())).isEqualTo(group);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.255.0.1, true",
    "::ffff:127.0.0.1, true",
    "::1, true",
    "126.0.0.1, false",
    "128.0.0.1, false",
    "::2, false",
  })
  void loopback_isThisMachine(String host, boolean expected) {
    assertThat(Origin.of(new Endpoint(host, 1)).isLoopback()).isEqualTo(expected);
  }
}
