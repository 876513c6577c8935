package dev.waggle.simulator.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.simulator.costs.Costs;
import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.fidelity.MessagesFidelity;
import dev.waggle.simulator.network.Tcp;
import dev.waggle.simulator.places.Places;
import dev.waggle.simulator.run.Scenario;
import dev.waggle.simulator.run.Simulation;
import dev.waggle.simulator.run.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkEventsTest {
  @Test
  void link_isReportedAsEstablishedOnce() {
    List<LinkEnd> established = new ArrayList<>();
    Seeds seeds = new Seeds(1);
    CipherSuite suite = ToySuite.create();
    Costs costs = Costs.standard();
    Simulation simulation =
        new Simulation(
            new Scenario(
                2,
                1,
                1,
                1,
                0,
                Places.world(),
                0,
                0,
                0,
                0,
                0,
                Tcp.LINUX,
                Duration.ZERO,
                Duration.ZERO,
                new Workload(0, Duration.ZERO, 0, 0, 0, 0, Duration.ZERO),
                Duration.ZERO),
            new MessagesFidelity(seeds, suite, suite.hash()),
            new TableCharges(costs, costs.suites().getFirst()),
            seeds,
            new NodeObserver() {
              @Override
              public void established(RunningNode node, LinkEnd peer) {
                established.add(peer);
              }
            });

    simulation.nodes().forEach(SimulatedNode::start);
    simulation.queue().run(Duration.ofSeconds(10).toNanos());

    assertThat(established).hasSizeGreaterThanOrEqualTo(2).doesNotHaveDuplicates();
  }
}
