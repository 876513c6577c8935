package dev.waggle.simulator.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network that was cut in two finds itself again. */
class CutNetworkTest {
  @ParameterizedTest
  @CsvSource({"20, 5", "60, 5", "60, 300", "200, 5"})
  void halves_findEachOtherAgain(int nodes, int minutes) {
    DiscoveringNetwork network = new DiscoveringNetwork(5, nodes, 1, 0);
    network.start();
    network.pass(Duration.ofMinutes(5));
    network.cut(node -> node % 2 == 0);
    network.pass(Duration.ofMinutes(minutes));
    assertThat(network.isConnected()).as("while it is cut").isFalse();
    network.heal();
    network.await(DiscoveringNetwork::isConnected, Duration.ofMinutes(5));
  }
}
