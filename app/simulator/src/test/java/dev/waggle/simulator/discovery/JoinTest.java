package dev.waggle.simulator.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.simulator.node.SimulatedNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Networks whose nodes know nothing but a seed. */
class JoinTest {
  @Test
  void nodesThatLoseTheirOnlySeed_findEachOther_allOfThem() {
    DiscoveringNetwork network = new DiscoveringNetwork(1, 200, 1, 0);
    network.start();
    network.pass(Duration.ofSeconds(50)); // A minute since the first one began.
    network.node(0).die();
    var _ = network.await(all -> all.missingLinks().isEmpty(), Duration.ofMinutes(10));
    assertThat(network.isConnected()).isTrue();
  }

  @Test
  void manyNodes_joinThroughFewSeeds() {
    DiscoveringNetwork network = new DiscoveringNetwork(2, 1000, 3, 0);
    network.start();
    var _ = network.await(all -> all.missingLinks().isEmpty(), Duration.ofMinutes(5));
    assertThat(network.alone()).isEmpty();
    assertThat(network.isConnected()).isTrue();
    assertThat(network.nodes()).allMatch(node -> network.inbound(node) <= 117);
  }

  @Test
  void nodesThatNobodyCanDial_areNoHindrance() {
    DiscoveringNetwork network = new DiscoveringNetwork(3, 100, 2, 0.5);
    network.start();
    var _ = network.await(all -> all.missingLinks().isEmpty(), Duration.ofMinutes(5));
    assertThat(network.isConnected()).isTrue();
  }

  @Test
  void restartedNodes_findEachOtherByTheirBooks_withoutAnySeed() {
    DiscoveringNetwork network = new DiscoveringNetwork(4, 100, 1, 0);
    network.start();
    network.pass(Duration.ofMinutes(11));
    for (SimulatedNode node : network.nodes()) {
      node.die();
    }
    network.pass(Duration.ofHours(1));
    for (SimulatedNode node : network.nodes().subList(1, 100)) {
      node.start();
    }
    var _ = network.await(all -> all.missingLinks().isEmpty(), Duration.ofMinutes(5));
    assertThat(network.isConnected()).isTrue();
  }
}
