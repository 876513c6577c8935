package dev.waggle.simulator.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.node.P2PSettings;
import dev.waggle.domain.peers.PeerSettings;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.simulator.node.TestNetwork.Depth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes that dial each other, die and come back, in many interleavings (PROTOCOL §9). */
class ReconnectTest {
  private static final Duration HEARTBEAT = PeerSettings.DEFAULT_SILENCE_LIMIT;

  /** How long a dial may take that nobody answers. */
  private static final Duration DIAL = Duration.ofSeconds(10);

  /** The longest wait before a dial, and the dial itself. */
  private static final Duration BACKOFF = Duration.ofSeconds(35);

  /** Sessions cost more than messages, and the interleavings are the same. */
  private static int interleavings(Depth depth) {
    return depth == Depth.MESSAGES ? 200 : 20;
  }

  @ParameterizedTest
  @EnumSource
  void eachOthersSeeds_settleOnOneLinkWithOneDialEach(Depth depth) {
    for (long seed = 0; seed < interleavings(depth); seed++) {
      TestNetwork network = new TestNetwork(depth, seed);
      TestNode first = add(network, 1);
      TestNode second = add(network, 0);
      if (network.random().nextBoolean()) {
        network.nodes().forEach(TestNode::boot); // Dials in vain are refused, not lost.
      }
      network.after(network.random().nextLong(1, 200_000_000), first::start);
      network.after(network.random().nextLong(1, 200_000_000), second::start);

      network.run(Duration.ofSeconds(20));

      network.checkSettled();
      // Whoever was up first may have dialled in vain a few times, but nobody after that.
      int dials = first.record().dials() + second.record().dials();
      assertThat(dials).as("seed %d", seed).isLessThanOrEqualTo(4);
      network.run(Duration.ofMinutes(10));
      assertThat(first.record().dials() + second.record().dials())
          .as("seed %d", seed)
          .isEqualTo(dials);
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachOthersSeeds_nothingPublishedWhileTheyConnectIsLost(Depth depth) {
    for (long seed = 0; seed < interleavings(depth); seed++) {
      TestNetwork network = new TestNetwork(depth, seed);
      TestNode first = add(network, 1);
      TestNode second = add(network, 0);
      first.start();
      second.start();
      List<MessageId> published = new ArrayList<>();
      network.runUntil(
          () -> !first.peers().isEmpty() && !second.peers().isEmpty(), Duration.ofSeconds(20));
      for (int i = 0; i < 100; i++) {
        TestNode node = network.random().nextBoolean() ? first : second;
        published.add(node.pay(network.random().nextInt(10, 6000)));
        network.run(Duration.ofMillis(network.random().nextInt(6)));
      }
      network.run(Duration.ofSeconds(20));
      for (MessageId id : published) {
        assertThat(first.has(id)).as("seed %d", seed).isTrue();
        assertThat(second.has(id)).as("seed %d", seed).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void diedAndRestarted_reconnectsThoughTheOldLinkLingers(Depth depth) {
    for (long seed = 0; seed < interleavings(depth); seed++) {
      TestNetwork network = new TestNetwork(depth, seed);
      TestNode first = add(network, 1);
      TestNode second = add(network, 0);
      first.start();
      second.start();
      network.run(Duration.ofSeconds(20));
      TestNode victim = network.random().nextBoolean() ? first : second;
      victim.die();
      network.run(Duration.ofMillis(network.random().nextInt(2000)));
      victim.start();

      network.run(Duration.ofSeconds(2));
      assertThat(victim.peers()).as("seed %d: served at once", seed).hasSize(1);
      MessageId block = first.mine(100);
      network.run(HEARTBEAT.plusSeconds(10));
      assertThat(second.has(block)).as("seed %d", seed).isTrue();
      network.checkSettled();
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyTheOtherSideDials_deadNodeIsReachedWithinTheHeartbeat(Depth depth) {
    for (long seed = 0; seed < interleavings(depth); seed++) {
      TestNetwork network = new TestNetwork(depth, seed);
      TestNode dialler = add(network, 1);
      TestNode silent = add(network);
      dialler.start();
      silent.start();
      network.run(Duration.ofSeconds(40));
      silent.die();
      network.run(Duration.ofMillis(500));
      silent.start();
      network.run(HEARTBEAT.plusSeconds(10));
      assertThat(silent.peers()).as("seed %d", seed).hasSize(1);
      network.checkSettled();
    }
  }

  /** What is cut off knows of the connection, and yet does not answer. */
  @Test
  void cutOff_isGivenUpWithinTheHeartbeatAndReachedWithinTheBackoffOfHealing() {
    for (long seed = 0; seed < interleavings(Depth.MESSAGES); seed++) {
      TestNetwork network = new TestNetwork(Depth.MESSAGES, seed);
      TestNode dialler = add(network, 1);
      TestNode silent = add(network);
      dialler.start();
      silent.start();
      network.run(Duration.ofSeconds(20));
      network.network().partition(host -> host.number());
      network.run(HEARTBEAT.plusSeconds(5));
      assertThat(dialler.peers()).as("seed %d", seed).isEmpty();
      assertThat(silent.peers()).as("seed %d", seed).isEmpty();

      network.network().heal();
      network.run(DIAL.plus(BACKOFF));
      network.checkSettled();
    }
  }

  @Test
  void seedThatIsDownAtStart_isReachedWithinTheBackoffOfComingUp() {
    TestNetwork network = new TestNetwork(Depth.MESSAGES, 3);
    TestNode node = add(network, 1);
    TestNode seed = add(network);
    seed.boot();
    node.start();
    network.run(Duration.ofMinutes(10));
    assertThat(node.peers()).isEmpty();
    assertThat(node.record().dials()).isBetween(20, 60);

    seed.start();
    network.run(BACKOFF);
    assertThat(node.peers()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void ownAddress_isDialledOnce(Depth depth) {
    TestNetwork network = new TestNetwork(depth, 5);
    TestNode node = add(network, 0);
    node.start();
    network.run(Duration.ofMinutes(10));
    assertThat(node.peers()).isEmpty();
    assertThat(node.record().dials()).isOne();
  }

  @ParameterizedTest
  @EnumSource
  void addressPinnedToAnother_isNoLinkAndDialledMuchLater(Depth depth) {
    TestNetwork network = new TestNetwork(depth, 6);
    TestNode reached = add(network);
    TestNode meant = add(network);
    PeerAddress address = new PeerAddress(TestNetwork.address(0).endpoint(), meant.id());
    TestNode node = network.addNode(P2PSettings.defaults(List.of(address)));
    reached.start();
    node.start();
    network.run(Duration.ofMinutes(10));
    assertThat(node.peers()).isEmpty();
    assertThat(reached.peers()).isEmpty();
    assertThat(node.record().dials()).as("in five minutes each").isBetween(2, 5);
  }

  @Test
  void stoppedNode_saysGoodbyeAndStaysAlone() {
    TestNetwork network = new TestNetwork(Depth.MESSAGES, 4);
    TestNode first = add(network, 1);
    TestNode second = add(network);
    first.start();
    second.start();
    network.run(Duration.ofSeconds(5));
    assertThat(first.peerIds()).containsExactly(second.id());

    second.running().stop();
    network.run(Duration.ofMinutes(2));
    assertThat(second.peers()).isEmpty();
    assertThat(first.peers()).isEmpty();
    assertThat(first.record().dials()).as("tries again").isGreaterThan(1);
  }

  /** A node that knows the addresses of these numbers, of which not all need be there yet. */
  private static TestNode add(TestNetwork network, int... known) {
    List<PeerAddress> addresses = Arrays.stream(known).mapToObj(TestNetwork::address).toList();
    return network.addNode(P2PSettings.defaults(addresses));
  }
}
