package dev.waggle.bench;

import dev.waggle.bench.workload.Payloads;
import dev.waggle.bench.workload.Settings;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.domain.session.Session;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.Aead;
import dev.waggle.ports.crypto.SecretBytes;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One block of 64 KiB made ready for the sockets of 50 peers; beside it the 50 seals that no such
 * fan-out can do without, which it should exceed by little.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main FanOutBenchmark</pre>
 *
 * <p>{@code block} is what a link's drain does, once for each: send to the session, flush. The
 * sessions share buffers, as those of one I/O thread do. {@code seals} encrypts 64 KiB in place,
 * again and again in the same array, under a key for each peer. One operation is all 50.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FanOutBenchmark {
  private static final int PEERS = 50;
  private static final int BLOCK_BYTES = 64 * 1024;
  private static final int HEADER_BYTES = 4;
  private static final int TAG_BYTES = 16;
  private static final int NONCE_BYTES = 12;

  private final List<WireMessage> blocks = new ArrayList<>();
  private final List<Session> sessions = new ArrayList<>();
  private final List<Aead.Sealer> sealers = new ArrayList<>();
  private final byte[] record = new byte[HEADER_BYTES + BLOCK_BYTES + TAG_BYTES];
  private final ByteBuffer nonce = ByteBuffer.allocate(NONCE_BYTES);
  private long counter;
  private int next;

  @Setup
  public void connect() {
    Random random = new Random(1);
    random.nextBytes(record);
    Payloads payloads = new Payloads(BLOCK_BYTES);
    for (int i = 0; i < payloads.count(); i++) {
      blocks.add(new WireMessage.Gossip(new GossipMessage.Block(Bytes.wrap(payloads.of(i)))));
    }
    SessionSettings settings = Settings.session();
    RecordBuffers buffers = new RecordBuffers();
    Aead aead = Settings.defaultSuite().aead();
    for (int i = 0; i < PEERS; i++) {
      sessions.add(SessionPair.establish(settings, buffers).sender());
      byte[] key = new byte[aead.keyLength()];
      random.nextBytes(key);
      sealers.add(aead.sealer(SecretBytes.wrap(key)));
    }
  }

  /** Serialized, sealed and framed for each peer. */
  @Benchmark
  public void block(Blackhole sockets) {
    WireMessage block = blocks.get(next++ & (blocks.size() - 1));
    EstablishedOutput out =
        new EstablishedOutput() {
          @Override
          public void write(ByteBuffer frame) {
            sockets.consume(frame);
          }
        };
    for (int i = 0; i < PEERS; i++) {
      Session session = sessions.get(i);
      session.send(block, out);
      session.flush(out);
    }
  }

  /** AES-256-GCM alone. */
  @Benchmark
  public byte[] seals() {
    for (int i = 0; i < PEERS; i++) {
      nonce.putLong(NONCE_BYTES - Long.BYTES, ++counter);
      sealers.get(i).seal(nonce.array(), record, 0, HEADER_BYTES, HEADER_BYTES, BLOCK_BYTES);
    }
    return record;
  }
}
