package dev.waggle.bench;

import dev.waggle.bench.link.Application;
import dev.waggle.bench.link.BarePeers;
import dev.waggle.bench.link.WaggleEnd;
import dev.waggle.bench.workload.Flow;
import dev.waggle.bench.workload.FreshPayloads;
import dev.waggle.bench.workload.Messages;
import dev.waggle.bench.workload.Settings;
import dev.waggle.node.WaggleNode;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
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
 * New messages a second that one node with many peers takes in and spreads, where each message
 * comes from several of them, as it does in a network.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main CrowdBenchmark</pre>
 *
 * <p>One operation is one new message, sent by {@link #arrivals} peers that are drawn anew for
 * each: the node accepts the first of these, finds that it knows the others, and tells the peers.
 * They are {@link BarePeers}: they open and decode whatever the node sends, and want none of it.
 *
 * <p>After each burst, a peer asks the node for a message that only its application has. The answer
 * comes behind all that the node had to say before, so it tells that the burst was handled and that
 * the peer has taken what came of others. The peers together are at most {@link #BURSTS_AHEAD} for
 * each of them ahead of that: what is counted as sent was handled, duplicates too, and no queue
 * fills so far that the node must drop anything. A message that gets lost ends the benchmark.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class CrowdBenchmark extends AmpleFork {
  private static final int BYTES = 256;

  /** Messages that a peer sends before it asks whether they have been handled. */
  private static final int BURST = 32;

  /** Enough to keep every link busy, and a fraction of a second until all of it is handled. */
  private static final int BURSTS_AHEAD = 8;

  private static final long PATIENCE_SECONDS = 60;

  /** Whatever begins with this is the id of the mark. A node answers each id once at a time. */
  private static final long MARK_ID = 1;

  private static final GossipMessage MARK =
      new GossipMessage.Transaction(Bytes.wrap(new byte[] {1}));

  @Param({"netty", "nio"})
  private String transport = "netty";

  @Param("125")
  private int peers = 125;

  /** From how many peers each message comes. */
  @Param("16")
  private int arrivals = 16;

  private final SplittableRandom random = new SplittableRandom(1);
  private final LongAdder accepted = new LongAdder();
  private final LongAdder told = new LongAdder();
  private FreshPayloads payloads = new FreshPayloads(BYTES);
  private Flow bursts = new Flow(1);
  private Peer[] crowd = {};
  private long sent;
  private @Nullable WaggleNode node;
  private @Nullable BarePeers links;

  @Setup
  public void connect() throws ListenFailed, IOException, InterruptedException {
    payloads = new FreshPayloads(BYTES);
    bursts = new Flow(1, BURSTS_AHEAD * peers);
    CountDownLatch connected = new CountDownLatch(peers);
    WaggleNode listening = node(connected);
    node = listening;
    var _ = listening.gossip().subscribe(_ -> accepted.increment());
    BarePeers bare = new BarePeers();
    links = bare;
    crowd = new Peer[peers];
    for (int i = 0; i < peers; i++) {
      crowd[i] = new Peer();
      crowd[i].end = bare.connect(listening.address(), crowd[i]);
    }
    if (!connected.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the peers do not connect");
    }
    System.out.println("# " + listening.transport() + "; " + bare.describe());
  }

  private WaggleNode node(CountDownLatch connected) throws ListenFailed, IOException {
    NodeConfig config =
        NodeConfig.builder()
            .parse(ConfigKeys.P2P_ADDR, "127.0.0.1:0")
            .parse(ConfigKeys.NETWORK, Settings.NETWORK)
            .parse(ConfigKeys.TRANSPORT, transport)
            .parse(ConfigKeys.MAX_INBOUND, Integer.toString(peers))
            .build();
    PeerObserver observer =
        new PeerObserver() {
          @Override
          public void peerConnected(PeerInfo peer) {
            connected.countDown();
          }
        };
    return WaggleNode.builder(config).application(new Marking()).observer(observer).start();
  }

  @TearDown
  public void disconnect() {
    if (links != null) {
      links.close();
    }
    if (node != null) {
      node.close();
    }
  }

  /** A node that dropped messages would seem to be fast. */
  @TearDown(Level.Iteration)
  public void checkNothingIsLost() {
    long underWay = (BURSTS_AHEAD + 1L) * peers * BURST / arrivals;
    long missing = sent - accepted.sum();
    if (missing > underWay) {
      throw new IllegalStateException(missing + " messages were not accepted");
    }
    System.out.printf("(each told %.1f times so far) ", told.doubleValue() / accepted.sum());
  }

  /** One message, from some of the peers. */
  @Benchmark
  public void message() {
    WireMessage message = Messages.gossip(payloads.next());
    for (int i = 0; i < arrivals; i++) {
      int drawn = random.nextInt(i, crowd.length);
      Peer peer = crowd[drawn];
      crowd[drawn] = crowd[i];
      crowd[i] = peer;
      peer.send(message);
    }
    sent++;
  }

  /** Has one message more than the node. */
  private static final class Marking extends Accepting {
    @Override
    public @Nullable GossipMessage find(MessageId id) {
      return id.first() == MARK_ID ? MARK : null;
    }
  }

  /** One of the crowd: {@link #send} is the benchmark's, the rest the I/O thread's. */
  private final class Peer implements Application {
    private @Nullable WaggleEnd end;
    private int inBurst;
    private long marks;

    void send(WireMessage message) {
      WaggleEnd link = Objects.requireNonNull(end);
      if (inBurst == 0) {
        bursts.awaitRoom();
      }
      link.send(message);
      inBurst++;
      if (inBurst == BURST) {
        MessageId mark = new MessageId(MARK_ID, 0, 0, marks++);
        link.send(new WireMessage.Request(List.of(mark)));
        inBurst = 0;
      }
    }

    @Override
    public void arrived(byte[] array, int offset, int length) {
      if (length == MARK.payload().length()) {
        bursts.received();
      } else {
        told.increment();
      }
    }

    @Override
    public void announced(List<MessageId> ids) {
      told.add(ids.size());
    }

    @Override
    public void answered(long nonce) {
      fail("the answer to a ping that nobody has sent");
    }

    @Override
    public void fail(String why) {
      bursts.fail(why);
    }
  }
}
