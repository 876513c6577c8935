package dev.waggle.bench;

import dev.waggle.bench.workload.Flow;
import dev.waggle.bench.workload.FreshPayloads;
import dev.waggle.node.WaggleNode;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.wire.GossipMessage;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Messages a second that one node publishes and a subscriber at another gets: two whole nodes in
 * one process, with one link between them.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main GossipBenchmark</pre>
 *
 * <p>Everything counts: ids and seen-caches, validation, mailboxes and node threads on both sides.
 * Each message is a new one, out of {@link FreshPayloads}: a publisher that copied 64 KiB for each
 * would be measured too. The application accepts whatever it gets. One operation is one message;
 * the publisher is at most one {@link Flow window} ahead of what was delivered, and a message that
 * gets lost ends the benchmark.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class GossipBenchmark extends AmpleFork {
  @Param({"netty", "nio"})
  private String transport = "netty";

  @Param({"256", "65536"})
  private int bytes = 256;

  private FreshPayloads payloads = new FreshPayloads(bytes);
  private Flow flow = new Flow(bytes);
  private @Nullable WaggleNode publisher;
  private @Nullable WaggleNode subscriber;

  @Setup
  public void connect() throws ListenFailed, IOException, InterruptedException {
    payloads = new FreshPayloads(bytes);
    flow = new Flow(bytes);
    CountDownLatch connected = new CountDownLatch(2);
    publisher = node("", connected);
    subscriber = node(publisher.address().toString(), connected);
    var _ = subscriber.gossip().subscribe(_ -> flow.received());
    if (!connected.await(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the nodes do not connect");
    }
    System.out.println("# " + publisher.transport());
  }

  private WaggleNode node(String seeds, CountDownLatch connected) throws ListenFailed, IOException {
    NodeConfig config =
        NodeConfig.builder()
            .parse(ConfigKeys.P2P_ADDR, "127.0.0.1:0")
            .parse(ConfigKeys.CONNECT, seeds)
            .parse(ConfigKeys.TRANSPORT, transport)
            .build();
    PeerObserver observer =
        new PeerObserver() {
          @Override
          public void peerConnected(PeerInfo peer) {
            connected.countDown();
          }

          @Override
          public void peerDisconnected(PeerInfo peer, String reason) {
            flow.fail("the link is gone: " + reason);
          }
        };
    return WaggleNode.builder(config).application(new Accepting()).observer(observer).start();
  }

  @TearDown
  public void disconnect() {
    if (subscriber != null) {
      subscriber.close();
    }
    if (publisher != null) {
      publisher.close();
    }
  }

  /** One message, from who publishes it to the subscriber at the other node. */
  @Benchmark
  public void message() {
    flow.awaitRoom();
    var _ =
        Objects.requireNonNull(publisher)
            .gossip()
            .publish(new GossipMessage.Transaction(Bytes.wrap(payloads.next())));
  }
}
