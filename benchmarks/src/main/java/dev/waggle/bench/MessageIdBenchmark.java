package dev.waggle.bench;

import dev.waggle.bench.workload.FreshPayloads;
import dev.waggle.bench.workload.Settings;
import dev.waggle.domain.naming.MessageIds;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Ids of messages that one core computes: no core of a node can spread more.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main MessageIdBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MessageIdBenchmark {
  @Param({"256", "65536"})
  private int bytes = 65_536;

  private final MessageIds ids = new MessageIds(Settings.defaultSuite().hash());
  private FreshPayloads payloads = new FreshPayloads(bytes);

  @Setup
  public void prepare() {
    payloads = new FreshPayloads(bytes);
  }

  /** The id of a message that is not in the caches. */
  @Benchmark
  public MessageId id() {
    return ids.of(new GossipMessage.Transaction(Bytes.wrap(payloads.next())));
  }
}
