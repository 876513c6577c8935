package dev.waggle.domain.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.domain.peers.PeerSettings;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.wire.MessageId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes that come when the chain is long already, and have little room to walk back in. */
class LateNodeTest {
  private static final int BLOCKS = 10_000;
  private static final GossipSettings USUAL = GossipSettings.DEFAULTS;

  private final Simulation simulation = new Simulation(7);

  @Test
  void roomForTheWholeWalk_catchesUp() {
    checkCatchesUp(USUAL);
  }

  @Test
  void roomForFewPayloads_catchesUpByIds() {
    checkCatchesUp(withRoom(USUAL.waitingMaxCount(), 100_000));
  }

  @Test
  void roomForFewEntries_catchesUpInSeveralWalks() {
    checkCatchesUp(withRoom(300, 30_000));
  }

  private static GossipSettings withRoom(int entries, long bytes) {
    return USUAL.withMemory(500, USUAL.seenMaxAge(), 10_000, 10_000).withWaiting(entries, bytes);
  }

  /** The first has the chain, the second learns it from the first, the third from the second. */
  private void checkCatchesUp(GossipSettings gossip) {
    SimulatedNode first = add(gossip);
    SimulatedNode second = add(gossip, first);
    SimulatedNode third = add(gossip, second);
    first.start();
    MessageId tip = first.mine(0);
    for (int block = 1; block < BLOCKS; block++) {
      tip = first.mine(0);
    }
    second.start();
    third.start();

    simulation.run(Duration.ofDays(2));

    assertThat(second.chain().tip()).isEqualTo(tip);
    assertThat(third.chain().tip()).isEqualTo(tip);
    assertThat(second.service().counters().waiting()).isZero();
    assertThat(third.service().counters().wanted()).isZero();
  }

  private SimulatedNode add(GossipSettings gossip, SimulatedNode... seeds) {
    List<PeerAddress> addresses =
        List.of(seeds).stream()
            .map(seed -> new PeerAddress(SimulatedNode.endpoint(seed.number()), null))
            .toList();
    return simulation.addNode(new P2PSettings(PeerSettings.defaults(addresses), gossip));
  }
}
