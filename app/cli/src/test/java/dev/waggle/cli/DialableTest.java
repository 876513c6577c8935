package dev.waggle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialableTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:9000", "[::1]:9000", "localhost:9000", "192.0.2.1:1"})
  void addressThatIsBound_isWhatOthersDial(String bound) {
    assertThat(Dialable.addresses(Endpoint.parse(bound))).containsExactly(Endpoint.parse(bound));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0:9000", "[::]:9000"})
  void wildcard_isEveryAddressOfThisMachine_itsOwnLast(String bound) {
    assertThat(Dialable.addresses(Endpoint.parse(bound)))
        .endsWith(new Endpoint("127.0.0.1", 9000))
        .allSatisfy(endpoint -> assertThat(endpoint.port()).isEqualTo(9000))
        .doesNotContain(Endpoint.parse("0.0.0.0:9000"), Endpoint.parse("[::]:9000"));
  }

  @Test
  void dialableAddress_canBeUsedAsASeed() {
    assertThat(Dialable.addresses(Endpoint.parse("[::]:9000")))
        .allSatisfy(
            endpoint -> assertThat(Endpoint.parse(endpoint.toString())).isEqualTo(endpoint));
  }
}
