package dev.waggle.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.simulator.costs.Costs;
import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.faults.FaultPlan;
import dev.waggle.simulator.fidelity.Depth;
import dev.waggle.simulator.network.Tcp;
import dev.waggle.simulator.node.TableCharges;
import dev.waggle.simulator.places.Places;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RunTest {
  private static final int NODES = 6;
  private static final int BLOCKS = 2;

  private static RunResult play(long seed, FaultPlan faults) {
    Workload twoBlocks =
        new Workload(BLOCKS, Duration.ofSeconds(5), 10_000, 1, 0, 0, Duration.ZERO);
    Scenario scenario =
        new Scenario(
            NODES,
            4,
            NODES,
            4,
            0,
            Places.world(),
            0.1,
            0,
            0,
            0,
            0,
            Tcp.LINUX,
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            twoBlocks,
            Duration.ofSeconds(20));
    Seeds seeds = new Seeds(seed);
    Costs costs = Costs.standard();
    TableCharges charges = new TableCharges(costs, costs.suites().getFirst());
    Run.Parts parts =
        new Run.Parts(
            seeds,
            Depth.MESSAGES.begin(seeds, null),
            Depth.MESSAGES.toString(),
            charges,
            faults,
            true,
            null);
    return new Run(scenario, parts).play(Progress.NONE);
  }

  /** Each half may mine one block: two branches of equal work, of which both would stand. */
  @Test
  void branchesOfEqualWork_areDecidedInTheEnd() {
    FaultPlan apart =
        FaultPlan.parse("test", "fault, from, lasts, who, how\npartition, 5, 30, 0 1 2, -\n");

    LongStream.rangeClosed(1, 8)
        .mapToObj(seed -> play(seed, apart))
        .forEach(
            result -> {
              assertThat(result.tips()).isEqualTo(1);
              assertThat(result.agreedNanos()).isNotNull();
              assertThat(result.blocks()).hasSize(BLOCKS);
              assertThat(result.isWhole()).isTrue();
            });
  }
}
