package dev.waggle.bench;

import dev.waggle.domain.channel.SecureChannel;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.domain.stream.MessageWriter;
import dev.waggle.domain.stream.RecordOutput;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.SecretBytes;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * Serialize, seal and frame: the sender's part of the hot path, up to the socket. Compare its bytes
 * a second with {@code openssl speed -evp aes-256-gcm -bytes 16384}.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main RecordBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RecordBenchmark {
  /** Different payloads, so that none stays in the nearest cache for its own sake. */
  private static final int PAYLOADS = 64;

  @Param({"256", "65536"})
  private int payloadBytes = 256;

  private final WireMessage[] messages = new WireMessage[PAYLOADS];
  private MessageWriter writer = writer();
  private int next;

  @Setup(Level.Trial)
  public void makeMessages() {
    Random random = new Random(1);
    for (int i = 0; i < PAYLOADS; i++) {
      byte[] payload = new byte[payloadBytes];
      random.nextBytes(payload);
      messages[i] = new WireMessage.Gossip(new GossipMessage.Transaction(Bytes.wrap(payload)));
    }
    writer = writer();
  }

  private static MessageWriter writer() {
    SecureChannel channel =
        new SecureChannel(
            Settings.defaultSuite(),
            SecretBytes.wrap(new byte[32]),
            SecretBytes.wrap(new byte[] {1, 2, 3}));
    return new MessageWriter(new BincodeCodec(), channel.sealer(), new RecordBuffers());
  }

  /** One message into the open record; a full record is sealed and handed out. */
  @Benchmark
  public void serializeSealFrame(Blackhole socket) {
    RecordOutput out = socket::consume;
    writer.append(messages[next++ % PAYLOADS], out);
  }
}
