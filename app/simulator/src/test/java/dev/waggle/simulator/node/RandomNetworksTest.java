package dev.waggle.simulator.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.domain.node.P2PSettings;
import dev.waggle.domain.peers.PeerSettings;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.simulator.node.TestNetwork.Depth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random networks under random faults. A failure names its seed; {@link #replay} runs that one
 * again: {@code -Dtest=RandomNetworksTest#replay -Dseed=...}.
 */
class RandomNetworksTest {
  /** Within it, links that nobody answers on are given up, and all are dialled again. */
  private static final Duration QUIET = Duration.ofMinutes(3);

  @ParameterizedTest
  @EnumSource
  void manyNetworks_settleAndAgree(Depth depth) {
    runSeeds(depth, 1, depth == Depth.MESSAGES ? 200 : 40);
  }

  @Test
  @Tag("long")
  void thousandsOfNetworks_settleAndAgree() {
    runSeeds(Depth.MESSAGES, 1_000_000, 5_000);
  }

  @ParameterizedTest
  @EnumSource
  void sameSeed_sameTrace(Depth depth) {
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(traceOf(depth, seed)).isEqualTo(traceOf(depth, seed));
    }
    assertThat(traceOf(depth, 1)).isNotEqualTo(traceOf(depth, 2));
  }

  @ParameterizedTest
  @EnumSource
  void replay(Depth depth) {
    long seed = Long.getLong("seed", 1);
    assertThat(traceOf(depth, seed)).isNotZero();
  }

  /** Everybody knows everybody, and there are fewer places than wanted. */
  @Test
  void moreNodesThanPlaces_nobodyHoldsMoreLinksThanItMay() {
    List<PeerAddress> all = IntStream.range(0, 20).mapToObj(TestNetwork::address).toList();
    PeerSettings usual = PeerSettings.defaults(all);
    PeerSettings few =
        new PeerSettings(all, 4, 3, usual.pingAfter(), usual.silenceLimit(), usual.slowAfter());
    for (long seed = 1; seed <= 10; seed++) {
      TestNetwork network = new TestNetwork(Depth.MESSAGES, seed);
      for (PeerAddress _ : all) {
        TestNode node = network.addNode(new P2PSettings(few, GossipSettings.DEFAULTS));
        network.after(network.random().nextLong(Duration.ofSeconds(1).toNanos()), node::start);
      }
      network.run(QUIET); // The bounds are looked at after every event.
      assertThat(network.nodes())
          .as("seed %d", seed)
          .anyMatch(node -> count(node, Direction.OUTBOUND) == few.outboundTarget())
          .anyMatch(node -> count(node, Direction.INBOUND) == few.maxInbound())
          .noneMatch(node -> node.peers().isEmpty());
    }
  }

  private static long count(TestNode node, Direction direction) {
    return node.peers().stream().filter(p -> p.info().direction() == direction).count();
  }

  private static void runSeeds(Depth depth, long first, int count) {
    for (long seed = first; seed < first + count; seed++) {
      traceOf(depth, seed);
    }
  }

  private static long traceOf(Depth depth, long seed) {
    try {
      return new Run(depth, seed).play();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(depth + ", seed " + seed + ": " + e.getMessage(), e);
    }
  }

  /** One network, its troubles, and what must be true of it in the end. */
  private static final class Run {
    private final TestNetwork network;
    private final SplittableRandom random;
    private final Set<MessageId> published = new LinkedHashSet<>();
    private final boolean faults;
    private final boolean roomy;

    private Run(Depth depth, long seed) {
      this.network = new TestNetwork(depth, seed);
      this.random = network.random();
      this.faults = random.nextInt(4) > 0;
      int count = random.nextInt(2, 9);
      this.roomy = random.nextBoolean();
      GossipSettings gossip = roomy ? GossipSettings.DEFAULTS : tightSettings();
      for (int number = 0; number < count; number++) {
        PeerSettings peers = PeerSettings.defaults(randomSeeds(number, count));
        network.addNode(new P2PSettings(peers, gossip));
      }
    }

    /** Everyone knows the one before, in a circle or not; some know others, or themselves. */
    private List<PeerAddress> randomSeeds(int number, int count) {
      List<PeerAddress> seeds = new ArrayList<>();
      if (number > 0) {
        seeds.add(TestNetwork.address(number - 1));
      }
      for (int extra = random.nextInt(4); extra > 0; extra--) {
        int other = random.nextInt(count);
        seeds.add(random.nextBoolean() ? TestNetwork.address(other) : TestNetwork.alias(other));
      }
      return seeds;
    }

    private GossipSettings tightSettings() {
      GossipSettings usual = GossipSettings.DEFAULTS;
      return usual
          .withPush(random.nextBoolean() ? usual.pushMaxBytes() : 100, random.nextInt(0, 9))
          .withMemory(
              random.nextInt(50, 5000),
              usual.seenMaxAge(),
              random.nextInt(100, 1 << 20),
              random.nextInt(1 << 20))
          // More than a few per peer, or walks get in each other's way.
          .withWaiting(random.nextInt(20, 200), random.nextInt(0, 1 << 16));
    }

    private long play() {
      for (TestNode node : network.nodes()) {
        network.after(random.nextLong(Duration.ofSeconds(5).toNanos()), node::start);
      }
      network.run(Duration.ofSeconds(30));
      for (int step = random.nextInt(20, 100); step > 0; step--) {
        trouble();
        network.run(Duration.ofMillis(random.nextInt(1000)));
      }
      network.network().heal();
      network.nodes().stream().filter(node -> !node.isUp()).forEach(TestNode::start);
      network.run(QUIET);
      network.checkSettled();
      checkAgreement();
      return network.traceHash();
    }

    private void trouble() {
      TestNode node = network.nodes().get(random.nextInt(network.nodes().size()));
      int dice = random.nextInt(faults ? 24 : 12);
      if (!node.isUp()) {
        node.start();
      } else if (dice < 6) {
        published.add(node.mine(random.nextInt(10, 20_000)));
      } else if (dice < 12) {
        published.add(node.pay(random.nextInt(10, 10_000)));
      } else if (dice < 15) {
        end(node);
      } else if (dice < 17) {
        network.network().resetAll(network.network().host(node.number()));
      } else if (dice < 20) {
        List<LinkEnd> ends = node.running().ends();
        if (!ends.isEmpty()) {
          node.drop(ends.get(random.nextInt(ends.size())));
        }
      } else if (dice < 21) {
        node.running().stall(random.nextLong(Duration.ofSeconds(5).toNanos()));
      } else if (dice < 23) {
        int split = random.nextInt(network.nodes().size());
        network.network().partition(host -> host.number() <= split ? 0 : 1);
      } else {
        network.network().heal();
      }
    }

    private void end(TestNode node) {
      if (random.nextBoolean()) {
        node.die();
      } else {
        node.kill();
      }
      if (random.nextInt(4) == 0) {
        node.wipe();
      }
    }

    /**
     * Everybody has the chain of the last block; where nothing went wrong, and there was room to
     * keep what others may ask for, everybody has everything.
     */
    private void checkAgreement() {
      if (!faults && roomy) {
        for (TestNode node : network.nodes()) {
          for (MessageId id : published) {
            assertThat(node.has(id)).as("node %d has %s", node.number(), id).isTrue();
          }
        }
      }
      TestNode heaviest =
          network.nodes().stream()
              .max(Comparator.comparingLong(node -> node.chain().totalWork()))
              .orElseThrow();
      MessageId last = heaviest.mine(100);
      network.run(QUIET);
      for (TestNode node : network.nodes()) {
        assertThat(node.chain().tip()).as("tip of node %d", node.number()).isEqualTo(last);
      }
    }
  }
}
