package dev.waggle.simulator.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.simulator.node.SimulatedNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network that was cut in two finds itself again. */
class CutNetworkTest {
  @ParameterizedTest
  @CsvSource({"20, 5", "60, 5", "200, 5"})
  void halves_findEachOtherAgain(int nodes, int minutes) {
    cutAndHeal(5, nodes, Duration.ofMinutes(minutes));
  }

  /**
   * They grow together, and hold without the one node that was told of both. In smaller ones some
   * node misses links now and then, and asks the seed of the others by itself.
   */
  @Tag("long")
  @Test
  void networksBornApart_areOne_onceOneNodeKnowsAnAddressOfEach() {
    int nodes = 200;
    DiscoveringNetwork network = new DiscoveringNetwork(6, nodes, 2, 0);
    SimulatedNode between = network.nodes().getLast();
    network.cut(node -> node % 2 == 0);
    network.start(network.nodes().subList(0, nodes - 1));
    network.pass(Duration.ofMinutes(10));
    network.heal();
    network.pass(Duration.ofMinutes(10));
    assertThat(network.isConnected()).as("nobody knows of the others").isFalse();
    between.start();
    network.pass(Duration.ofMinutes(20));
    between.die();
    var _ = network.await(DiscoveringNetwork::isConnected, Duration.ofMinutes(1));
  }

  /** As many seeds as an hour or two of one processor can pay for, all rows together. */
  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "20, 5, 1000",
    "60, 5, 1000",
    "200, 5, 100",
    "1000, 5, 10",
    "20, 300, 100",
    "60, 300, 200",
    "200, 300, 10",
    "1000, 300, 1"
  })
  void halves_findEachOtherAgain_underEachSeed(int nodes, int minutes, int seeds) {
    List<Duration> sorted =
        LongStream.rangeClosed(1, seeds)
            .parallel()
            .mapToObj(seed -> cutAndHeal(seed, nodes, Duration.ofMinutes(minutes)))
            .sorted()
            .toList();
    System.out.printf(
        "%d nodes, cut for %d min, %d seeds: one again after %s (median), %s (p99), %s at most%n",
        nodes,
        minutes,
        seeds,
        sorted.get((seeds - 1) / 2),
        sorted.get((99 * seeds + 99) / 100 - 1),
        sorted.getLast());
  }

  /** How long it takes until the network is one again. */
  private static Duration cutAndHeal(long seed, int nodes, Duration cut) {
    DiscoveringNetwork network = new DiscoveringNetwork(seed, nodes, 1, 0);
    network.start();
    network.pass(Duration.ofMinutes(5));
    network.cut(node -> node % 2 == 0);
    network.pass(cut);
    assertThat(network.isConnected()).as("seed %d, while it is cut", seed).isFalse();
    network.heal();
    try {
      return network.await(DiscoveringNetwork::isConnected, Duration.ofMinutes(5));
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }
}
