package dev.waggle.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.chain.Transaction;
import dev.waggle.ports.wire.Feature;
import dev.waggle.simulator.costs.Costs;
import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.faults.FaultPlan;
import dev.waggle.simulator.fidelity.Depth;
import dev.waggle.simulator.network.Tcp;
import dev.waggle.simulator.node.TableCharges;
import dev.waggle.simulator.places.Places;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How blocks come to nodes that have some of what is in them, and what that takes. */
class RelayTest {
  private static final int NODES = 30;
  private static final int ITEMS = 20;
  private static final int BLOCKS = 3;
  private static final int BLOCK_BYTES = ITEMS * (Transaction.OVERHEAD + 250);
  private static final Features NONE =
      Features.without(Feature.COMPACT_BLOCKS, Feature.EARLY_NOTICES);

  @Test
  void whoHasAllItems_isSentNone_andAsksForNone() {
    for (RelayResult relay : relays(play(Depth.MESSAGES, 1, false, Features.ALL))) {
      assertThat(relay.unasked() + relay.onRequest()).isEqualTo(NODES - 1);
      assertThat(relay.messages())
          .containsKey("compact")
          .doesNotContainKeys("items", "block", "request-items", "outline");
      assertThat(relay.usefulBytes()).isLessThan((NODES - 1) * BLOCK_BYTES / 10L);
      assertThat(relay.bytes()).isGreaterThan(relay.usefulBytes());
    }
  }

  @Test
  void whoHasNoItem_isSentEachOnce() {
    for (RelayResult relay : relays(play(Depth.MESSAGES, 0, false, Features.ALL))) {
      assertThat(relay.messages()).containsKey("items");
      assertThat(relay.usefulBytes()).isGreaterThan((NODES - 1) * (long) BLOCK_BYTES);
      assertThat(relay.overhead()).isBetween(1.0, 1.5);
    }
  }

  @Test
  void whoLacksItemsOfItsOwn_isSentThose() {
    for (RelayResult relay : relays(play(Depth.MESSAGES, 0.8, true, Features.ALL))) {
      long missing = (NODES - 1) * (ITEMS / 5) * (Transaction.OVERHEAD + 250L);
      assertThat(relay.usefulBytes()).isBetween(missing, 3 * missing);
      assertThat(relay.withItems()).isPositive();
      assertThat(relay.bytes()).isLessThan((NODES - 1) * (long) BLOCK_BYTES);
    }
  }

  @Test
  void withoutFeatures_blocksTravelWhole() {
    for (RelayResult relay : relays(play(Depth.MESSAGES, 1, false, NONE))) {
      assertThat(relay.whole()).isEqualTo(NODES - 1);
      assertThat(relay.messages()).containsOnlyKeys("announce", "block", "request");
      assertThat(relay.usefulBytes())
          .isBetween((NODES - 1) * (BLOCK_BYTES - 1000L), (NODES - 1) * (BLOCK_BYTES + 1000L));
    }
  }

  @Test
  void halfWithoutFeatures_getBlocksWhole_andAllAgree() {
    Features half = new Features(NONE.without(), 0.5);
    RunResult result = play(Depth.MESSAGES, 1, false, half);

    assertThat(result.isWhole()).isTrue();
    for (RelayResult relay : relays(result)) {
      assertThat(relay.whole()).isGreaterThanOrEqualTo(NODES / 2 - 1); // And some of the others.
      assertThat(relay.unasked() + relay.onRequest()).isPositive();
      assertThat(relay.messages()).containsKeys("block", "compact");
    }
  }

  @ParameterizedTest
  @CsvSource({"1, false, 0", "0.8, false, 0", "0.8, true, 0", "0, false, 0", "0.8, true, 0.5"})
  void byBytesAndByMessages_leaveTheSameTrace(double waiting, boolean apart, double without) {
    Features features = new Features(NONE.without(), without);
    RunResult bytes = play(Depth.BYTES, waiting, apart, features);
    RunResult messages = play(Depth.MESSAGES, waiting, apart, features);

    assertThat(messages.traceHash()).isEqualTo(bytes.traceHash());
    assertThat(messages.sentBytes()).isEqualTo(bytes.sentBytes());
    assertThat(messages.blocks()).isEqualTo(bytes.blocks());
  }

  @Test
  void chance_isOfTheSeedAlone() {
    long hash = play(Depth.MESSAGES, 0.8, true, Features.ALL).traceHash();

    assertThat(play(Depth.MESSAGES, 0.8, true, Features.ALL).traceHash()).isEqualTo(hash);
  }

  private static List<RelayResult> relays(RunResult result) {
    assertThat(result.isWhole()).isTrue();
    assertThat(result.blocks()).hasSize(BLOCKS);
    return result.blocks().stream().map(SpreadResult::relay).toList();
  }

  private static RunResult play(Depth depth, double waiting, boolean apart, Features features) {
    Workload workload =
        new Workload(BLOCKS, Duration.ofSeconds(8), BLOCK_BYTES, ITEMS, 0, 0, Duration.ZERO);
    Scenario scenario =
        new Scenario(
                NODES,
                4,
                NODES,
                8,
                0,
                Places.world(),
                0.1,
                6_250_000,
                6_250_000,
                0,
                0,
                Tcp.LINUX,
                Duration.ofSeconds(2),
                Duration.ofSeconds(8),
                workload.withWaiting(waiting, apart),
                Duration.ofSeconds(15))
            .withFeatures(features);
    Seeds seeds = new Seeds(3);
    Costs costs = Costs.standard();
    Run.Parts parts =
        new Run.Parts(
            seeds,
            depth.begin(seeds, null),
            depth.toString(),
            new TableCharges(costs, costs.suites().getFirst()),
            FaultPlan.NONE,
            true,
            null);
    return new Run(scenario, parts).play(Progress.NONE);
  }
}
