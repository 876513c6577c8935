package dev.waggle.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.simulator.faults.Fault;
import dev.waggle.simulator.faults.FaultPlan;
import dev.waggle.simulator.faults.Nodes;
import dev.waggle.simulator.network.Tcp;
import dev.waggle.simulator.places.Places;
import dev.waggle.simulator.run.Shrinker.Case;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
  @Test
  void whatHasNothingToDoWithTheFailure_isLeftOut() {
    List<Fault> faults = IntStream.range(0, 20).mapToObj(ShrinkerTest::stall).toList();
    Case failing = new Case(scenario(100, 40, 30), new FaultPlan(faults));
    // Two faults that are far apart, seven nodes and three blocks are needed.
    Shrinker shrinker =
        new Shrinker(
            smaller ->
                smaller.faults().faults().containsAll(List.of(stall(3), stall(17)))
                    && smaller.scenario().nodes() >= 7
                    && smaller.scenario().workload().blocks() >= 3);

    Case smallest = shrinker.shrink(failing);

    assertThat(smallest.faults().faults()).containsExactly(stall(3), stall(17));
    assertThat(smallest.scenario().nodes()).isEqualTo(7);
    assertThat(smallest.scenario().workload().blocks()).isBetween(3, 5);
    assertThat(smallest.scenario().workload().transactions()).isZero();
    assertThat(shrinker.tried()).isLessThan(200);
  }

  @Test
  void whatFailsOnlyAsAWhole_staysAsItIs() {
    Case failing = new Case(scenario(4, 2, 0), new FaultPlan(List.of(stall(1))));

    assertThat(new Shrinker(failing::equals).shrink(failing)).isEqualTo(failing);
  }

  @Test
  void seeds_allStayInTheNetwork() {
    Case failing = new Case(scenario(40, 3, 0, 0), FaultPlan.NONE);

    Case smallest = new Shrinker(_ -> true).shrink(failing);

    assertThat(smallest.scenario().nodes()).isEqualTo(3);
    assertThat(smallest.scenario().seeds()).isEqualTo(3);
  }

  private static Fault stall(int second) {
    return new Fault.Stall(Duration.ofSeconds(second), Duration.ofSeconds(1), Nodes.of(second));
  }

  private static Scenario scenario(int nodes, int blocks, int transactions) {
    return scenario(nodes, 0, blocks, transactions);
  }

  private static Scenario scenario(int nodes, int seeds, int blocks, int transactions) {
    return new Scenario(
        nodes,
        8,
        117,
        12,
        seeds,
        Places.world(),
        0.1,
        0,
        0,
        0,
        0,
        Tcp.LINUX,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        new Workload(
            blocks, Duration.ofSeconds(1), 100, 0, transactions, 100, Duration.ofSeconds(1)),
        Duration.ofSeconds(1));
  }
}
