package dev.waggle.domain.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A node that is far behind learns the headers first, and gets the blocks from several peers. */
class CatchUpTest {
  private static final int BYTES = 5_400;

  private final ChainNetwork network = new ChainNetwork();

  private static ToyChain chain(int blocks) {
    ToyChain chain = new ToyChain();
    chain.extend(blocks, 0, BYTES);
    return chain;
  }

  @Test
  void aLateNode_getsAChainInLittleMoreThanItsBytesTake() {
    int blocks = 20_000;
    ChainNode old = network.add(chain(blocks));
    ChainNode late = network.add(new ToyChain());
    network.link(1, 0);

    Duration took = network.passUntil(() -> late.chain.height() == blocks, Duration.ofMinutes(5));

    Duration needed =
        Duration.ofNanos(blocks * (BYTES + 100L) * 1_000_000_000L / ChainNetwork.BYTES_PER_SECOND);
    assertThat(took).isNotNull().isLessThan(needed.multipliedBy(12).dividedBy(10));
    assertThat(late.chain.tip()).isEqualTo(old.chain.tip());
  }
}
