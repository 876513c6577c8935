package dev.waggle.bench;

import dev.waggle.bench.link.Contender;
import dev.waggle.bench.link.LoopbackLink;
import dev.waggle.bench.workload.Flow;
import dev.waggle.bench.workload.Payloads;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * Pings over busy links, as {@link PingBenchmark} has them, over Waggle's Netty transport and its
 * own in turn.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main PingsInTurnBenchmark</pre>
 *
 * <p>One operation is a slice of pings over either link, of which only that one is loaded
 * meanwhile. {@code nettyP99Nanos} and {@code nioP99Nanos} are the 99th percentiles of an
 * iteration; where JMH prints them it adds those of all iterations up, so look at single ones.
 */
@State(Scope.Benchmark)
@Threads(1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 10, time = 2)
public class PingsInTurnBenchmark extends AmpleFork {
  /** Before pings count: until the load has filled queue and sockets. */
  private static final long MARGIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final long TIMED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** What Netty serves its sockets with. */
  public enum Io {
    EPOLL,
    NIO
  }

  @Param private Io io = Io.EPOLL;

  private @Nullable Slices netty;
  private @Nullable Slices nio;
  private boolean nioFirst;

  @Setup
  public void connect() {
    netty =
        new Slices(
            switch (io) {
              case EPOLL -> Contender.WAGGLE_NETTY_EPOLL;
              case NIO -> Contender.WAGGLE_NETTY_NIO;
            });
    nio = new Slices(Contender.WAGGLE_NIO);
  }

  @TearDown
  public void disconnect() {
    if (netty != null) {
      netty.link.close();
    }
    if (nio != null) {
      nio.link.close();
    }
  }

  /** Round trips of an iteration. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Times {
    private final Samples netty = new Samples();
    private final Samples nio = new Samples();

    @Setup(Level.Iteration)
    public void forget() {
      netty.count = 0;
      nio.count = 0;
    }

    public double nettyP99Nanos() {
      return netty.p99();
    }

    public double nioP99Nanos() {
      return nio.p99();
    }
  }

  /** A slice of pings over either link. */
  @Benchmark
  public void slices(Times times) {
    nioFirst = !nioFirst;
    if (nioFirst) {
      Objects.requireNonNull(nio).ping(times.nio);
      Objects.requireNonNull(netty).ping(times.netty);
    } else {
      Objects.requireNonNull(netty).ping(times.netty);
      Objects.requireNonNull(nio).ping(times.nio);
    }
  }

  /** A link that is loaded and pinged for a while, again and again. */
  private static final class Slices {
    private final Payloads payloads = new Payloads(PingBenchmark.LOAD_MESSAGE_BYTES);
    private final Flow flow =
        new Flow(PingBenchmark.LOAD_MESSAGE_BYTES, PingBenchmark.LOAD_WINDOW_BYTES);
    private final RoundTrips pings = new RoundTrips();
    private final LoopbackLink link;
    private long nonce;

    Slices(Contender contender) {
      link =
          contender.connect(payloads, new LoopbackLink.Ends(pings, new Arrivals(payloads, flow)));
      System.out.println("# " + link.describe());
    }

    void ping(Samples samples) {
      try (LinkLoad load = new LinkLoad(link, flow, pings)) {
        long start = System.nanoTime();
        long now = start;
        while (now - start < MARGIN_NANOS + TIMED_NANOS) {
          roundTrip();
          long after = System.nanoTime();
          if (now - start >= MARGIN_NANOS) {
            samples.add(after - now);
          }
          now = after;
        }
        var _ = load.progress(); // a link that was not busy is not measured as one that was
      }
      roundTrip(); // behind all that is left of the load
    }

    private void roundTrip() {
      nonce++;
      link.ping(nonce);
      pings.await(nonce);
    }
  }

  /** Figures, and what 99 of 100 do not exceed. */
  private static final class Samples {
    private long[] nanos = new long[1024];
    private int count;

    void add(long sample) {
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * count);
      }
      nanos[count++] = sample;
    }

    double p99() {
      long[] sorted = Arrays.copyOf(nanos, count);
      Arrays.sort(sorted);
      return count == 0 ? 0 : sorted[(int) (count * 0.99)];
    }
  }
}
