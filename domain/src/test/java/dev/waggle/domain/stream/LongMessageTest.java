package dev.waggle.domain.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.channel.SecureChannel;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.domain.frame.FrameBounds;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.SecretBytes;
import dev.waggle.ports.testkit.wire.WireSamples;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireMessage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of many records: sealed no faster than they are taken, put together in granted room. */
class LongMessageTest {
  private static final WireMessage LONG = WireSamples.gossip(GossipMessage.Kind.BLOCK, 1_000_000);
  private static final WireMessage PING = new WireMessage.Ping(7);

  private final RecordBuffers buffers = new RecordBuffers();
  private final BincodeCodec codec = new BincodeCodec();
  private final Memory memory = new Memory();
  private final SecureChannel ours = channel(1, 2);
  private final SecureChannel theirs = channel(2, 1);
  private final MessageWriter writer = new MessageWriter(codec, ours.sealer(), buffers);
  private final MessageReader reader =
      new MessageReader(codec, WireSamples.FEATURES, buffers, memory);
  private final Wire wire = new Wire();

  private static SecureChannel channel(int send, int receive) {
    return new SecureChannel(
        ToySuite.create(),
        SecretBytes.wrap(new byte[] {(byte) send}),
        SecretBytes.wrap(new byte[] {(byte) receive}));
  }

  @Test
  void whatTheOutputDoesNotTake_staysUnsealed_andHoldsNoBuffer() {
    wire.room = 2;
    assertThat(writer.append(PING, wire)).isTrue();
    assertThat(writer.append(LONG, wire)).isFalse();
    writer.flush(wire);

    assertThat(wire.records).hasSize(2);
    assertThat(buffers.lentBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void aLongMessage_goesOnAsTheOutputTakesIt(int roomAtATime) throws MalformedMessage {
    writer.append(PING, wire);
    wire.room = roomAtATime;
    writer.append(LONG, wire);
    while (!writer.appendRest(wire)) {
      assertThat(wire.room).isZero();
      wire.room = roomAtATime;
    }
    writer.append(PING, wire);
    writer.flush(wire);

    assertThat(readAll()).isEqualTo(List.of(PING, LONG, PING));
    assertThat(wire.records.subList(0, wire.records.size() - 1))
        .allSatisfy(record -> assertThat(record).hasSize(FrameBounds.MAX_PLAINTEXT_BYTES));
  }

  @Test
  void theNextMessage_pushesTheRestOut() throws MalformedMessage {
    wire.room = 1;
    assertThat(writer.append(LONG, wire)).isFalse();
    assertThat(writer.append(PING, wire)).isTrue();
    writer.append(LONG, wire);
    assertThat(writer.append(LONG, wire)).isFalse();
    assertThat(writer.appendRest(wire)).as("nothing was taken since").isFalse();
    wire.room = Integer.MAX_VALUE;
    assertThat(writer.appendRest(wire)).isTrue();
    writer.flush(wire);

    assertThat(readAll()).isEqualTo(List.of(LONG, PING, LONG, LONG));
    assertThat(wire.records.subList(0, wire.records.size() - 1))
        .allSatisfy(record -> assertThat(record).hasSize(FrameBounds.MAX_PLAINTEXT_BYTES));
  }

  @Test
  void secondLongStringOfOneMessage_pushesTheRestOfTheFirstOut() {
    RecordWriter records = new RecordWriter(ours.sealer(), buffers);
    records.outputTo(wire);
    wire.room = 1;
    for (int fill = 1; fill <= 2; fill++) {
      byte[] part = new byte[200_000];
      Arrays.fill(part, (byte) fill);
      records.putBytes(Bytes.wrap(part));
    }
    wire.room = Integer.MAX_VALUE;
    assertThat(records.putRest()).isTrue();
    records.flush();

    ByteArrayOutputStream all = new ByteArrayOutputStream();
    wire.records.forEach(all::writeBytes);
    byte[] expected = new byte[400_000];
    Arrays.fill(expected, 0, 200_000, (byte) 1);
    Arrays.fill(expected, 200_000, 400_000, (byte) 2);
    assertThat(all.toByteArray()).isEqualTo(expected);
  }

  @Test
  void whoeverGoesOn_isHandedTheRecords() {
    assertThat(writer.appendRest(wire)).as("nothing was begun").isTrue();
    Wire second = new Wire();
    Wire third = new Wire();
    wire.room = 1;
    writer.append(LONG, wire);
    assertThat(writer.appendRest(second)).isTrue();
    writer.endKey(third);

    assertThat(wire.records).hasSize(1);
    assertThat(second.records).hasSize(14);
    assertThat(third.records).hasSize(1);
  }

  @Test
  void memoryForALongMessage_isAskedForAsItArrives_andGivenBack() throws MalformedMessage {
    writer.append(LONG, wire);
    writer.flush(wire);

    assertThat(readAll()).isEqualTo(List.of(LONG));
    assertThat(memory.asked).containsExactly(262_272L, codec.encodedLength(LONG) - 262_272L);
    assertThat(memory.held).isZero();
  }

  @Test
  void messagesOfOneRecord_askForNothing() throws MalformedMessage {
    for (int i = 0; i < 20; i++) {
      writer.append(WireSamples.gossip(GossipMessage.Kind.BLOCK, 60_000), wire);
    }
    writer.flush(wire);

    assertThat(readAll()).hasSize(20);
    assertThat(memory.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 20_000, 65_599})
  void messagesThatWouldFitIntoARecord_askForNothing_howeverTheyAreCut(int cut)
      throws MalformedMessage {
    writer.append(
        WireSamples.gossip(GossipMessage.Kind.BLOCK, FrameBounds.MAX_PLAINTEXT_BYTES - 19), wire);
    writer.flush(wire);
    byte[] whole = wire.records.removeFirst();
    wire.records.add(Arrays.copyOfRange(whole, 0, cut));
    wire.records.add(Arrays.copyOfRange(whole, cut, whole.length));

    assertThat(readAll()).hasSize(1);
    assertThat(memory.asked).isEmpty();
  }

  @Test
  void everyMessageWhosePayloadDoesNotFitIntoARecord_asks() throws MalformedMessage {
    writer.append(
        WireSamples.gossip(GossipMessage.Kind.BLOCK, FrameBounds.MAX_PLAINTEXT_BYTES + 1), wire);
    writer.flush(wire);

    assertThat(readAll()).hasSize(1);
    assertThat(memory.asked).containsExactly(FrameBounds.MAX_PLAINTEXT_BYTES + 1 + 16L);
  }

  @Test
  void withoutMemory_theMessageIsNotRead() throws MalformedMessage {
    writer.append(LONG, wire);
    writer.flush(wire);
    memory.free = 500_000;

    assertThat(readAll()).isEmpty();
    assertThat(reader.refusedBytes()).isEqualTo(codec.encodedLength(LONG));
    assertThat(buffers.lentBytes()).isEqualTo(memory.held);
    reader.release();
    assertThat(memory.held).isZero();
  }

  private List<WireMessage> readAll() throws MalformedMessage {
    List<WireMessage> received = new ArrayList<>();
    for (byte[] record : wire.records) {
      reader.feed(record, 0, record.length);
      for (WireMessage message = reader.next(); message != null; message = reader.next()) {
        received.add(message);
      }
      if (reader.refusedBytes() > 0) {
        break;
      }
    }
    return received;
  }

  /** Opens the records that come out, and has room for some of them. */
  private final class Wire implements RecordOutput {
    private final List<byte[]> records = new ArrayList<>();
    private int room = Integer.MAX_VALUE;

    @Override
    public void write(ByteBuffer borrowed) {
      byte[] frame = new byte[borrowed.remaining()];
      borrowed.get(frame);
      byte[] plaintext = new byte[frame.length - 20];
      assertThat(theirs.opener().open(frame, frame.length - 4, plaintext, 0))
          .isEqualTo(plaintext.length);
      records.add(plaintext);
      room = Math.max(0, room - 1);
    }

    @Override
    public boolean takesMore() {
      return room > 0;
    }
  }

  private static final class Memory implements AssemblyMemory {
    private final List<Long> asked = new ArrayList<>();
    private long free = Long.MAX_VALUE;
    private long held;

    @Override
    public boolean takeMemory(long bytes) {
      asked.add(bytes);
      if (bytes > free) {
        return false;
      }
      free -= bytes;
      held += bytes;
      return true;
    }

    @Override
    public void giveMemoryBack(long bytes) {
      free += bytes;
      held -= bytes;
    }
  }
}
