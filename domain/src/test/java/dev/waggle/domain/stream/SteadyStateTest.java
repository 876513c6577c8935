package dev.waggle.domain.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.channel.CountingAead;
import dev.waggle.domain.channel.SecureChannel;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.domain.frame.FrameBounds;
import dev.waggle.domain.frame.FrameReader;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.ports.crypto.SecretBytes;
import dev.waggle.ports.testkit.wire.WireSamples;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireMessage;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hot path makes no garbage: what it allocates is what it delivers. */
class SteadyStateTest {
  private static final int ROUNDS = 100;

  /** For whatever the JVM does on the side, far less than one byte a message. */
  private static final long SLACK_BYTES = 64 * 1024;

  /** A message, its gossip, its payload and the array of that: their headers and fields. */
  private static final int OBJECTS_BYTES = 4 * 24;

  private final RecordBuffers buffers = new RecordBuffers();
  private final BincodeCodec codec = new BincodeCodec();
  private final SecureChannel channel =
      new SecureChannel(
          new CountingAead().in(ToySuite.create()),
          SecretBytes.wrap(new byte[32]),
          SecretBytes.wrap(new byte[32]));
  private final MessageWriter writer = new MessageWriter(codec, channel.sealer(), buffers);
  private final MessageReader reader =
      new MessageReader(codec, WireSamples.FEATURES, buffers, AssemblyMemory.UNBOUNDED);
  private final FrameReader frames = new FrameReader(buffers);
  private final ByteBuffer wire = ByteBuffer.allocate(4 * 1024 * 1024);
  private final byte[] plaintext = new byte[FrameBounds.MAX_PLAINTEXT_BYTES];
  private final RecordOutput output = wire::put;
  private long delivered;

  @ParameterizedTest
  @ValueSource(ints = {0, 256, 10_000, 65_536, 1_000_000})
  void sending_allocatesNothing(int payloadBytes) {
    WireMessage message = WireSamples.gossip(GossipMessage.Kind.BLOCK, payloadBytes);
    send(message);

    long before = allocatedBytes();
    for (int i = 0; i < ROUNDS; i++) {
      send(message);
    }
    assertThat(allocatedBytes() - before).isLessThan(SLACK_BYTES);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256, 10_000, 65_536, 1_000_000})
  void receiving_allocatesTheMessagesAndNothingElse(int payloadBytes) throws MalformedMessage {
    frames.expect(FrameBounds.RECORD);
    send(WireSamples.gossip(GossipMessage.Kind.BLOCK, payloadBytes));
    receive();

    long deliveredBefore = delivered;
    long before = allocatedBytes();
    for (int i = 0; i < ROUNDS; i++) {
      receive();
    }
    long messages = delivered - deliveredBefore;
    assertThat(messages).isPositive();
    assertThat(allocatedBytes() - before)
        .isLessThan(messages * (payloadBytes + OBJECTS_BYTES) + SLACK_BYTES);
  }

  /** Sends as many messages as two records hold, and at least three. */
  private void send(WireMessage message) {
    wire.clear();
    int count = Math.max(3, 2 * FrameBounds.MAX_PLAINTEXT_BYTES / codec.encodedLength(message));
    for (int i = 0; i < count; i++) {
      writer.append(message, output);
    }
    writer.flush(output);
    wire.flip();
  }

  /** Receives what was sent, in pieces that cut records anywhere. */
  private void receive() throws MalformedMessage {
    int end = wire.limit();
    wire.rewind();
    while (wire.position() < end) {
      wire.limit(Math.min(end, wire.position() + 50_000));
      while (wire.hasRemaining() && frames.read(wire) == FrameReader.Progress.COMPLETE) {
        int length = channel.opener().open(frames.frame(), frames.length(), plaintext, 0);
        reader.feed(plaintext, 0, length);
        while (reader.next() != null) {
          delivered++;
        }
        frames.release();
      }
    }
    wire.limit(end);
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
