package dev.waggle.simulator.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.simulator.node.TestNetwork.Depth;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node that many dial who announce blocks and withhold them, and one who does not. */
class WithholdingNodesTest {
  private static final int BLOCKS = 5;
  private static final int LARGE = GossipSettings.DEFAULTS.pushMaxBytes() + 1;

  /** The ninth is asked in the fifth turn of 3 s. */
  private static final Duration AFTER_EIGHT = Duration.ofSeconds(13);

  /** The 41st is asked in the twelfth turn. */
  private static final Duration AFTER_FORTY = Duration.ofSeconds(37);

  @ParameterizedTest
  @EnumSource
  void eightWithhold_eachBlockArrivesByTheHonestPeer(Depth depth) {
    int networks = depth == Depth.MESSAGES ? 10 : 2;
    for (long seed = 0; seed < networks; seed++) {
      checkBlocksArrive(depth, seed, 8, AFTER_EIGHT);
    }
  }

  @Test
  void fortyWithhold_eachBlockArrivesByTheHonestPeer() {
    for (long seed = 0; seed < 5; seed++) {
      checkBlocksArrive(Depth.MESSAGES, seed, 40, AFTER_FORTY);
    }
  }

  /** The honest peer has so many neighbours that it pushes to a few, and announces to the rest. */
  private static void checkBlocksArrive(Depth depth, long seed, int withholders, Duration limit) {
    TestNetwork network = new TestNetwork(depth, seed);
    TestNode miner = network.addNode();
    TestNode victim = network.addNode();
    TestNode honest = network.addNode(miner, victim);
    for (int i = 0; i < 30; i++) {
      network.addNode(honest);
    }
    for (int i = 0; i < withholders; i++) {
      network.addNode(miner, victim);
    }
    network.nodes().forEach(TestNode::boot);
    network.nodes().forEach(TestNode::start);
    network.nodes().stream()
        .skip(network.nodes().size() - withholders)
        .forEach(node -> node.withhold(Duration.ofSeconds(1)));
    network.run(Duration.ofSeconds(5));
    assertThat(victim.peers()).hasSize(withholders + 1);
    for (int block = 0; block < BLOCKS; block++) {
      MessageId id = miner.mine(LARGE);
      network.run(limit);
      assertThat(victim.has(id)).as("seed %d, block %d", seed, block).isTrue();
    }
  }
}
