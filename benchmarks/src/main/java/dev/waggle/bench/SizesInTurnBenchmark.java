package dev.waggle.bench;

import dev.waggle.bench.link.Contender;
import dev.waggle.bench.workload.Payloads;
import dev.waggle.ports.transport.Transport;
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
 * One kind of link with messages of four sizes, in turn: what do small and very large messages cost
 * beside those of 64 KiB?
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main SizesInTurnBenchmark</pre>
 *
 * <p>Each size has a connection of its own. One operation is a round of {@link LinkBursts}, of the
 * same bytes in messages of each size; {@code bytes256Nanos} and the like are how much of a second
 * each took for the {@code timedBytes} of a second. See {@link LinksInTurnBenchmark}.
 */
@State(Scope.Benchmark)
@Threads(1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 8, time = 1)
public class SizesInTurnBenchmark extends AmpleFork {
  private static final int TIMED_BYTES = 32 * 1024 * 1024;
  private static final int SMALL = 256;
  private static final int USUAL = 64 * 1024;
  private static final int LARGE = 1024 * 1024;

  @Param({"WAGGLE_NETTY_EPOLL", "WAGGLE_NETTY_NIO", "WAGGLE_NIO"})
  private Contender link = Contender.WAGGLE_NIO;

  private final List<Turn> turns = new ArrayList<>();
  private final Random random = new Random(1);

  private record Turn(int bytes, LinkBursts link) {}

  @Setup
  public void connect() {
    Transport near = link.transport();
    Transport far = link.transport();
    for (int bytes : new int[] {SMALL, USUAL, LARGE, LinksInTurnBenchmark.LARGEST}) {
      Payloads payloads = new Payloads(bytes);
      turns.add(
          new Turn(
              bytes,
              new LinkBursts(
                  payloads,
                  TIMED_BYTES / bytes,
                  ends -> Contender.connect(near, far, payloads, ends))));
    }
  }

  @TearDown
  public void disconnect() {
    turns.forEach(turn -> turn.link.close());
  }

  /** What was carried, and where the time went. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Costs {
    /** Of payloads, in messages of each size; those of the largest are a millionth less. */
    public long timedBytes;

    public long bytes256Nanos;
    public long bytes65536Nanos;
    public long bytes1048576Nanos;
    public long bytes8388544Nanos;

    private void add(int bytes, long nanos) {
      switch (bytes) {
        case SMALL -> bytes256Nanos += nanos;
        case USUAL -> bytes65536Nanos += nanos;
        case LARGE -> bytes1048576Nanos += nanos;
        default -> bytes8388544Nanos += nanos;
      }
    }
  }

  /** A burst of messages of each size. */
  @Benchmark
  public void round(Costs costs) {
    Collections.shuffle(turns, random);
    for (Turn turn : turns) {
      costs.add(turn.bytes, turn.link.carry());
    }
    costs.timedBytes += TIMED_BYTES;
  }
}
