package dev.waggle.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.wire.Feature;
import dev.waggle.simulator.costs.Costs;
import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.engine.Seeds.Purpose;
import dev.waggle.simulator.faults.FaultPlan;
import dev.waggle.simulator.fidelity.Depth;
import dev.waggle.simulator.network.NatKind;
import dev.waggle.simulator.network.Tcp;
import dev.waggle.simulator.node.TableCharges;
import dev.waggle.simulator.places.Places;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Networks most of whose nodes nobody can dial. */
class BehindRoutersTest {
  private static final int NODES = 40;
  private static final BehindRouters MOST = new BehindRouters(0.6, BehindRouters.USUAL);

  private static Scenario scenario(int nodes) {
    return new Scenario(
            nodes,
            6,
            117,
            0,
            3,
            Places.world(),
            0.1,
            0,
            0,
            0,
            0,
            Tcp.LINUX,
            Duration.ofSeconds(5),
            Duration.ofSeconds(150),
            new Workload(1, Duration.ofSeconds(5), 20_000, 1, 0, 0, Duration.ZERO),
            Duration.ofSeconds(15))
        .withBehindRouters(MOST);
  }

  private static RunResult play(Scenario scenario, Depth depth) {
    Seeds seeds = new Seeds(2);
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

  private static ReachResult reach(RunResult result) {
    return Objects.requireNonNull(result.reach());
  }

  @Test
  void nodesBehindRouters_knowIt_andPunchHoles_andAllGetTheBlock() {
    RunResult result = play(scenario(NODES), Depth.MESSAGES);
    ReachResult reach = reach(result);

    assertThat(result.isWhole()).isTrue();
    assertThat(reach.together()).isEqualTo(NODES);
    assertThat(reach.hidden().nodes()).isBetween(NODES / 3, NODES);
    assertThat(reach.open().wrong() + reach.hidden().wrong()).as("have it wrong").isZero();
    assertThat(reach.open().right()).isGreaterThanOrEqualTo(reach.open().nodes() * 9 / 10);
    assertThat(reach.hidden().right()).isGreaterThanOrEqualTo(reach.hidden().nodes() * 9 / 10);
    ReachResult.Punches all = reach.punchesTogether();
    assertThat(all.standing()).isPositive();
    assertThat(all.linked()).isGreaterThan(all.failed());
    assertThat(reach.hidden().punched().getLast()).isBetween(1, 8);
    assertThat(reach.hidden().inbound().getFirst()).isZero();
  }

  @Test
  void withoutTheFeature_noHoleIsPunched() {
    Scenario without = scenario(20).withFeatures(Features.without(Feature.HOLE_PUNCHING));
    ReachResult reach = reach(play(without, Depth.MESSAGES));

    assertThat(reach.punchesTogether().begun()).isZero();
    assertThat(reach.hidden().right()).isPositive();
    assertThat(reach.hidden().punched().getLast()).isZero();
  }

  @Test
  void holesArePunched_whenEveryByteIsComputedToo() {
    RunResult result = play(scenario(20), Depth.BYTES);
    ReachResult reach = reach(result);

    assertThat(result.isWhole()).isTrue();
    assertThat(reach.together()).isEqualTo(20);
    assertThat(reach.open().wrong() + reach.hidden().wrong()).isZero();
    assertThat(reach.punchesTogether().linked()).isPositive();
  }

  @Test
  void networkWithoutRouters_offersNoFeatureThatIsAboutThem() {
    Scenario usual = scenario(20).withBehindRouters(BehindRouters.NOBODY);

    assertThat(usual.featuresOf(0)).doesNotContain(Feature.DIAL_BACK, Feature.HOLE_PUNCHING);
    assertThat(scenario(20).featuresOf(0)).contains(Feature.DIAL_BACK, Feature.HOLE_PUNCHING);
    assertThat(places(scenario(20))).as("nothing else is drawn anew").isEqualTo(places(usual));
  }

  private static List<Integer> places(Scenario scenario) {
    return Topology.draw(scenario, new Seeds(2)).members().stream()
        .map(member -> member.host().place())
        .toList();
  }

  @Test
  void kinds_areDrawnInTheirParts_andSeedsAreBehindNoRouter() {
    SplittableRandom random = new Seeds(1).random(Purpose.ROUTERS);
    TreeMap<String, Integer> drawn = new TreeMap<>();
    for (int i = 0; i < 10_000; i++) {
      drawn.merge(String.valueOf(MOST.draw(random)), 1, Integer::sum);
    }
    assertThat(drawn.get("null")).isBetween(3_800, 4_200);
    assertThat(drawn.get("port-restricted")).isBetween(3_100, 3_500);
    assertThat(drawn.get("symmetric")).isBetween(1_100, 1_300);

    Scenario all = scenario(20).withBehindRouters(new BehindRouters(1, BehindRouters.USUAL));
    List<Topology.Member> members = Topology.draw(all, new Seeds(2)).members();
    for (int number = 0; number < 20; number++) {
      NatKind router = members.get(number).host().router();
      assertThat(router == null).as("node %d", number).isEqualTo(number < 3);
    }
  }
}
