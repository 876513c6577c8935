package dev.waggle.domain.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.domain.peers.PeerSettings;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.wire.MessageId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random networks under random faults. A failure names its seed; {@link #replay} runs that one
 * again: {@code -Dtest=SimulationTest#replay -Dseed=...}.
 */
class SimulationTest {
  private static final Duration QUIET = Duration.ofMinutes(3);

  @Test
  void manyNetworks_settleAndAgree() {
    runSeeds(1, 200);
  }

  @Test
  @Tag("long")
  void thousandsOfNetworks_settleAndAgree() {
    runSeeds(1_000_000, 5_000);
  }

  @Test
  void sameSeed_sameTrace() {
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(traceOf(seed)).isEqualTo(traceOf(seed));
    }
    assertThat(traceOf(1)).isNotEqualTo(traceOf(2));
  }

  @Test
  void replay() {
    long seed = Long.getLong("seed", 1);
    assertThat(traceOf(seed)).isNotZero();
  }

  private static void runSeeds(long first, int count) {
    for (long seed = first; seed < first + count; seed++) {
      traceOf(seed);
    }
  }

  private static long traceOf(long seed) {
    try {
      return new Run(seed).play();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }

  /** One network, its troubles, and what must be true of it in the end. */
  private static final class Run {
    private final Simulation simulation;
    private final SplittableRandom random;
    private final Set<MessageId> published = new LinkedHashSet<>();
    private final boolean faults;
    private final boolean roomy;

    private Run(long seed) {
      this.simulation = new Simulation(seed);
      this.random = simulation.random();
      this.faults = random.nextInt(4) > 0;
      int count = random.nextInt(2, 9);
      this.roomy = random.nextBoolean();
      GossipSettings gossip = roomy ? GossipSettings.DEFAULTS : tightSettings();
      for (int number = 0; number < count; number++) {
        List<PeerAddress> seeds = randomSeeds(number, count);
        PeerSettings peers = PeerSettings.defaults(seeds);
        simulation.addNode(new P2PSettings(peers, gossip));
      }
    }

    /** Everyone knows the one before, in a circle or not; some know others, or themselves. */
    private List<PeerAddress> randomSeeds(int number, int count) {
      List<PeerAddress> seeds = new ArrayList<>();
      if (number > 0) {
        seeds.add(new PeerAddress(SimulatedNode.endpoint(number - 1), null));
      }
      for (int extra = random.nextInt(4); extra > 0; extra--) {
        int other = random.nextInt(count);
        seeds.add(
            new PeerAddress(
                random.nextBoolean() ? SimulatedNode.endpoint(other) : SimulatedNode.alias(other),
                null));
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
      for (SimulatedNode node : simulation.nodes()) {
        simulation.after(random.nextLong(Duration.ofSeconds(5).toNanos()), node::start);
      }
      simulation.run(Duration.ofSeconds(30));
      simulation.faultRate(faults ? 0.2 : 0);
      for (int step = random.nextInt(20, 100); step > 0; step--) {
        trouble();
        simulation.run(Duration.ofMillis(random.nextInt(1000)));
      }
      simulation.faultRate(0);
      simulation.nodes().stream().filter(node -> !node.isUp()).forEach(SimulatedNode::start);
      simulation.run(QUIET);
      simulation.checkSettled();
      checkAgreement();
      return simulation.traceHash();
    }

    private void trouble() {
      SimulatedNode node = simulation.nodes().get(random.nextInt(simulation.nodes().size()));
      int dice = random.nextInt(faults ? 20 : 12);
      if (!node.isUp()) {
        node.start();
      } else if (dice < 6) {
        published.add(node.mine(random.nextInt(10, 20_000)));
      } else if (dice < 12) {
        int bytes = random.nextInt(10, 10_000);
        published.add(node.publish(SimulatedChain.transaction(random.nextLong(), bytes)));
      } else if (dice < 15) {
        node.kill(random.nextBoolean(), random.nextInt(4) == 0);
      } else if (!node.links().isEmpty()) {
        SimulatedLink link = node.links().get(random.nextInt(node.links().size()));
        if (random.nextBoolean()) {
          link.reset();
        } else {
          link.sever();
        }
      }
    }

    /**
     * Everybody has the chain of the last block; where nothing went wrong, and there was room to
     * keep what others may ask for, everybody has everything.
     */
    private void checkAgreement() {
      if (!faults && roomy) {
        for (SimulatedNode node : simulation.nodes()) {
          for (MessageId id : published) {
            assertThat(node.chain().has(id)).as("node %d has %s", node.number(), id).isTrue();
          }
        }
      }
      SimulatedNode highest = simulation.nodes().getFirst();
      for (SimulatedNode node : simulation.nodes()) {
        highest = node.chain().height() > highest.chain().height() ? node : highest;
      }
      MessageId last = highest.mine(100);
      simulation.run(QUIET);
      for (SimulatedNode node : simulation.nodes()) {
        assertThat(node.chain().tip()).as("tip of node %d", node.number()).isEqualTo(last);
      }
    }
  }
}
