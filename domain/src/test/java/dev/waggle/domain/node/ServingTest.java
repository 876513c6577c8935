package dev.waggle.domain.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.domain.peers.PeerSettings;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.wire.MessageId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A request for far more than a link takes at once (PROTOCOL §8.2). */
class ServingTest {
  private static final int BLOCKS = 100;
  private static final int BLOCK_BYTES = 10_000;

  @Test
  void largeRequest_isServedWholeAsTheLinkDrains() {
    Simulation simulation = new Simulation(5);
    SimulatedNode server = add(simulation, List.of());
    SimulatedNode asker =
        add(simulation, List.of(new PeerAddress(SimulatedNode.endpoint(server.number()), null)));
    server.start();
    asker.start();
    simulation.run(Duration.ofSeconds(5));
    List<MessageId> blocks = new ArrayList<>();
    for (int i = 0; i < BLOCKS; i++) {
      blocks.add(server.mine(BLOCK_BYTES));
      simulation.run(Duration.ofSeconds(1));
    }
    assertThat(asker.chain().tip()).isEqualTo(blocks.getLast());
    int before = asker.gossipHeard();

    asker.request(blocks);
    // A few blocks in each 125 ms at most; where nobody says that it drains, a few in each 3 s.
    simulation.run(Duration.ofSeconds(8));
    assertThat(asker.gossipHeard() - before).isEqualTo(BLOCKS);
    assertThat(server.service().counters().dropped()).isZero();
  }

  private static SimulatedNode add(Simulation simulation, List<PeerAddress> seeds) {
    return simulation.addNode(
        new P2PSettings(PeerSettings.defaults(seeds), GossipSettings.DEFAULTS));
  }
}
