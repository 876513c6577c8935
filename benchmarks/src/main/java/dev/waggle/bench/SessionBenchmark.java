package dev.waggle.bench;

import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.domain.handshake.HandshakeWork;
import dev.waggle.domain.session.Session;
import dev.waggle.domain.session.SessionAgreement;
import dev.waggle.domain.session.SessionFailure;
import dev.waggle.domain.session.SessionOutput;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
@Fork(2)
public class SessionBenchmark {
  @Param({"256", "1024", "16384", "65536", "1048576"})
  private int bytes = 256;

  private WireMessage[] messages = new WireMessage[0];
  private @Nullable Side alice;
  private int next;

  @Setup
  public void establish(Blackhole application) {
    Payloads payloads = new Payloads(bytes);
    messages = new WireMessage[payloads.count()];
    for (int i = 0; i < messages.length; i++) {
      Bytes payload = Bytes.wrap(payloads.of(i));
      messages[i] = new WireMessage.Gossip(new GossipMessage.Transaction(payload));
    }
    SessionSettings settings = Settings.session();
    RecordBuffers buffers = new RecordBuffers();
    Side initiator =
        new Side(
            Session.initiator(settings, settings.handshake().suites().getFirst(), null, buffers, 0),
            application);
    Side responder = new Side(Session.responder(Settings.session(), buffers, 0), application);
    initiator.peer = responder;
    responder.peer = initiator;
    responder.session.start(responder);
    initiator.session.start(initiator);
    while (initiator.work() || responder.work()) {
      // each step of one side may give the other something to do
    }
    if (!initiator.established || !responder.established) {
      throw new IllegalStateException("no handshake");
    }
    alice = initiator;
  }

  /** One message into the open record; a full record goes through the other session at once. */
  @Benchmark
  public void message() {
    Side sender = Objects.requireNonNull(alice);
    sender.session.send(messages[next++ & (messages.length - 1)], sender);
  }

  /** A session, and what it wants done. */
  private static final class Side implements SessionOutput {
    private final Session session;
    private final Blackhole application;
    private final Queue<Runnable> later = new ArrayDeque<>();
    private @Nullable Side peer;
    private boolean established;

    Side(Session session, Blackhole application) {
      this.session = session;
      this.application = application;
    }

    /** Does what could not be done inside a call of the session; false if there was nothing. */
    boolean work() {
      Runnable task = later.poll();
      if (task != null) {
        task.run();
      }
      return task != null;
    }

    @Override
    public void write(ByteBuffer borrowed) {
      Side other = Objects.requireNonNull(peer);
      if (other.established) {
        other.session.receive(borrowed, other);
        return;
      }
      ByteBuffer copy = ByteBuffer.allocate(borrowed.remaining()).put(borrowed).flip();
      later.add(() -> other.session.receive(copy, other));
    }

    @Override
    public void deliver(WireMessage message) {
      application.consume(message);
    }

    @Override
    public void compute(HandshakeWork work) {
      later.add(() -> session.resume(work.compute(), this));
    }

    @Override
    public void established(SessionAgreement agreement) {
      established = true;
    }

    @Override
    public void reading(boolean wanted) {}

    @Override
    public void failed(SessionFailure failure) {
      throw new IllegalStateException(failure.detail());
    }
  }
}
