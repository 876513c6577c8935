package dev.waggle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.operator.metrics.MetricsFiles;
import org.junit.jupiter.api.Test;

class MetricsCommandTest {
  @Test
  void boardAndAlerts_arePrintedAsTheyAre() {
    Outcome board = Outcome.of("metrics", "board");
    assertThat(board.exitCode()).isZero();
    assertThat(board.out()).isEqualTo(MetricsFiles.board()).startsWith("{").endsWith("}\n");
    Outcome alerts = Outcome.of("metrics", "alerts");
    assertThat(alerts.exitCode()).isZero();
    assertThat(alerts.out()).isEqualTo(MetricsFiles.alerts()).contains("alert: WaggleDown");
  }
}
