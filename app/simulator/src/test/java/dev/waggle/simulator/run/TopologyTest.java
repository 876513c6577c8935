package dev.waggle.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.simulator.costs.Costs;
import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.fidelity.Depth;
import dev.waggle.simulator.network.Tcp;
import dev.waggle.simulator.node.SimulatedNode;
import dev.waggle.simulator.node.TableCharges;
import dev.waggle.simulator.places.Places;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopologyTest {
  private static final Scenario SCENARIO =
      new Scenario(
          40,
          4,
          16,
          6,
          0,
          Places.world(),
          0.1,
          6_250_000,
          0,
          0.2,
          0,
          Tcp.LINUX,
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          new Workload(3, Duration.ofSeconds(2), 50_000, 1, 4, 300, Duration.ofSeconds(6)),
          Duration.ofSeconds(5));

  @Test
  void everyNode_hasAnAddressOfItsOwn() {
    Set<Endpoint> addresses = new HashSet<>();
    for (int number = 0; number < Scenario.MAX_NODES; number++) {
      addresses.add(Topology.endpoint(number));
    }
    assertThat(addresses.size()).isEqualTo(Scenario.MAX_NODES);
  }

  @Test
  void seed_repeatsTheTopology_andAnotherOneIsAnother() {
    Topology first = Topology.draw(SCENARIO, new Seeds(1));
    assertThat(Topology.draw(SCENARIO, new Seeds(1))).isEqualTo(first);
    assertThat(Topology.draw(SCENARIO, new Seeds(2))).isNotEqualTo(first);
  }

  @Test
  void everyNode_knowsSoManyOthers() {
    List<Topology.Member> members = Topology.draw(SCENARIO, new Seeds(1)).members();
    for (int number = 0; number < members.size(); number++) {
      assertThat(members.get(number).known())
          .hasSize(SCENARIO.known())
          .doesNotHaveDuplicates()
          .doesNotContain(number)
          .allMatch(other -> other >= 0 && other < SCENARIO.nodes());
    }
  }

  @Test
  void seeds_areWhatAllKnow_andCanBeDialled_howeverManyOthersCannot() {
    Scenario behindRouters =
        new Scenario(
            40,
            4,
            16,
            6,
            3,
            Places.world(),
            0.1,
            0,
            0,
            1,
            0,
            Tcp.LINUX,
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            SCENARIO.workload(),
            Duration.ofSeconds(5));
    List<Topology.Member> members = Topology.draw(behindRouters, new Seeds(1)).members();
    for (int number = 0; number < members.size(); number++) {
      int self = number;
      assertThat(members.get(number).known())
          .isEqualTo(IntStream.range(0, 3).filter(seed -> seed != self).boxed().toList());
      assertThat(members.get(number).host().dialable()).isEqualTo(number < 3);
    }
  }

  @Test
  void simulation_isOfTheTopologyThatIsDrawn() {
    Seeds seeds = new Seeds(1);
    List<Topology.Member> members = Topology.draw(SCENARIO, seeds).members();
    Simulation simulation =
        new Simulation(
            SCENARIO,
            Depth.MESSAGES.begin(seeds, null),
            new TableCharges(Costs.standard(), "mlkem768-mldsa65"),
            seeds,
            new Observers());
    assertThat(simulation.nodes()).hasSameSizeAs(members);
    for (SimulatedNode node : simulation.nodes()) {
      Topology.Member member = members.get(node.number());
      assertThat(node.host().place()).isEqualTo(member.host().place());
      assertThat(node.host().isDialable()).isEqualTo(member.host().dialable());
      assertThat(node.settings().p2p().peers().join().seeds().stream().map(PeerAddress::endpoint))
          .containsExactlyElementsOf(member.known().stream().map(Topology::endpoint).toList());
    }
  }

  @Test
  void publications_areTransactionsAndBlocks_eachInItsTime() {
    List<Publication> all = Publication.draw(SCENARIO, new Seeds(1));
    assertThat(all.stream().map(Publication::atNanos).map(Duration::ofNanos))
        .containsExactly(
            Duration.ofMillis(3000),
            Duration.ofMillis(4500),
            Duration.ofMillis(6000),
            Duration.ofMillis(7500),
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofSeconds(7));
    assertThat(Publication.end(SCENARIO, all)).isEqualTo(Duration.ofMillis(12_500));
    assertThat(Publication.end(SCENARIO, List.of())).isEqualTo(Duration.ofSeconds(8));
  }
}
