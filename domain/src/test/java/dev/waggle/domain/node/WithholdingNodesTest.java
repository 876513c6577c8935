package dev.waggle.domain.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.domain.peers.PeerSettings;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.wire.MessageId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node that many dial who announce blocks and withhold them, and one who does not. */
class WithholdingNodesTest {
  private static final int NETWORKS = 10;
  private static final int BLOCKS = 5;
  private static final int LARGE = GossipSettings.DEFAULTS.pushMaxBytes() + 1;

  /** The ninth is asked in the fifth turn of 3 s. */
  private static final Duration AFTER_EIGHT = Duration.ofSeconds(13);

  /** The 41st is asked in the twelfth turn. */
  private static final Duration AFTER_FORTY = Duration.ofSeconds(37);

  @Test
  void eightWithhold_eachBlockArrivesByTheHonestPeer() {
    for (long seed = 0; seed < NETWORKS; seed++) {
      checkBlocksArrive(seed, 8, AFTER_EIGHT);
    }
  }

  @Test
  void fortyWithhold_eachBlockArrivesByTheHonestPeer() {
    for (long seed = 0; seed < NETWORKS / 2; seed++) {
      checkBlocksArrive(seed, 40, AFTER_FORTY);
    }
  }

  /** The honest peer has so many neighbours that it pushes to a few, and announces to the rest. */
  private static void checkBlocksArrive(long seed, int withholders, Duration limit) {
    Simulation simulation = new Simulation(seed);
    SimulatedNode miner = add(simulation);
    SimulatedNode victim = add(simulation);
    SimulatedNode honest = add(simulation, miner, victim);
    for (int i = 0; i < 30; i++) {
      add(simulation, honest);
    }
    for (int i = 0; i < withholders; i++) {
      SimulatedNode withholder = add(simulation, miner, victim);
      withholder.withhold(Duration.ofSeconds(1));
    }
    simulation.nodes().forEach(SimulatedNode::start);
    simulation.run(Duration.ofSeconds(5));
    assertThat(victim.peers()).hasSize(withholders + 1);
    for (int block = 0; block < BLOCKS; block++) {
      MessageId id = miner.mine(LARGE);
      simulation.run(limit);
      assertThat(victim.chain().has(id)).as("seed %d, block %d", seed, block).isTrue();
    }
  }

  private static SimulatedNode add(Simulation simulation, SimulatedNode... seeds) {
    List<PeerAddress> addresses =
        List.of(seeds).stream()
            .map(seed -> new PeerAddress(SimulatedNode.endpoint(seed.number()), null))
            .toList();
    return simulation.addNode(
        new P2PSettings(PeerSettings.defaults(addresses), GossipSettings.DEFAULTS));
  }
}
