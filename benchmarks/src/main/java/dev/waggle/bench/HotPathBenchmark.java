package dev.waggle.bench;

import dev.waggle.bench.workload.Messages;
import dev.waggle.bench.workload.Payloads;
import dev.waggle.ports.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The hot path up to the socket, and back from it: {@code send} serializes, seals and frames,
 * {@code receive} deframes, opens, splits and decodes. One operation is one message.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main HotPathBenchmark -prof gc
 * </pre>
 *
 * <p>Compare the bytes a second of {@code send} with {@code openssl speed -evp aes-256-gcm -bytes
 * 16384}. Both go through established sessions, the product's own; records fill up as they do on a
 * busy link.
 *
 * <p>Compare the way in with the way out by {@code inTurn}, which has both alternate, as much at a
 * time as a transport reads at once: {@code sendNanos} and {@code receiveNanos} are how much of a
 * second each takes for the same messages. There both begin or end in native memory, as sockets do:
 * the copy of each record into it, which a transport makes, is part of sending, as the copy out of
 * it is part of receiving. {@code send} hands the record out and does not copy it; {@code receive}
 * reads from a batch that is larger than the caches nearby.
 *
 * <p>What {@code receive} takes was sealed by the peer's session just before, a batch at a time.
 * That is no part of its score, but {@code gc.alloc.rate.norm} includes what sealing allocates. So
 * garbage is counted separately, on this thread and around the measured part alone: {@code
 * messageBytes} are those of the objects that the application is handed, {@code garbageBytes} all
 * others. JMH states both a second: divide by the score for those of a message.
 */
@State(Scope.Benchmark)
@Threads(1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class HotPathBenchmark extends AmpleFork {
  /** Half of a full record of the smallest messages; of the largest, what a cache holds. */
  private static final int BATCH = 128;

  /** What a transport reads at once, at most. */
  private static final int READ_BYTES = 256 * 1024;

  /** What codec, stream and records put around a payload, and more. */
  private static final int OVERHEAD_BYTES = 64;

  @Param({"256", "4096", "65536"})
  private int bytes = 256;

  private Messages messages = new Messages(new Payloads(bytes));
  private SessionPair sessions = SessionPair.establish();
  private long number;

  @Setup
  public void establish() {
    messages = new Messages(new Payloads(bytes));
    sessions = SessionPair.establish();
  }

  /** Where the sender's records go, and where they wait for the receiver. */
  @State(Scope.Thread)
  public static class Outgoing extends EstablishedOutput {
    private @Nullable Blackhole socket;

    @Setup
    public void open(Blackhole blackhole) {
      socket = blackhole;
    }

    @Override
    public void write(ByteBuffer record) {
      if (socket != null) {
        socket.consume(record);
      }
    }
  }

  /** A batch of messages, sealed, and the application that gets them. */
  @State(Scope.Thread)
  public static class Incoming extends EstablishedOutput {
    private ByteBuffer stream = ByteBuffer.allocateDirect(0);
    private @Nullable Blackhole application;
    private int delivered;

    @Setup
    public void open(HotPathBenchmark benchmark, Blackhole blackhole) {
      stream = ByteBuffer.allocateDirect(BATCH * (benchmark.bytes + OVERHEAD_BYTES));
      application = blackhole;
    }

    @Setup(Level.Invocation)
    public void seal(HotPathBenchmark benchmark) {
      stream.clear();
      for (int i = 0; i < BATCH; i++) {
        benchmark.sendNext(this);
      }
      benchmark.sessions.sender().flush(this);
      stream.flip();
      delivered = 0;
    }

    @Override
    public void write(ByteBuffer record) {
      stream.put(record);
    }

    @Override
    public void deliver(WireMessage message) {
      delivered++;
      if (application != null) {
        application.consume(message);
      }
    }
  }

  /** What receiving has allocated. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Allocated {
    /** Bytes of the objects that the application was handed. */
    public long messageBytes;

    /** All other bytes. */
    public long garbageBytes;

    private long bytesOfMessage;

    @Setup
    public void measureMessage(HotPathBenchmark benchmark) {
      bytesOfMessage = Allocation.ofMessage(benchmark.bytes);
    }

    private void count(long allocated, int messages) {
      messageBytes += messages * bytesOfMessage;
      garbageBytes += allocated - messages * bytesOfMessage;
    }
  }

  /** Where the time of {@code inTurn} goes. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Costs {
    public long sendNanos;
    public long receiveNanos;
  }

  /** Native memory, into which records are copied and out of which they are received. */
  @State(Scope.Thread)
  public static class Wire extends EstablishedOutput {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(2 * READ_BYTES);
    private @Nullable Blackhole application;
    private int messages;
    private int delivered;

    @Setup
    public void open(HotPathBenchmark benchmark, Blackhole blackhole) {
      application = blackhole;
      messages = READ_BYTES / (benchmark.bytes + OVERHEAD_BYTES);
    }

    @Override
    public void write(ByteBuffer record) {
      buffer.put(record);
    }

    @Override
    public void deliver(WireMessage message) {
      delivered++;
      if (application != null) {
        application.consume(message);
      }
    }
  }

  private void sendNext(EstablishedOutput out) {
    sessions.sender().send(messages.of(number++), out);
  }

  /** One message into the open record; a full record is sealed and handed out. */
  @Benchmark
  public void send(Outgoing socket) {
    sendNext(socket);
  }

  /** All messages of the batch, in reads as large as those of a transport. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void receive(Incoming incoming, Allocated allocated) {
    long before = Allocation.bytesSoFar();
    receiveAll(incoming);
    allocated.count(Allocation.bytesSoFar() - before, incoming.delivered);
    if (incoming.delivered != BATCH) {
      throw new IllegalStateException(incoming.delivered + " messages of " + BATCH);
    }
  }

  private void receiveAll(Incoming incoming) {
    ByteBuffer read = incoming.stream;
    int end = read.limit();
    while (read.position() < end) {
      read.limit(Math.min(end, read.position() + READ_BYTES));
      sessions.receiver().receive(read, incoming);
    }
  }

  /** The two in turn: a machine that is slow for a while slows both alike. */
  @Benchmark
  public void inTurn(Wire wire, Costs costs) {
    wire.buffer.clear();
    long start = System.nanoTime();
    for (int i = 0; i < wire.messages; i++) {
      sendNext(wire);
    }
    sessions.sender().flush(wire);
    long between = System.nanoTime();
    sessions.receiver().receive(wire.buffer.flip(), wire);
    costs.sendNanos += between - start;
    costs.receiveNanos += System.nanoTime() - between;
    if (wire.delivered != wire.messages) {
      throw new IllegalStateException(wire.delivered + " messages of " + wire.messages);
    }
    wire.delivered = 0;
  }
}
