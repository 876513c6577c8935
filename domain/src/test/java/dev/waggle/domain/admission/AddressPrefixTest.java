package dev.waggle.domain.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPrefixTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.255",
    "2001:db8:1:2300::1, 2001:db8:1:23ff:ffff:ffff:ffff:ffff",
    "2001:db8::1, 2001:db8:0:0:0:0:0:2",
    "2001:DB8::1, 2001:db8::1",
    "fe80::1%eth0, fe80::2%3",
    "::ffff:192.0.2.1, 192.0.2.77",
    "::ffff:c000:201, 192.0.2.77",
    "64:ff9b::192.0.2.1, 64:ff9b::c000:201",
    "1::, 1:0:0:00::7",
    "1:2:3:4:5:6:192.0.2.1, 1:2:3:4:0:0:0:7",
    "::0.0.0.0, 0:0:0:0:0:0:0:0",
    "0.0.0.0, 0.0.0.255",
    "127.0.0.1, 127.255.3.4",
    "127.0.0.1, ::1",
    "::1, 0:0:0:0:0:0:0:1",
    "::ffff:127.0.0.1, ::1",
  })
  void addressesOfOneBlock_shareAPrefix(String one, String other) {
    assertThat(AddressPrefix.of(one)).isEqualTo(AddressPrefix.of(other));
    assertThat(AddressPrefix.of(one).family()).isNotEqualTo(AddressPrefix.Family.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.3.1",
    "2001:db8:1:2300::1, 2001:db8:1:2400::1",
    "2001:db8::, 2001:db9::",
    "::2, ::1",
    "::192.0.2.1, 192.0.2.1",
    "128.0.0.1, 127.0.0.1",
  })
  void addressesOfDifferentBlocks_doNot(String one, String other) {
    assertThat(AddressPrefix.of(one)).isNotEqualTo(AddressPrefix.of(other));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.3.1, 1",
    "192.0.2.1, 192.0.15.1, 1",
    "192.0.2.1, 192.0.16.1, 0",
    "192.0.2.1, 192.1.2.1, -1",
    "2001:db8:1:2300::1, 2001:db8:1:2400::1, 1",
    "2001:db8:1::, 2001:db8:2::, 0",
    "2001:db8:1::, 2001:db9:1::, -1",
    "192.0.2.1, ::192.0.2.1, -1",
    "127.0.0.1, 0.0.0.1, -1",
    "127.0.0.1, ::1, 2",
  })
  void neighbours_shareTheCoarserPrefixes(String one, String other, int finestInCommon) {
    for (int level = 0; level < AddressPrefix.LEVELS; level++) {
      assertThat(AddressPrefix.of(one).at(level).equals(AddressPrefix.of(other).at(level)))
          .as("level %d", level)
          .isEqualTo(level <= finestInCommon);
    }
    assertThat(AddressPrefix.of(one).at(AddressPrefix.LEVELS - 1)).isEqualTo(AddressPrefix.of(one));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.org",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.-4",
        "1.2.3.",
        "0001.2.3.4",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "12345::",
        "::g",
        "1:2:3:4:5:6:7:8::",
        "1:2:3:4::5:6:7:8",
        "1:2:3:4:5:6:7:192.0.2.1",
        ":1:2:3:4:5:6:7",
        "::1.2.3",
        "1.2.3.4::",
        "::1.2.3.4:5",
        ":",
        ":::",
        "٣.1.1.1",
        "%"
      })
  void whateverIsNoLiteral_sharesOnePrefix(String host) {
    assertThat(AddressPrefix.of(host).family()).isEqualTo(AddressPrefix.Family.UNKNOWN);
  }
}
