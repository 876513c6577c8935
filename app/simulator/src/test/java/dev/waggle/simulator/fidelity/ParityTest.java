package dev.waggle.simulator.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.simulator.costs.Costs;
import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.engine.Seeds.Purpose;
import dev.waggle.simulator.faults.FaultPlan;
import dev.waggle.simulator.network.Tcp;
import dev.waggle.simulator.node.TableCharges;
import dev.waggle.simulator.places.Places;
import dev.waggle.simulator.run.Progress;
import dev.waggle.simulator.run.Run;
import dev.waggle.simulator.run.RunResult;
import dev.waggle.simulator.run.Scenario;
import dev.waggle.simulator.run.Workload;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is only counted takes the time, and the way, of what is computed. */
class ParityTest {
  @Test
  void hundredNodes_byBytesAndByMessages_leaveTheSameTrace() {
    RunResult bytes = play(Depth.BYTES, 5, 100, FaultPlan.NONE);
    RunResult messages = play(Depth.MESSAGES, 5, 100, FaultPlan.NONE);

    assertThat(bytes.isWhole()).isTrue();
    assertThat(bytes.blocks()).hasSize(3);
    assertThat(messages.traceHash()).isEqualTo(bytes.traceHash());
    assertThat(messages.sentBytes()).isEqualTo(bytes.sentBytes());
    assertThat(messages.blocks()).isEqualTo(bytes.blocks());
  }

  @Test
  void anotherSeed_leavesAnotherTrace() {
    long five = play(Depth.MESSAGES, 5, 20, FaultPlan.NONE).traceHash();
    assertThat(play(Depth.MESSAGES, 5, 20, FaultPlan.NONE).traceHash()).isEqualTo(five);
    assertThat(play(Depth.MESSAGES, 6, 20, FaultPlan.NONE).traceHash()).isNotEqualTo(five);
  }

  @Test
  void networksInTrouble_byBytesAndByMessages_leaveTheSameTrace() {
    for (long seed = 1; seed <= 3; seed++) {
      FaultPlan faults =
          FaultPlan.random(new Seeds(seed).random(Purpose.FAULTS), 12, Duration.ofMinutes(1), 1);
      RunResult bytes = play(Depth.BYTES, seed, 12, faults);
      assertThat(play(Depth.MESSAGES, seed, 12, faults).traceHash())
          .as("seed %d with %s", seed, faults)
          .isEqualTo(bytes.traceHash());
    }
  }

  private static RunResult play(Depth depth, long seed, int nodes, FaultPlan faults) {
    Scenario scenario =
        new Scenario(
            nodes,
            8,
            117,
            12,
            0,
            Places.world(),
            0.1,
            6_250_000,
            6_250_000,
            0.2,
            2,
            Tcp.LINUX,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            new Workload(3, Duration.ofSeconds(5), 300_000, 20, 40, 300, Duration.ofSeconds(10)),
            Duration.ofSeconds(40));
    Seeds seeds = new Seeds(seed);
    Costs costs = Costs.standard();
    Run.Parts parts =
        new Run.Parts(
            seeds,
            depth.begin(seeds, null),
            depth.toString(),
            new TableCharges(costs, costs.suites().getFirst()),
            faults,
            true,
            null);
    return new Run(scenario, parts).play(Progress.NONE);
  }
}
