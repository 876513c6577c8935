package dev.waggle.simulator.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.simulator.node.TestNetwork.Depth;
import dev.waggle.simulator.node.TestNetwork.Ways;
import dev.waggle.simulator.run.Features;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nodes that come when the chain is long already, and have little room to walk back in: how many
 * round trips it takes them to catch up.
 */
@Tag("long")
class LateNodeTest {
  private static final int BLOCKS = 10_000;
  private static final int FEW_ENTRIES = 1000;
  private static final GossipSettings USUAL = GossipSettings.DEFAULTS;

  private static final Duration LATENCY = Duration.ofMillis(10);

  /** There and back, and a quarter more, which is the most that jitter adds. */
  private static final Duration ROUND_TRIP = LATENCY.multipliedBy(5).dividedBy(2);

  /** To ask for one block after the other, from the tip back to the first. */
  private static final Duration WALK = ROUND_TRIP.multipliedBy(BLOCKS);

  /** Until the nodes are linked, and for the last blocks to be passed on. */
  private static final Duration OVERHEAD = Duration.ofSeconds(2);

  @ParameterizedTest
  @EnumSource
  void roomForTheWholeWalk_takesOneWalk(Depth depth) {
    checkCatchesUp(depth, USUAL.withWaiting(USUAL.waitingMaxCount(), BLOCKS * 6000L), WALK);
  }

  /** With the headers first it takes as long as the bytes, and some round trips. */
  @ParameterizedTest
  @EnumSource
  void headersFirst_takesNoWalk(Depth depth) {
    checkCatchesUp(depth, Features.ALL, withRoom(FEW_ENTRIES, 100_000), WALK.dividedBy(20));
  }

  /** Back, and then forth again for all whose payloads there was no room for. */
  @Test
  void roomForFewPayloads_takesOneWalkBackAndOneForth() {
    checkCatchesUp(
        Depth.MESSAGES, withRoom(USUAL.waitingMaxCount(), 100_000), WALK.multipliedBy(2));
  }

  /**
   * Each walk ends where the one before it has remembered from, so on average it is half as long;
   * and then it goes forth again.
   */
  @Test
  void roomForFewEntries_takesSeveralWalks() {
    Duration back = WALK.multipliedBy(BLOCKS / FEW_ENTRIES + 1).dividedBy(2);
    checkCatchesUp(Depth.MESSAGES, withRoom(FEW_ENTRIES, 100_000), back.plus(WALK));
  }

  private static GossipSettings withRoom(int entries, long bytes) {
    return USUAL.withMemory(500, USUAL.seenMaxAge(), 10_000, 10_000).withWaiting(entries, bytes);
  }

  /**
   * The first has the chain, the second learns it from the first, the third from the second.
   *
   * @param limit for the second, and after it for the third
   */
  private static void checkCatchesUp(Depth depth, GossipSettings gossip, Duration limit) {
    checkCatchesUp(depth, Features.without(Feature.HEADERS_FIRST), gossip, limit);
  }

  private static void checkCatchesUp(
      Depth depth, Features features, GossipSettings gossip, Duration limit) {
    TestNetwork network = new TestNetwork(depth, 7, Ways.even(LATENCY, 12_500_000), features);
    TestNode first = network.addNode(gossip);
    TestNode second = network.addNode(gossip, first);
    TestNode third = network.addNode(gossip, second);
    first.start();
    for (int block = 1; block < BLOCKS; block++) {
      first.mine(0);
      network.run(Duration.ofMillis(1));
    }
    MessageId tip = first.mine(0);
    second.start();
    third.start();

    network.runUntil(() -> second.chain().tip().equals(tip), limit.plus(OVERHEAD));
    network.runUntil(() -> third.chain().tip().equals(tip), limit.plus(OVERHEAD));

    network.run(Duration.ofMinutes(1));
    for (TestNode late : network.nodes()) {
      assertThat(late.service().counters().waiting()).isZero();
      assertThat(late.service().counters().wanted()).isZero();
      assertThat(late.service().syncCounters().chains()).isZero();
      assertThat(late.service().syncCounters().heldBytes()).isZero();
    }
  }
}
