package dev.waggle.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.ports.testkit.SkippedTestsFail;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thirty nodes on one machine, each a process with an address in a /24 of its own, join through one
 * seed and outlive it. One half runs on Netty, the other on {@code java.nio}.
 */
@Tag("processes")
class ManyProcessesIT {
  private static final int NODES = 30;
  private static final int SEED = 1;
  private static final int OTHER_MINER = 12;
  private static final int RESTARTED = 20;
  private static final int OUTBOUND = 8;

  @TempDir Path dir;

  @BeforeEach
  void machineHasAllLoopbackAddresses() {
    assumeTrue(canListen(SwarmNode.host(NODES)), SkippedTestsFail.PERMITTED + "has 127.0.0.1 only");
  }

  private static boolean canListen(String host) {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(host))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void nodesThatKnowOnlyOneSeed_findEachOther_andBlocksReachAll_afterTheSeedWasKilledToo()
      throws Exception {
    try (Swarm swarm = new Swarm(dir)) {
      SwarmNode seed = swarm.start(SEED, "--mine");
      for (int number = SEED + 1; number <= NODES; number++) {
        if (number == OTHER_MINER) {
          swarm.start(number, "--seed", SwarmNode.address(SEED), "--mine");
        } else {
          swarm.start(number, "--seed", SwarmNode.address(SEED));
        }
      }
      swarm.awaitAll("listens", SwarmNode::listens);
      swarm.awaitAll("has dialled its target of peers", atTarget(swarm));
      awaitBlockOf(seed, swarm);

      swarm.kill(seed);
      swarm.awaitAll("has dialled its target of others than the seed", atTarget(swarm));
      awaitBlockOf(numbered(swarm, OTHER_MINER), swarm);

      SwarmNode stopped = numbered(swarm, RESTARTED);
      assertThat(swarm.end(stopped)).as("%s", stopped.process()).isZero();
      swarm.start(RESTARTED); // It has its book.
      swarm.start(NODES + 1, "--seed", SwarmNode.address(RESTARTED - 1));
      swarm.awaitAll("listens", SwarmNode::listens); // Until then nobody knows its PeerId.
      swarm.awaitAll("has dialled its target of peers, with a newcomer", atTarget(swarm));
      awaitBlockOf(numbered(swarm, OTHER_MINER), swarm);
      assertThatEachIsSeenAtItsAddress(swarm);
    }
  }

  private static SwarmNode numbered(Swarm swarm, int number) {
    return swarm.up().stream().filter(node -> node.number() == number).findFirst().orElseThrow();
  }

  /**
   * Whether a node has dialled enough of those that are up. One that all others have dialled has
   * nobody left to dial.
   */
  private static Predicate<SwarmNode> atTarget(Swarm swarm) {
    return node -> {
      Set<String> others = new HashSet<>(swarm.up().stream().map(SwarmNode::peerId).toList());
      others.remove(node.peerId());
      Set<String> dialled = new HashSet<>(node.outbound());
      dialled.retainAll(others);
      others.removeAll(dialled);
      return dialled.size() >= OUTBOUND || node.inbound().containsAll(others);
    };
  }

  /** Waits until all have a block that {@code miner} mines from now on. */
  private static void awaitBlockOf(SwarmNode miner, Swarm swarm) throws InterruptedException {
    swarm.await(miner, "tells what was until now", _ -> true);
    String last = miner.minedLast();
    swarm.await(miner, "mines", node -> !Objects.equals(node.minedLast(), last));
    String block = Objects.requireNonNull(miner.minedLast());
    swarm.awaitAll("has block " + block, node -> node.has(block));
  }

  private static void assertThatEachIsSeenAtItsAddress(Swarm swarm) {
    for (SwarmNode node : swarm.up()) {
      for (SwarmNode peer : swarm.up()) {
        String seen = node.inboundFrom().get(peer.peerId());
        if (seen != null) {
          assertThat(seen)
              .as("where %s sees %s", node, peer)
              .isEqualTo(SwarmNode.host(peer.number()));
        }
      }
    }
  }
}
