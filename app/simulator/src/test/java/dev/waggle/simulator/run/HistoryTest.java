package dev.waggle.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.chain.Block;
import dev.waggle.ports.wire.Feature;
import dev.waggle.simulator.costs.Costs;
import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.faults.Fault;
import dev.waggle.simulator.faults.FaultPlan;
import dev.waggle.simulator.faults.Lie;
import dev.waggle.simulator.faults.Nodes;
import dev.waggle.simulator.fidelity.Depth;
import dev.waggle.simulator.network.Tcp;
import dev.waggle.simulator.node.TableCharges;
import dev.waggle.simulator.places.Places;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes that come late to a chain that was there when the run began. */
class HistoryTest {
  private static final int BLOCKS = 600;
  private static final Duration LATENCY = Duration.ofMillis(50);
  private static final long BYTES_PER_SECOND = 6_250_000;

  private static Scenario scenario(int nodes, Features features, History history) {
    return new Scenario(
            nodes,
            8,
            117,
            12,
            0,
            Places.uniform(LATENCY),
            0.1,
            BYTES_PER_SECOND,
            BYTES_PER_SECOND,
            0,
            0,
            Tcp.LINUX,
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            new Workload(0, Duration.ZERO, 0, 0, 0, 0, Duration.ZERO),
            Duration.ofSeconds(20))
        .withFeatures(features)
        .withHistory(history);
  }

  private static RunResult play(Scenario scenario, Depth depth, FaultPlan faults, boolean check) {
    Seeds seeds = new Seeds(3);
    Costs costs = Costs.standard();
    Run.Parts parts =
        new Run.Parts(
            seeds,
            depth.begin(seeds, null),
            depth.toString(),
            new TableCharges(costs, costs.suites().getFirst()),
            faults,
            check,
            null);
    return new Run(scenario, parts).play(Progress.NONE);
  }

  private static History history(int liars, int late) {
    return new History(BLOCKS, Block.OVERHEAD, liars, late, Duration.ofMinutes(10));
  }

  @Test
  void lateNodes_getTheWholeChain_inLittleMoreThanItsBytesTake() {
    RunResult result =
        play(scenario(6, Features.ALL, history(0, 2)), Depth.MESSAGES, FaultPlan.NONE, true);

    assertThat(result.isWhole()).isTrue();
    assertThat(result.agreedNanos()).isNotNull();
    assertThat(result.late()).extracting(LateResult::node).containsExactly(4, 5);
    assertThat(result.late())
        .allSatisfy(
            late -> {
              assertThat(late.blocks()).isEqualTo(BLOCKS);
              assertThat(late.wanted()).isEqualTo(BLOCKS);
              assertThat(late.neededBytes())
                  .isBetween(BLOCKS * (long) Block.OVERHEAD, BLOCKS * (Block.OVERHEAD + 20L));
              assertThat(late.neededNanos()).isEqualTo(late.neededBytes() * 160);
              // Half a second of bytes; beside that, linking and two steps of walking.
              assertThat(late.timeOverNeeded()).isBetween(1.0, 4.0);
              assertThat(late.bytesOverNeeded()).isBetween(1.0, 1.3);
              assertThat(late.givenUp()).isZero();
            });
    // It ended soon after, and not when there was no time left.
    assertThat(result.virtualNanos()).isLessThan(Duration.ofMinutes(1).toNanos());
  }

  @Test
  void withoutHeadersFirst_itTakesARoundTripForEachBlock() {
    RunResult result =
        play(
            scenario(4, Features.without(Feature.HEADERS_FIRST), history(0, 1)),
            Depth.MESSAGES,
            FaultPlan.NONE,
            true);

    assertThat(result.isWhole()).isTrue();
    assertThat(result.late().getFirst().wholeNanos())
        .isGreaterThan(LATENCY.multipliedBy(2L * BLOCKS).toNanos());
  }

  @Test
  void whoHasNotAllInTime_isTold() {
    History short1 = new History(BLOCKS, Block.OVERHEAD, 0, 1, Duration.ofSeconds(5));
    RunResult result =
        play(
            scenario(4, Features.without(Feature.HEADERS_FIRST), short1),
            Depth.MESSAGES,
            FaultPlan.NONE,
            false);

    LateResult late = result.late().getFirst();
    assertThat(result.isWhole()).isFalse();
    assertThat(late.isWhole()).isFalse();
    assertThat(late.blocks()).isZero();
    assertThat(late.receivedBytes()).isPositive();
    assertThat(late.timeOverNeeded()).isNaN();
    assertThat(late.bytesOverNeeded()).isNaN();
    assertThat(result.virtualNanos()).isEqualTo(Duration.ofSeconds(17).toNanos());
  }

  @Test
  void liars_byBytesAndByMessages_leaveTheSameTrace_andAreOvercome() {
    Scenario scenario = scenario(11, Features.ALL, history(8, 1));
    List<Fault> lying = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      lying.add(
          new Fault.Lying(
              scenario.lateAt().plusMillis(10),
              Duration.ofMinutes(10),
              Nodes.of(2 + i),
              Lie.ABOUT_CHAINS.get(i)));
    }
    FaultPlan plan = new FaultPlan(lying);

    RunResult bytes = play(scenario, Depth.BYTES, plan, true);
    RunResult messages = play(scenario, Depth.MESSAGES, plan, true);

    assertThat(bytes.isWhole()).isTrue();
    assertThat(messages.traceHash()).isEqualTo(bytes.traceHash());
    assertThat(messages.sentBytes()).isEqualTo(bytes.sentBytes());
    assertThat(messages.late()).isEqualTo(bytes.late());
  }

  @Test
  void nodes_areToldOfWhoHasTheChain_andLiarsOfWhoComesLateFirst() {
    History history = history(2, 1);

    assertThat(history.known(0, 6, 12)).containsExactly(1, 2);
    assertThat(history.known(3, 6, 12)).containsExactly(5, 1, 2, 0);
    assertThat(history.known(5, 6, 12)).containsExactly(0, 1, 2);
    assertThat(history.known(5, 6, 2)).containsExactly(0, 1);
    assertThat(history.startsLater(2, 6)).isFalse();
    assertThat(history.startsLater(3, 6)).isTrue();
    assertThat(history.isLate(4, 6)).isFalse();
    assertThat(history.isLate(5, 6)).isTrue();
    assertThat(History.NONE.isLate(5, 6)).isFalse();
  }

  @Test
  void whatIsNoHistory_isAMistake() {
    assertThatThrownBy(() -> new History(-1, Block.OVERHEAD, 0, 1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new History(1, Block.OVERHEAD - 1, 0, 1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
