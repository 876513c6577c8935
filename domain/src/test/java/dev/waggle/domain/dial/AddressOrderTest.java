package dev.waggle.domain.dial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Endpoint;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressOrderTest {
  /** Digits stand for addresses of IPv4, letters for those of IPv6. */
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "1, 1",
    "a, a",
    "123, 123",
    "a1, a1",
    "1a, 1a",
    "123abc, 1a2b3c",
    "abc123, a1b2c3",
    "1abc, 1abc",
    "12a345, 1a2345",
    "111, 1",
    "1a1a1b, 1ab",
    "123456789, 12345678",
    "12345678a, 1a234567",
    "123456789abcdef, 1a2b3c4d",
    "abcdef123456789, a1b2c3d4",
    "a12345678, a1234567",
  })
  void families_takeTurns_andEachAddressCountsOnce(String resolved, String order) {
    assertThat(AddressOrder.of(addresses(resolved))).isEqualTo(addresses(order));
  }

  private static List<Endpoint> addresses(String names) {
    return names
        .chars()
        .mapToObj(c -> Character.isDigit(c) ? "192.0.2." + (char) c : "2001:db8::" + (char) c)
        .map(host -> new Endpoint(host, 9000))
        .toList();
  }

  /** One address on two interfaces of this machine leads to two machines. */
  @Test
  void addressesWithDifferentZones_areTwo() {
    List<Endpoint> zones =
        List.of(new Endpoint("fe80::1%1", 9000), new Endpoint("fe80::1%2", 9000));

    assertThat(AddressOrder.of(zones)).isEqualTo(zones);
  }

  @Test
  void nameWithThousandsOfAddresses_getsNoMoreThanAnother() {
    List<Endpoint> six =
        IntStream.range(0, 50_000).mapToObj(i -> new Endpoint("2001:db8::" + i, 9000)).toList();
    Endpoint four = new Endpoint("192.0.2.1", 9000);

    List<Endpoint> order = AddressOrder.of(Stream.concat(six.stream(), Stream.of(four)).toList());

    assertThat(order).hasSize(AddressOrder.MAX_ADDRESSES).startsWith(six.getFirst(), four);
  }
}
