package dev.waggle.simulator.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.simulator.faults.FaultPlan;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Small networks in which everything goes wrong. A failure names its seed and its plan; {@link
 * #replay} runs that one again: {@code -Dtest=MixedFaultsTest#replay -Dseed=...}.
 */
class MixedFaultsTest {
  @Test
  void fiftyNetworks_keepAllInvariants() {
    runSeeds(1, 50);
  }

  @Test
  @Tag("long")
  void thousandsOfNetworks_keepAllInvariants() {
    runSeeds(1_000_000, 5_000);
  }

  @Test
  void realSessions_keepAllInvariants() {
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(MixedFaults.run(seed, MixedFaults.planOf(seed), true)).isNotZero();
    }
  }

  @Test
  void sameSeed_sameTrace() {
    assertThat(MixedFaults.run(7)).isEqualTo(MixedFaults.run(7)).isNotEqualTo(MixedFaults.run(8));
  }

  @Test
  void oneFaultLess_anotherTrace() {
    FaultPlan plan = MixedFaults.planOf(7);

    assertThat(plan.faults()).isNotEmpty();
    assertThat(MixedFaults.run(7, plan.without(0), false)).isNotEqualTo(MixedFaults.run(7));
  }

  @Test
  void replay() {
    assertThat(MixedFaults.run(Long.getLong("seed", 1))).isNotZero();
  }

  private static void runSeeds(long first, int count) {
    for (long seed = first; seed < first + count; seed++) {
      assertThat(MixedFaults.run(seed)).isNotZero();
    }
  }
}
