package dev.waggle.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.multibindings.OptionalBinder;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.NameService;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.testkit.transport.FileHog;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What {@link OutOfFilesTest} runs: a node that dials a name while there are no sockets. */
final class NodeWithoutFiles {
  /** The last line, if all was well. */
  static final String CONNECTED = "connected";

  private static final GossipApplication ACCEPTING =
      new GossipApplication() {
        @Override
        public Verdict validate(Delivery candidate) {
          return new Verdict.Accept();
        }

        @Override
        public void deliver(Delivery accepted) {}
      };

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private volatile List<InetAddress> addresses = List.of();

  private NodeWithoutFiles() {}

  /** The name of the transport comes as the argument. */
  public static void main(String[] args) throws Exception {
    FileHog.loadAllClasses();
    new NodeWithoutFiles().run(args[0]);
    System.out.println(CONNECTED);
  }

  private void run(String transport) throws Exception {
    NodeConfig.Builder config =
        NodeConfig.builder()
            .parse(ConfigKeys.P2P_ADDR, "127.0.0.1:0")
            .parse(ConfigKeys.TRANSPORT, transport);
    FileHog hog = new FileHog();
    try (WaggleNode seed = WaggleNode.builder(config.build()).application(ACCEPTING).start();
        WaggleNode _ = dialling(config, seed.address().port())) {
      assertThat(next()).isEqualTo("unreachable: the name does not resolve");
      hog.takeAll();
      addresses = List.of(InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("127.0.0.1"));
      String failure = next();
      while (failure.startsWith("unreachable")) {
        failure = next();
      }
      assertThat(failure).isEqualTo("failed: too many open files");
      hog.giveAllBack();
      String event = next();
      while (event.startsWith("failed")) {
        event = next();
      }
      assertThat(event).isEqualTo(CONNECTED);
    }
  }

  private WaggleNode dialling(NodeConfig.Builder config, int port) throws Exception {
    NameService names = _ -> addresses;
    return WaggleNode.builder(config.parse(ConfigKeys.SEEDS, "seed.example:" + port).build())
        .application(ACCEPTING)
        .observer(new Observer())
        .modules(
            binder ->
                OptionalBinder.newOptionalBinder(binder, NameService.class)
                    .setBinding()
                    .toInstance(names))
        .start();
  }

  private String next() throws InterruptedException {
    String event = events.poll(60, TimeUnit.SECONDS);
    assertThat(event).as("what the node tells").isNotNull();
    return event;
  }

  private final class Observer implements PeerObserver {
    @Override
    public void peerConnected(PeerInfo peer) {
      events.add(CONNECTED);
    }

    @Override
    public void dialFailed(PeerAddress address, String reason, long retryInNanos) {
      events.add(reason);
    }
  }
}
