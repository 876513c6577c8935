package dev.waggle.bench;

import dev.waggle.bench.workload.Messages;
import dev.waggle.bench.workload.Payloads;
import dev.waggle.domain.session.Session;
import dev.waggle.domain.session.SessionOutput;
import dev.waggle.ports.wire.WireMessage;
import java.nio.ByteBuffer;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Two sessions back to back on one thread, without sockets: all that a link computes for a message,
 * at both ends.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main SessionBenchmark</pre>
 *
 * <p>A record goes from one session's output straight into the other's input. One operation is one
 * message: encoded, sealed, framed, deframed, opened, decoded.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SessionBenchmark extends AmpleFork {
  @Param({"256", "1024", "16384", "65536", "1048576"})
  private int bytes = 256;

  private Messages messages = new Messages(new Payloads(bytes));
  private SessionPair sessions = SessionPair.establish();
  private @Nullable SessionOutput wire;
  private long number;

  @Setup
  public void establish(Blackhole application) {
    messages = new Messages(new Payloads(bytes));
    sessions = SessionPair.establish();
    wire = wireTo(sessions.receiver(), application);
  }

  private static SessionOutput wireTo(Session receiver, Blackhole application) {
    SessionOutput delivery =
        new EstablishedOutput() {
          @Override
          public void deliver(WireMessage message) {
            application.consume(message);
          }
        };
    return new EstablishedOutput() {
      @Override
      public void write(ByteBuffer record) {
        receiver.receive(record, delivery);
      }
    };
  }

  /** One message into the open record; a full record goes through the other session at once. */
  @Benchmark
  public void message() {
    sessions.sender().send(messages.of(number++), Objects.requireNonNull(wire));
  }
}
