package dev.waggle.simulator.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.chain.Block;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.simulator.node.TestNetwork.Depth;
import dev.waggle.simulator.node.TestNetwork.Ways;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A block as large as may be, over real sessions and codecs. */
class LargestBlockTest {
  @Test
  void largestBlock_goesFromNodeToNode() {
    TestNetwork network =
        new TestNetwork(Depth.BYTES, 3, Ways.even(Duration.ofMillis(20), 12_500_000));
    TestNode miner = network.addNode();
    TestNode between = network.addNode(miner);
    TestNode last = network.addNode(between);
    miner.start();
    between.start();
    last.start();
    network.run(Duration.ofSeconds(5));

    MessageId largest = miner.mine(Block.MAX_BYTES);

    network.runUntil(() -> last.chain().tip().equals(largest), Duration.ofSeconds(30));
    assertThat(last.service().counters().dropped()).isZero();
  }
}
