package dev.waggle.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpEndpointTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1:9000, 192.0.2.1:9000",
    "[2001:DB8:0::1]:65535, [2001:db8::1]:65535",
    "[::ffff:192.0.2.1]:1, 192.0.2.1:1",
  })
  void literalWithAPort_isAnEndpoint(String endpoint, String text) {
    assertThat(IpEndpoint.of(Endpoint.parse(endpoint))).hasToString(text);
    assertThat(endpoint(endpoint).endpoint()).isEqualTo(Endpoint.parse(text));
    assertThat(endpoint(text)).isEqualTo(endpoint(endpoint));
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.org:9000", "localhost:9000", "192.0.2:9000", "cafe:9000"})
  void name_isNone(String endpoint) {
    assertThat(IpEndpoint.of(Endpoint.parse(endpoint))).isNull();
  }

  /** Which only this machine knows. */
  @Test
  void addressWithAZone_isNone() {
    assertThat(IpEndpoint.of(Endpoint.parse("[fe80::1%eth0]:9000"))).isNull();
  }

  @Test
  void portZero_isNone() {
    assertThat(IpEndpoint.of(Endpoint.parse("192.0.2.1:0"))).isNull();
    assertThat(IpEndpoint.of(Endpoint.parse("[::1]:0"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 65536, Integer.MAX_VALUE})
  void otherPort_isRefused(int port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IpEndpoint(new IpAddress(0, 1), port))
        .withMessageContaining(String.valueOf(port));
  }

  @Test
  void order_isThatOfAddressesAndThenOfPorts() {
    assertThat(endpoint("10.0.0.1:2"))
        .isGreaterThan(endpoint("10.0.0.1:1"))
        .isLessThan(endpoint("10.0.0.2:1"))
        .isEqualByComparingTo(endpoint("[::ffff:10.0.0.1]:2"));
  }

  private static IpEndpoint endpoint(String text) {
    return Objects.requireNonNull(IpEndpoint.of(Endpoint.parse(text)));
  }
}
