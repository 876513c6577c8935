package dev.waggle.bench;

import dev.waggle.bench.link.Application;
import dev.waggle.bench.link.BarePeers;
import dev.waggle.bench.link.WaggleEnd;
import dev.waggle.bench.workload.Messages;
import dev.waggle.bench.workload.Settings;
import dev.waggle.netty.NettyTransport;
import dev.waggle.node.WaggleNode;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long a peer that says little waits for a node, while others send it as much as TCP carries.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main QuietPeerBenchmark</pre>
 *
 * <p>{@link #FLOODING} peers send new messages of {@link #BYTES} bytes, without end and as fast as
 * the node reads. Its application takes {@link #VALIDATION_NANOS} for each, so the node is behind
 * all the time. One more peer sends one message at a time, and waits until the node has dealt with
 * it. That peer gets what the node spreads as everybody does.
 */
@State(Scope.Benchmark)
@Threads(1)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class QuietPeerBenchmark extends AmpleFork {
  private static final int FLOODING = 3;
  private static final int BYTES = 256;
  private static final long VALIDATION_NANOS = 50_000;
  private static final long PAUSE_NANOS = 1_000_000;

  private final RoundTrips waits = new RoundTrips();
  private final Busy application = new Busy();
  private final Flood flood = new Flood();
  private long nonce;
  private long judgedBefore;
  private @Nullable WaggleNode node;
  private @Nullable BarePeers flooding;
  private @Nullable BarePeers calm;
  private @Nullable WaggleEnd quiet;

  @Setup
  public void connect() throws ListenFailed, IOException {
    NodeConfig config =
        NodeConfig.builder()
            .parse(ConfigKeys.P2P_ADDR, "127.0.0.1:0")
            .parse(ConfigKeys.NETWORK, Settings.NETWORK)
            .parse(ConfigKeys.TRANSPORT, NettyTransport.NAME)
            .build();
    WaggleNode listening = WaggleNode.builder(config).application(application).start();
    node = listening;
    var _ = listening.gossip().subscribe(this::accepted);
    calm = new BarePeers();
    quiet = calm.connect(listening.address(), new Ignoring(waits));
    flooding = new BarePeers();
    for (int i = 0; i < FLOODING; i++) {
      flooding.connect(listening.address(), new Ignoring(waits)).flood(flood::next);
    }
    System.out.println("# " + listening.transport());
  }

  /** On the node's thread. */
  private void accepted(Delivery delivery) {
    if (delivery.message() instanceof GossipMessage.Block block) {
      block
          .payload()
          .lendTo(
              (array, offset, length) ->
                  waits.answered(ByteBuffer.wrap(array, offset, length).getLong()));
    }
  }

  /** A node that was not busy is not measured as one that was. */
  @TearDown(Level.Iteration)
  public void checkLoad() {
    long judged = application.judged.sum() - judgedBefore;
    judgedBefore += judged;
    if (judged == 0) {
      throw new IllegalStateException("the flood stands still");
    }
    System.out.print("(" + judged + " messages judged) ");
  }

  @TearDown
  public void disconnect() {
    if (flooding != null) {
      flooding.close();
    }
    if (calm != null) {
      calm.close();
    }
    if (node != null) {
      node.close();
    }
  }

  /** Says little: a node answers 1024 Pings a second at most. */
  @Setup(Level.Invocation)
  public void pause() {
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  /** A ping, until its answer is there. */
  @Benchmark
  public void ping() {
    nonce++;
    Objects.requireNonNull(quiet).send(new WireMessage.Ping(nonce));
    waits.await(nonce);
  }

  /** A small block, until the node has accepted it. */
  @Benchmark
  public void block() {
    nonce++;
    Bytes payload = Bytes.wrap(ByteBuffer.allocate(BYTES).putLong(nonce).array());
    Objects.requireNonNull(quiet).send(new WireMessage.Gossip(new GossipMessage.Block(payload)));
    waits.await(nonce);
  }

  /** An application that has to work for its verdicts. Belongs to the node's thread. */
  private static final class Busy extends Accepting {
    private final LongAdder judged = new LongAdder();

    @Override
    public Verdict validate(Delivery candidate) {
      long beganNanos = System.nanoTime();
      while (System.nanoTime() - beganNanos < VALIDATION_NANOS) {
        Thread.onSpinWait();
      }
      judged.increment();
      return super.validate(candidate);
    }
  }

  /** What all who flood send: messages that are new each time. Belongs to their I/O thread. */
  private static final class Flood {
    private final byte[] noise = new byte[BYTES];
    private long number;

    Flood() {
      new Random(1).nextBytes(noise);
    }

    WireMessage next() {
      byte[] payload = noise.clone();
      ByteBuffer.wrap(payload).putLong(number++);
      return Messages.gossip(payload);
    }
  }

  /** Lets go of all that the node spreads; the rest is for who waits. */
  private record Ignoring(Application waiting) implements Application {
    @Override
    public void arrived(byte[] array, int offset, int length) {}

    @Override
    public void announced(List<MessageId> ids) {}

    @Override
    public void answered(long answeredNonce) {
      waiting.answered(answeredNonce);
    }

    @Override
    public void fail(String why) {
      waiting.fail(why);
    }
  }
}
