package dev.waggle.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulationTest {
  @Test
  void everyNode_hasAnAddressOfItsOwn() {
    Set<String> addresses = new HashSet<>();
    for (int number = 0; number < Scenario.MAX_NODES; number++) {
      addresses.add(Simulation.address(number));
    }
    assertThat(addresses.size()).isEqualTo(Scenario.MAX_NODES);
  }
}
