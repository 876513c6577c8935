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
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A record for each message, as on a link that is not busy: what a record costs besides its bytes.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main RecordBenchmark</pre>
 *
 * <p>One operation is one message, encoded, sealed and put into native memory as a record of its
 * own, and the way back. {@code sealNanos} and {@code openNanos} are how much of a second each
 * takes. Compare with {@link HotPathBenchmark}, where messages share records.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordBenchmark extends AmpleFork {
  /** More than the largest record has around its message. */
  private static final int OVERHEAD_BYTES = 1024;

  /** Messages that fit into one record. */
  @Param({"256", "32768"})
  private int bytes = 256;

  private Messages messages = new Messages(new Payloads(bytes));
  private SessionPair sessions = SessionPair.establish();
  private long number;

  @Setup
  public void establish() {
    messages = new Messages(new Payloads(bytes));
    sessions = SessionPair.establish();
  }

  /** Where the time goes. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Costs {
    public long sealNanos;
    public long openNanos;
    public long records;
  }

  /** Native memory, and the application behind it. */
  @State(Scope.Thread)
  public static class Wire extends EstablishedOutput {
    private ByteBuffer buffer = ByteBuffer.allocateDirect(0);
    private @Nullable Blackhole application;
    private int records;
    private int delivered;

    @Setup
    public void open(RecordBenchmark benchmark, Blackhole blackhole) {
      buffer = ByteBuffer.allocateDirect(benchmark.bytes + OVERHEAD_BYTES);
      application = blackhole;
    }

    @Override
    public void write(ByteBuffer record) {
      buffer.put(record);
      records++;
    }

    @Override
    public void deliver(WireMessage message) {
      delivered++;
      if (application != null) {
        application.consume(message);
      }
    }
  }

  /** One message in one record, there and back. */
  @Benchmark
  public void message(Wire wire, Costs costs) {
    wire.buffer.clear();
    wire.records = 0;
    wire.delivered = 0;
    long start = System.nanoTime();
    sessions.sender().send(messages.of(number++), wire);
    sessions.sender().flush(wire);
    long between = System.nanoTime();
    sessions.receiver().receive(wire.buffer.flip(), wire);
    costs.sealNanos += between - start;
    costs.openNanos += System.nanoTime() - between;
    costs.records++;
    if (wire.records != 1 || wire.delivered != 1) {
      throw new IllegalStateException(
          wire.delivered + " messages in " + wire.records + " records, not one in one");
    }
  }
}
