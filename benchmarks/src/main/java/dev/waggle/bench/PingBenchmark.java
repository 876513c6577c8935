package dev.waggle.bench;

import dev.waggle.bench.link.Contender;
import dev.waggle.bench.link.LoopbackLink;
import dev.waggle.bench.workload.Flow;
import dev.waggle.bench.workload.Payloads;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long a Ping and its Pong take over one established connection on loopback, from the thread
 * that asks and back to it; the links are those of {@link LinkBenchmark}.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main PingBenchmark</pre>
 *
 * <p>The peers' ping is a message of eight bytes that comes back. The I/O thread at the far end
 * answers; the threads that wait are parked, so that a round trip wakes four.
 *
 * <p>When {@link Load#BUSY}, another thread keeps the direction of the pings busy with messages of
 * 16 KiB, as many as the link takes. At most 1 MiB of them is under way: that is more than both
 * sockets and the transport's water mark hold, so there is always something to send, and it bounds
 * the queue that a ping stands in. What is measured is how soon a link gets through that.
 */
@State(Scope.Benchmark)
@Threads(1)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PingBenchmark extends AmpleFork {
  static final int LOAD_MESSAGE_BYTES = 16 * 1024;
  static final int LOAD_WINDOW_BYTES = 1024 * 1024;

  /** What else the link has to do. */
  public enum Load {
    IDLE,
    BUSY
  }

  @Param private Contender link = Contender.WAGGLE_NIO;
  @Param private Load load = Load.IDLE;

  private RoundTrips pings = new RoundTrips();
  private @Nullable LoopbackLink connected;
  private @Nullable LinkLoad loading;
  private long nonce;

  @Setup
  public void connect() {
    Payloads payloads = new Payloads(LOAD_MESSAGE_BYTES);
    Flow flow = new Flow(LOAD_MESSAGE_BYTES, LOAD_WINDOW_BYTES);
    pings = new RoundTrips();
    LoopbackLink established =
        link.connect(payloads, new LoopbackLink.Ends(pings, new Arrivals(payloads, flow)));
    connected = established;
    System.out.println("# " + established.describe());
    if (load == Load.BUSY) {
      loading = new LinkLoad(established, flow, pings);
    }
  }

  /** A link that was not busy is not measured as one that was. */
  @TearDown(Level.Iteration)
  public void checkLoad() {
    if (loading != null) {
      System.out.print("(" + loading.progress() + " messages of load) ");
    }
  }

  @TearDown
  public void disconnect() {
    if (loading != null) {
      loading.close();
    }
    if (connected != null) {
      connected.close();
    }
  }

  /** A ping, until its answer is there. */
  @Benchmark
  public void roundTrip() {
    nonce++;
    Objects.requireNonNull(connected).ping(nonce);
    pings.await(nonce);
  }
}
