package dev.waggle.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Endpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorAddressTest {
  @ParameterizedTest
  @CsvSource({
    "9100, 127.0.0.1, 9100",
    ":9100, 127.0.0.1, 9100",
    "0, 127.0.0.1, 0",
    "0.0.0.0:9100, 0.0.0.0, 9100",
    "[::]:9100, ::, 9100",
    "node.example:9100, node.example, 9100"
  })
  void aPortAlone_isThisMachineOnly(String text, String host, int port) {
    assertThat(CliConfig.builder().parse(CliKeys.METRICS_ADDR, text).build().metricsAddr())
        .contains(new Endpoint(host, port));
  }
}
