package dev.waggle.bench;

import dev.waggle.bench.link.Application;
import dev.waggle.bench.link.WaggleEnd;
import dev.waggle.bench.workload.FoundParts;
import dev.waggle.bench.workload.Settings;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.node.WaggleNode;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.Transport;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * Memory of an established link that has nothing to do, both ends together.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main IdleLinkBenchmark</pre>
 *
 * <p>The results are {@code bytesPerLink}, and what that consists of; the time that it took means
 * nothing, and more than one iteration and fork would add up. One end of each link is in a whole
 * node, with all that a node keeps about a peer. Its other end is a session and a queue on a
 * transport of the same kind: a node of its own for each would be measured instead of the link.
 *
 * <p>Each link first carries four messages of 64 KiB in either direction, since what matters is
 * that the buffers of a busy link are given back; one link at a time, for what a pool keeps after
 * many were busy at once is not a link's. Some links come before the others, and pay for what a
 * node has once: pools, threads, tables. So what the others add is theirs. Heap is counted after
 * collections that find nothing more, direct memory as it was taken from the system. Not counted:
 * the kernel's socket buffers, and identities, which each end here must have for itself.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"})
public class IdleLinkBenchmark {
  private static final int FIRST_LINKS = 100;
  private static final int LINKS = 500;
  private static final int MESSAGES = 4;
  private static final int MESSAGE_BYTES = 64 * 1024;
  private static final long PATIENCE_SECONDS = 60;

  @Param({"netty", "nio"})
  private String transport = "netty";

  private final Node above = new Node();
  private final Inbox inbox = new Inbox();
  private final List<SessionSettings> identities = new ArrayList<>();
  private final List<WaggleEnd> ends = new ArrayList<>();
  private @Nullable WaggleNode node;
  private @Nullable Transport dialling;
  private RecordBuffers buffers = new RecordBuffers();

  /** What one link of {@link #LINKS} takes. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Memory {
    public long bytesPerLink;
    public long heapBytesPerLink;
    public long directBytesPerLink;

    private void added(MemoryInUse before, MemoryInUse after) {
      heapBytesPerLink = (after.heapBytes() - before.heapBytes()) / LINKS;
      directBytesPerLink = (after.directBytes() - before.directBytes()) / LINKS;
      bytesPerLink = heapBytesPerLink + directBytesPerLink;
    }
  }

  @Setup
  public void start() throws ListenFailed, IOException, InterruptedException {
    NodeConfig config =
        NodeConfig.builder()
            .parse(ConfigKeys.P2P_ADDR, "127.0.0.1:0")
            .parse(ConfigKeys.NETWORK, Settings.NETWORK)
            .parse(ConfigKeys.TRANSPORT, transport)
            .parse(ConfigKeys.IO_THREADS, "1")
            .parse(ConfigKeys.MAX_INBOUND, Integer.toString(FIRST_LINKS + LINKS))
            .parse(ConfigKeys.HEARTBEAT_INTERVAL, "1h")
            .parse(ConfigKeys.HEARTBEAT_TIMEOUT, "3h")
            .build();
    node = WaggleNode.builder(config).application(above).observer(above).start();
    dialling = FoundParts.transport(transport);
    buffers = new RecordBuffers();
    for (int i = 0; i < FIRST_LINKS + LINKS; i++) {
      identities.add(Settings.session());
    }
    System.out.println("# " + node.transport() + "; " + dialling.describe());
    open(FIRST_LINKS);
  }

  @TearDown
  public void close() {
    if (dialling != null) {
      dialling.close();
    }
    if (node != null) {
      node.close();
    }
  }

  /** Opens links, lets them carry something, and looks what they hold when they rest. */
  @Benchmark
  public void links(Memory memory) throws InterruptedException {
    if (ends.size() != FIRST_LINKS) {
      throw new IllegalStateException("only -wi 0 -i 1 counts right");
    }
    MemoryInUse before = MemoryInUse.settled();
    open(LINKS);
    memory.added(before, MemoryInUse.settled());
    if (Objects.requireNonNull(node).peers().size() != FIRST_LINKS + LINKS) {
      throw new IllegalStateException("a link has broken");
    }
  }

  private void open(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      WaggleEnd end = WaggleEnd.initiator(identities.get(ends.size()), buffers, inbox);
      Transport.Dial _ =
          Objects.requireNonNull(dialling)
              .dial(Objects.requireNonNull(node).address(), Duration.ofSeconds(10), end);
      end.awaitEstablished();
      ends.add(end);
      above.awaitPeer();
      for (int message = 0; message < MESSAGES; message++) {
        end.send(above.block);
        // Another id each time: a node answers one once, however often it is asked meanwhile.
        end.send(new WireMessage.Request(List.of(new MessageId(1, 2, 3, message))));
      }
      inbox.await(MESSAGES);
    }
  }

  /** What the node is for: it wants no message, and has one for whoever asks. */
  private static final class Node implements GossipApplication, PeerObserver {
    private final WireMessage.Gossip block;
    private final Semaphore connected = new Semaphore(0);

    Node() {
      byte[] payload = new byte[MESSAGE_BYTES];
      new Random(1).nextBytes(payload);
      block = new WireMessage.Gossip(new GossipMessage.Block(Bytes.wrap(payload)));
    }

    void awaitPeer() throws InterruptedException {
      if (!connected.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a peer does not connect");
      }
    }

    @Override
    public void peerConnected(PeerInfo peer) {
      connected.release();
    }

    @Override
    public Verdict validate(Delivery candidate) {
      return new Verdict.Ignore("not wanted");
    }

    @Override
    public void deliver(Delivery accepted) {}

    @Override
    public GossipMessage find(MessageId id) {
      return block.message();
    }
  }

  /** What comes back from the node. */
  private static final class Inbox implements Application {
    private final Semaphore arrived = new Semaphore(0);
    private volatile @Nullable String failure;

    void await(int messages) throws InterruptedException {
      boolean complete = arrived.tryAcquire(messages, PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!complete || failure != null) {
        throw new IllegalStateException(failure != null ? failure : "messages do not arrive");
      }
    }

    @Override
    public void arrived(byte[] array, int offset, int length) {
      arrived.release();
    }

    @Override
    public void answered(long nonce) {
      fail("the answer to a ping that nobody has sent");
    }

    @Override
    public void fail(String why) {
      failure = why;
    }
  }
}
