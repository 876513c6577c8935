package dev.waggle.simulator.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.wire.MessageId;
import dev.waggle.simulator.node.TestNetwork.Depth;
import dev.waggle.simulator.node.TestNetwork.Ways;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request for far more than a link takes at once (PROTOCOL §8.2). */
class ServingTest {
  private static final int BLOCKS = 100;
  private static final int BLOCK_BYTES = 12_500;
  private static final int BYTES_PER_SECOND = 250_000;

  /** What the line needs for all blocks, one behind the other. */
  private static final Duration ALL = Duration.ofSeconds(BLOCKS * BLOCK_BYTES / BYTES_PER_SECOND);

  @ParameterizedTest
  @EnumSource
  void largeRequest_isServedWholeAsTheLinkDrains(Depth depth) {
    TestNetwork network =
        new TestNetwork(depth, 5, Ways.even(Duration.ofMillis(50), BYTES_PER_SECOND));
    TestNode server = network.addNode();
    TestNode asker = network.addNode(server);
    server.start();
    asker.start();
    network.run(Duration.ofSeconds(5));
    List<MessageId> blocks = new ArrayList<>();
    for (int i = 0; i < BLOCKS; i++) {
      blocks.add(server.mine(BLOCK_BYTES));
      network.run(Duration.ofSeconds(1));
    }
    assertThat(asker.chain().tip()).isEqualTo(blocks.getLast());
    int before = asker.record().gossipHeard();

    asker.request(blocks);

    // As fast as the line, on which blocks wait for each other; where nobody said that it drains,
    // a few would come in each 3 s.
    Duration took =
        network.runUntil(() -> asker.record().gossipHeard() - before == BLOCKS, ALL.plusSeconds(2));
    assertThat(took).isGreaterThan(ALL);
    assertThat(server.service().counters().dropped()).isZero();
  }
}
