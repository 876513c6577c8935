package dev.waggle.cli.seeder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.dns.SeedNode;
import dev.waggle.ports.node.KnownAddress;
import dev.waggle.ports.node.PeerMemory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReachedNodesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static List<String> told(ReachedNodes reached, PeerMemory memory, Duration since) {
    return reached.of(memory, since).stream()
        .map(SeedNode::endpoint)
        .map(Object::toString)
        .toList();
  }

  @Test
  void nodesThatWereReachedWithinTheTime_areTold_theLastFirst() {
    PeerMemory memory =
        Known.memory(
            Known.reached("9.0.0.1:9000", 60),
            Known.reached("9.0.0.2:9000", 61),
            Known.reached("9.0.0.3:9000", 0),
            Known.reached("9.0.0.4:9000", Long.MAX_VALUE),
            Known.entry("9.0.0.5:9000", KnownAddress.NEVER, true),
            Known.entry("9.0.0.6:9000", 1, false));
    ReachedNodes reached = new ReachedNodes(MINUTE, false);

    assertThat(told(reached, memory, Duration.ZERO))
        .containsExactly("9.0.0.3:9000", "9.0.0.1:9000");
    assertThat(told(reached, memory, Duration.ofSeconds(1))).containsExactly("9.0.0.3:9000");
    assertThat(told(reached, memory, Duration.ofSeconds(61))).isEmpty();
  }

  @Test
  void nodesThatDoNotAnswerAnyMore_areNotTold() {
    PeerMemory memory =
        Known.memory(
            Known.failed("9.0.0.1:9000", ReachedNodes.MAX_FAILURES),
            Known.failed("9.0.0.2:9000", ReachedNodes.MAX_FAILURES + 1));

    assertThat(told(new ReachedNodes(MINUTE, false), memory, Duration.ZERO))
        .containsExactly("9.0.0.1:9000");
  }

  @Test
  void privateAddresses_areToldOnTestNetworksOnly_andGroupsOfMachinesNever() {
    PeerMemory memory =
        Known.memory(
            Known.reached("9.0.0.1:9000", 1),
            Known.reached("10.0.0.1:9000", 2),
            Known.reached("[fd00::1]:9000", 3),
            Known.reached("224.0.0.1:9000", 4));

    assertThat(told(new ReachedNodes(MINUTE, false), memory, Duration.ZERO))
        .containsExactly("9.0.0.1:9000");
    assertThat(told(new ReachedNodes(MINUTE, true), memory, Duration.ZERO))
        .containsExactly("9.0.0.1:9000", "10.0.0.1:9000", "[fd00::1]:9000");
  }
}
