package dev.waggle.domain.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.domain.peers.PeerSettings;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.MessageId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two nodes that dial each other, die and come back, in many interleavings (PROTOCOL §9). */
class ReconnectTest {
  private static final int INTERLEAVINGS = 200;
  private static final Duration HEARTBEAT = PeerSettings.DEFAULT_SILENCE_LIMIT;

  @Test
  void eachOthersSeeds_settleOnOneLinkWithOneDialEach() {
    for (long seed = 0; seed < INTERLEAVINGS; seed++) {
      Simulation simulation = new Simulation(seed);
      SimulatedNode first = add(simulation, 1);
      SimulatedNode second = add(simulation, 0);
      simulation.after(simulation.random().nextLong(1, 200_000_000), first::start);
      simulation.after(simulation.random().nextLong(1, 200_000_000), second::start);

      simulation.run(Duration.ofSeconds(20));

      simulation.checkSettled();
      // Whoever was up first may have dialled in vain a few times, but nobody after that.
      int dials = first.dials() + second.dials();
      assertThat(dials).as("seed %d", seed).isLessThanOrEqualTo(4);
      simulation.run(Duration.ofMinutes(10));
      assertThat(first.dials() + second.dials()).as("seed %d", seed).isEqualTo(dials);
    }
  }

  @Test
  void eachOthersSeeds_nothingPublishedWhileTheyConnectIsLost() {
    for (long seed = 0; seed < INTERLEAVINGS; seed++) {
      Simulation simulation = new Simulation(seed);
      SimulatedNode first = add(simulation, 1);
      SimulatedNode second = add(simulation, 0);
      first.start();
      second.start();
      List<MessageId> published = new ArrayList<>();
      while (first.peers().isEmpty() || second.peers().isEmpty()) {
        simulation.run(Duration.ofMillis(1));
      }
      for (int i = 0; i < 300; i++) {
        SimulatedNode node = simulation.random().nextBoolean() ? first : second;
        int bytes = simulation.random().nextInt(10, 6000);
        published.add(
            node.publish(SimulatedChain.transaction(simulation.random().nextLong(), bytes)));
        simulation.run(Duration.ofMillis(1));
      }
      simulation.run(Duration.ofSeconds(20));
      for (MessageId id : published) {
        assertThat(first.chain().has(id)).as("seed %d", seed).isTrue();
        assertThat(second.chain().has(id)).as("seed %d", seed).isTrue();
      }
    }
  }

  @Test
  void killedAndRestarted_reconnectsThoughTheOldLinkLingers() {
    for (long seed = 0; seed < INTERLEAVINGS; seed++) {
      Simulation simulation = new Simulation(seed);
      SimulatedNode first = add(simulation, 1);
      SimulatedNode second = add(simulation, 0);
      first.start();
      second.start();
      simulation.run(Duration.ofSeconds(20));
      SimulatedNode killed = simulation.random().nextBoolean() ? first : second;
      killed.kill(true, false);
      simulation.run(Duration.ofMillis(simulation.random().nextInt(2000)));
      killed.start();

      simulation.run(Duration.ofSeconds(2));
      assertThat(killed.peers()).as("seed %d: served at once", seed).hasSize(1);
      MessageId block = first.mine(100);
      simulation.run(HEARTBEAT.plusSeconds(10));
      assertThat(second.chain().has(block)).as("seed %d", seed).isTrue();
      simulation.checkSettled();
    }
  }

  @Test
  void onlyTheOtherSideDials_killedNodeIsReachedWithinTheHeartbeat() {
    for (long seed = 0; seed < INTERLEAVINGS; seed++) {
      Simulation simulation = new Simulation(seed);
      SimulatedNode dialler = add(simulation, 1);
      SimulatedNode silent = add(simulation);
      dialler.start();
      silent.start();
      simulation.run(Duration.ofSeconds(40));
      silent.kill(true, false);
      simulation.run(Duration.ofMillis(500));
      silent.start();
      simulation.run(HEARTBEAT.plusSeconds(10));
      assertThat(silent.peers()).as("seed %d", seed).hasSize(1);
      simulation.checkSettled();
    }
  }

  @Test
  void seedThatIsDownAtStart_isReachedWithinTheBackoffOfComingUp() {
    Simulation simulation = new Simulation(3);
    SimulatedNode node = add(simulation, 1);
    SimulatedNode seed = add(simulation);
    node.start();
    simulation.run(Duration.ofMinutes(10));
    assertThat(node.peers()).isEmpty();
    assertThat(node.dials()).isBetween(20, 60);

    seed.start();
    simulation.run(Duration.ofSeconds(35));
    assertThat(node.peers()).hasSize(1);
  }

  @Test
  void stoppedNode_saysGoodbyeAndStaysAlone() {
    Simulation simulation = new Simulation(4);
    SimulatedNode first = add(simulation, 1);
    SimulatedNode second = add(simulation);
    first.start();
    second.start();
    simulation.run(Duration.ofSeconds(5));
    PeerId peer = first.peers().getFirst().info().id();
    assertThat(peer).isEqualTo(second.id());

    second.stop();
    simulation.run(Duration.ofMinutes(2));
    assertThat(second.peers()).isEmpty();
    assertThat(first.peers()).isEmpty();
    assertThat(first.dials()).as("tries again").isGreaterThan(1);
  }

  /** A node whose seeds are the nodes of these numbers. */
  private static SimulatedNode add(Simulation simulation, int... seeds) {
    List<PeerAddress> addresses = new ArrayList<>();
    for (int seed : seeds) {
      addresses.add(new PeerAddress(SimulatedNode.endpoint(seed), null));
    }
    return simulation.addNode(
        new P2PSettings(PeerSettings.defaults(addresses), GossipSettings.DEFAULTS));
  }
}
