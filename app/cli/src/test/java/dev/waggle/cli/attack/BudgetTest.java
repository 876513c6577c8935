package dev.waggle.cli.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.cli.config.CliConfig;
import dev.waggle.node.WaggleNode;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.MemoryBudget;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node that was told how much memory it may hold. */
@Timeout(60)
class BudgetTest {
  private static final int PATIENCE_SECONDS = 20;

  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

  /** By default it takes such a message, as the other tests show. */
  @Test
  void messageThatExceedsTheBudget_endsItsLink() throws Exception {
    MemoryBudget usual = MemoryBudget.ofThisProcess();
    MemoryBudget small =
        new MemoryBudget(
            128 * 1024,
            usual.outgoingBytes(),
            usual.perLinkBytes(),
            usual.publishedBytes(),
            usual.recentBytes(),
            usual.rereadBytes(),
            usual.waitingBytes(),
            usual.aheadBytes(),
            usual.rebuildBytes(),
            usual.partsBytes(),
            usual.seenIds());
    NodeConfig config =
        CliConfig.builder().parse(ConfigKeys.P2P_ADDR, "127.0.0.1:0").build().node();
    try (WaggleNode node =
            WaggleNode.builder(config)
                .application(new FailingApplication(AssertionError::new))
                .observer(observer())
                .memory(small)
                .start();
        RawLinks links = new RawLinks()) {
      GossipMessage large = new GossipMessage.Block(Bytes.wrap(new byte[300 * 1024]));
      links.open(node.address(), new Identities().next(), new Sending(large));

      assertThat(ends.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).contains("no memory for");
    }
  }

  private PeerObserver observer() {
    return new PeerObserver() {
      @Override
      public void peerDisconnected(PeerInfo peer, String reason) {
        ends.add(reason);
      }
    };
  }

  private record Sending(GossipMessage message) implements Behaviour {
    @Override
    public boolean sendMore(RawLink link) {
      link.send(new WireMessage.Gossip(message));
      return false;
    }
  }
}
