package example;

import dev.waggle.node.WaggleNode;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.MemoryBudget;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.wire.GossipMessage;
import java.util.concurrent.CountDownLatch;

/** Two nodes in one process: what the one publishes, the other gets. */
public final class Embed {
  public static void main(String[] args) throws Exception {
    Application here = new Application(new CountDownLatch(1), new CountDownLatch(1));
    Application there = new Application(new CountDownLatch(1), new CountDownLatch(1));
    try (WaggleNode one = start(here, "");
        WaggleNode other = start(there, one.peerId() + "@" + one.address())) {
      System.out.println(other.peerId() + " dials " + one.address() + " by " + one.transport());
      here.linked.await();
      one.gossip().publish(new GossipMessage.Transaction(Bytes.ofHex("c0ffee")));
      there.delivered.await();
    }
  }

  private static WaggleNode start(Application application, String seeds) throws Exception {
    NodeConfig config =
        NodeConfig.builder()
            .parse(ConfigKeys.P2P_ADDR, "127.0.0.1:0")
            .parse(ConfigKeys.SEEDS, seeds)
            .build();
    return WaggleNode.builder(config)
        .application(application)
        .observer(application)
        .memory(MemoryBudget.ofOneAmong(2))
        .start();
  }

  /** Judges what gossip brings; only what it accepts is delivered, and passed on to others. */
  private record Application(CountDownLatch linked, CountDownLatch delivered)
      implements GossipApplication, PeerObserver {
    @Override
    public Verdict validate(Delivery candidate) {
      return candidate.message().payload().length() > 0
          ? new Verdict.Accept()
          : new Verdict.Reject("empty");
    }

    @Override
    public void deliver(Delivery accepted) {
      Object from = accepted.from() == null ? "here" : accepted.from();
      System.out.println("got " + accepted.message().payload().hex() + " from " + from);
      delivered.countDown();
    }

    @Override
    public void peerConnected(PeerInfo peer) {
      linked.countDown();
    }
  }
}
