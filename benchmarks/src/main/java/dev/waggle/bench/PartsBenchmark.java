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
 * Messages a second over one link on loopback that is made of parts as a node finds them, by their
 * names: for a transport, a codec or a cipher suite of your own, whose jar is on the class path.
 *
 * <pre>
 * java -cp 'benchmarks/target/waggle/lib/*:mine.jar' org.openjdk.jmh.Main PartsBenchmark \
 *     -p transport=mine,nio -p bytes=256
 * </pre>
 *
 * <p>What is measured, and how, is the same as in {@link LinkBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class PartsBenchmark extends AmpleFork {
  @Param({"netty", "nio"})
  private String transport = "nio";

  @Param("bincode")
  private String codec = "bincode";

  @Param("mlkem768-mldsa65")
  private String suite = "mlkem768-mldsa65";

  @Param({"256", "65536"})
  private int bytes = 256;

  private Flow flow = new Flow(bytes);
  private @Nullable LoopbackLink connected;

  @Setup
  public void connect() {
    Payloads payloads = new Payloads(bytes);
    flow = new Flow(bytes);
    Arrivals arrivals = new Arrivals(payloads, flow);
    connected =
        Contender.connect(
            transport, codec, suite, payloads, new LoopbackLink.Ends(arrivals, arrivals));
    System.out.println("# " + connected.describe());
  }

  @TearDown
  public void disconnect() {
    if (connected != null) {
      connected.close();
    }
  }

  /** One message, from the thread that has it to the application at the other end. */
  @Benchmark
  public void message() {
    flow.awaitRoom();
    Objects.requireNonNull(connected).send();
  }
}
