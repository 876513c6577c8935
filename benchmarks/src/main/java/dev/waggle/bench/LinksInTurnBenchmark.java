package dev.waggle.bench;

import dev.waggle.bench.link.Contender;
import dev.waggle.bench.workload.Payloads;
import dev.waggle.ports.wire.GossipMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The links of {@link LinkBenchmark} that share an I/O facility, in turn with each other: how many
 * times as fast is one as the other?
 *
 * <pre>
 * java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main LinksInTurnBenchmark \
 *     -p io=EPOLL -p bytes=65536
 * </pre>
 *
 * <p>One operation is a round: each link carries one of its {@link LinkBursts}, all of the same
 * size, within fractions of a second of the others. A machine that is slow for a while slows all
 * alike, which it would not if one were measured after the other. The order is another one in each
 * round, so that nobody always clears up behind the same neighbour.
 *
 * <p>JMH states counters a second: {@code timedBytes} is what each link carried, and {@code
 * waggleNettyNanos} and the like are how much of a second each took for it. Divide them for bytes a
 * second, or two of the latter for a ratio. Those of links that do not take part are 0.
 *
 * <p>All links of a round live in one JVM, and Netty's code is compiled for all of them together.
 * {@link LinkBenchmark} gives each link a JVM of its own.
 */
@State(Scope.Benchmark)
@Threads(1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 8, time = 1)
public class LinksInTurnBenchmark extends AmpleFork {
  /**
   * About 10 to 30 ms for any of the links. A round must not take 200 ms: TCP forgets how much it
   * may send at once on a connection that rests so long, and starts slowly.
   */
  private static final int TIMED_BYTES = 32 * 1024 * 1024;

  private static final int TIMED_MESSAGES = 32 * 1024;

  /** The largest payload: 8 MiB but for some bytes. */
  static final int LARGEST = GossipMessage.MAX_PAYLOAD_BYTES;

  /** Which links take part. */
  public enum Io {
    EPOLL,
    NIO,
    /** Waggle alone, over both facilities that are Linux's own. */
    IO_URING;

    private List<Contender> contenders() {
      return switch (this) {
        case EPOLL ->
            List.of(
                Contender.WAGGLE_NETTY_EPOLL,
                Contender.BORINGSSL_EPOLL,
                Contender.BORINGSSL_PACKED_EPOLL,
                Contender.PLAIN_EPOLL);
        case NIO ->
            List.of(
                Contender.WAGGLE_NETTY_NIO,
                Contender.WAGGLE_NIO,
                Contender.BORINGSSL_NIO,
                Contender.BORINGSSL_PACKED_NIO,
                Contender.PLAIN_NIO);
        case IO_URING -> List.of(Contender.WAGGLE_NETTY_IO_URING, Contender.WAGGLE_NETTY_EPOLL);
      };
    }
  }

  @Param private Io io = Io.EPOLL;

  @Param({"256", "1024", "4096", "16384", "65536", "262144", "1048576", "" + LARGEST})
  private int bytes = 256;

  private final List<Turn> turns = new ArrayList<>();
  private final Random random = new Random(1);

  private record Turn(Contender contender, LinkBursts link) {}

  @Setup
  public void connect() {
    Payloads payloads = new Payloads(bytes);
    for (Contender contender : io.contenders()) {
      turns.add(new Turn(contender, new LinkBursts(contender, payloads, timedMessages())));
    }
  }

  private int timedMessages() {
    return Math.min(TIMED_BYTES / bytes, TIMED_MESSAGES);
  }

  @TearDown
  public void disconnect() {
    turns.forEach(turn -> turn.link.close());
  }

  /** What was carried, and where the time went. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Costs {
    /** Of payloads, by each link. */
    public long timedBytes;

    public long waggleNettyNanos;
    public long waggleIoUringNanos;
    public long waggleNioNanos;
    public long tunedNanos;
    public long packedNanos;
    public long plainNanos;

    private void add(Contender contender, long nanos) {
      switch (contender) {
        case WAGGLE_NETTY_EPOLL, WAGGLE_NETTY_NIO -> waggleNettyNanos += nanos;
        case WAGGLE_NETTY_IO_URING -> waggleIoUringNanos += nanos;
        case WAGGLE_NIO -> waggleNioNanos += nanos;
        case BORINGSSL_EPOLL, BORINGSSL_NIO -> tunedNanos += nanos;
        case BORINGSSL_PACKED_EPOLL, BORINGSSL_PACKED_NIO -> packedNanos += nanos;
        case PLAIN_EPOLL, PLAIN_NIO -> plainNanos += nanos;
        case BORINGSSL_USUAL_EPOLL, BORINGSSL_USUAL_NIO, JDK_TLS_EPOLL, JDK_TLS_NIO ->
            throw new IllegalStateException(contender + " takes no turns");
      }
    }
  }

  /** A burst over each link. */
  @Benchmark
  public void round(Costs costs) {
    Collections.shuffle(turns, random);
    for (Turn turn : turns) {
      costs.add(turn.contender, turn.link.carry());
    }
    costs.timedBytes += (long) timedMessages() * bytes;
  }
}
