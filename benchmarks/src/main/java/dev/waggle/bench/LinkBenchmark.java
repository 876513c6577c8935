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
 * Messages a second over one established connection on loopback: Waggle over each of its
 * transports, and Netty plain and with TLS 1.3 as peers.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main .LinkBenchmark</pre>
 *
 * and for a look at two of them:
 *
 * <pre>
 * java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main .LinkBenchmark \
 *     -p link=WAGGLE_NIO,BORINGSSL_NIO -p bytes=256 -wi 3 -i 3 -f 1
 * </pre>
 *
 * <p>One link has the JVM for itself, for profilers and to see what it makes alone. To compare
 * links, measure them in turn, with {@link LinksInTurnBenchmark}: a shared machine differs from
 * itself by more than links do from each other.
 *
 * <p>Three threads take part, as in a node: one has the messages, one I/O thread sends, one
 * receives. Waggle's path is the product's own: real handshake, {@code Session} over {@code
 * Transport}, Bincode, records, and messages that wait in a queue until the I/O thread drains it.
 * The node's decisions are {@link GossipBenchmark}'s matter.
 *
 * <p>The peers are favoured where there is a choice: they frame by four bytes, get their messages
 * through the same queue, flush once a drain, make no promises, copy each payload once into a
 * direct buffer and once out of it. TLS then has as many messages at hand as Waggle has, and Netty
 * fills records of up to 16 KiB, the most that TLS allows, from messages smaller than that. {@link
 * Contender#BORINGSSL_PACKED_EPOLL} goes further than applications do, and packs messages into
 * buffers of exactly a record itself; {@link Contender#BORINGSSL_USUAL_EPOLL} is what applications
 * do. How strong the cipher is, {@code Tls} says.
 *
 * <p>For a transport, a codec or a suite of your own there is {@link PartsBenchmark}.
 *
 * <p>An I/O facility that the machine lacks fails its own lines only. One operation is one message;
 * a sender is at most one {@link Flow window} ahead.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class LinkBenchmark extends AmpleFork {
  @Param private Contender link = Contender.WAGGLE_NIO;

  @Param({"256", "1024", "16384", "65536", "1048576"})
  private int bytes = 256;

  private Flow flow = new Flow(bytes);
  private @Nullable LoopbackLink connected;

  @Setup
  public void connect() {
    Payloads payloads = new Payloads(bytes);
    flow = new Flow(bytes);
    Arrivals arrivals = new Arrivals(payloads, flow);
    connected = link.connect(payloads, new LoopbackLink.Ends(arrivals, arrivals));
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
