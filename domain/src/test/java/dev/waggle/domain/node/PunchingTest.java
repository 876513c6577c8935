package dev.waggle.domain.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.operator.ReachStatus.Punches;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two nodes that nobody can dial, and a relay that both have dialled. */
final class PunchingTest {
  private final PunchNetwork network = new PunchNetwork();
  private final PunchNode relay = network.node(false);
  private final PunchNode one = network.node(true);
  private final PunchNode other = network.node(true);

  private LinkId linkBoth() {
    LinkId link = network.link(one, relay);
    network.link(other, relay);
    return link;
  }

  @Test
  void twoThatShareAPeer_getALinkWithEachOther() {
    linkBoth();
    network.run(Duration.ofMinutes(5));

    assertThat(one.peers()).containsExactlyInAnyOrder(relay.id(), other.id());
    assertThat(other.peers()).containsExactlyInAnyOrder(relay.id(), one.id());
    assertThat(one.observed).containsExactly("dials 82.2.0.1", "punched in 1");
    assertThat(other.observed).containsExactly("dials 82.1.0.1", "punched in 1");
    assertThat(one.service.punches()).isEqualTo(new Punches(1, 1, 0, 0));
    assertThat(relay.service.punches()).isEqualTo(new Punches(0, 0, 0, 3));
  }
}
