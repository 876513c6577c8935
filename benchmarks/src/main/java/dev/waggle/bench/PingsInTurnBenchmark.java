package dev.waggle.bench;

import dev.waggle.bench.link.Contender;
import dev.waggle.bench.link.LoopbackLink;
import dev.waggle.bench.workload.Flow;
import dev.waggle.bench.workload.Payloads;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main -f 1 PingsInTurnBenchmark
 * </pre>
 *
 * <p>One operation is a slice of pings over either link, of which only that one is loaded
 * meanwhile. Slices are short, and each has a new thread for its load: where the scheduler puts
 * that among the I/O threads decides how long pings take, and stays so while it runs.
 *
 * <p>A ping goes out every half millisecond, which is about what a busy link takes to answer, or
 * when the one before is answered, if that is later. One after the other at once would ask a link
 * most often while its load pauses, when answers take a tenth of that, and so make the percentile
 * of one whose load pauses more that of fewer pings over a busy link.
 *
 * <p>{@code nettyP99Nanos} and {@code nioP99Nanos} are the 99th percentiles of all pings of an
 * iteration, {@code p99Ratio} is the one by the other, and each has its error beside it: {@link
 * Tail} says how. So an iteration is long, and there is one; JMH would add up what several tell.
 */
@State(Scope.Benchmark)
@Threads(1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 1, time = 60)
public class PingsInTurnBenchmark extends AmpleFork {
  /** Before pings count: until the load has filled queue and sockets. */
  private static final long MARGIN_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

  private static final long TIMED_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** From one ping to the next at least. */
  private static final long PACE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

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

  /** Round trips of an iteration, and what they tell at its end. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Times {
    private final Tail netty = new Tail();
    private final Tail nio = new Tail();
    private int slices;
    private Tail.@Nullable Comparison compared;

    @Setup(Level.Iteration)
    public void forget() {
      netty.clear();
      nio.clear();
      slices = 0;
      compared = null;
    }

    public double nettyP99Nanos() {
      return compared().one().value();
    }

    public double nettyP99NanosError() {
      return compared().one().error();
    }

    public double nioP99Nanos() {
      return compared().other().value();
    }

    public double nioP99NanosError() {
      return compared().other().error();
    }

    public double p99Ratio() {
      return compared().ratio().value();
    }

    public double p99RatioError() {
      return compared().ratio().error();
    }

    private Tail.Comparison compared() {
      if (compared == null) {
        compared = Tail.compare(netty, nio, slices);
      }
      return compared;
    }
  }

  /** A slice of pings over either link. */
  @Benchmark
  public void slices(Times times) {
    nioFirst = !nioFirst;
    if (nioFirst) {
      Objects.requireNonNull(nio).ping(times.nio, times.slices);
      Objects.requireNonNull(netty).ping(times.netty, times.slices);
    } else {
      Objects.requireNonNull(netty).ping(times.netty, times.slices);
      Objects.requireNonNull(nio).ping(times.nio, times.slices);
    }
    times.slices++;
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

    void ping(Tail tail, int slice) {
      try (LinkLoad load = new LinkLoad(link, flow, pings)) {
        long beginning = System.nanoTime();
        long due = beginning;
        while (due - beginning < MARGIN_NANOS + TIMED_NANOS) {
          long start = await(due);
          roundTrip();
          long end = System.nanoTime();
          if (start - beginning >= MARGIN_NANOS) {
            tail.add(slice, end - start);
          }
          due = Math.max(end, start + PACE_NANOS);
        }
        var _ = load.progress(); // a link that was not busy is not measured as one that was
      }
      roundTrip(); // behind all that is left of the load
    }

    /** Sleeps until it is time; returns what time it is. */
    private long await(long due) {
      long now = System.nanoTime();
      while (due - now > 0) {
        LockSupport.parkNanos(this, due - now);
        now = System.nanoTime();
      }
      return now;
    }

    private void roundTrip() {
      nonce++;
      link.ping(nonce);
      pings.await(nonce);
    }
  }
}
