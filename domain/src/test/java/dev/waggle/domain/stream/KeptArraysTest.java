package dev.waggle.domain.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.ports.testkit.wire.WireBytes;
import dev.waggle.ports.testkit.wire.WireSamples;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireMessage;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which payloads keep the array in which they arrived, and which are copied to one of their own.
 */
class KeptArraysTest {
  private final RecordBuffers buffers = new RecordBuffers();
  private final BincodeCodec codec = new BincodeCodec();
  private final MessageReader reader =
      new MessageReader(codec, WireSamples.FEATURES, buffers, AssemblyMemory.UNBOUNDED);

  @Test
  void recordsAreExpectedToHoldOneMessage_asLongAsTheLongOnesDo() throws MalformedMessage {
    assertThat(reader.expectsOneMessage(60_000)).as("nothing came yet").isFalse();
    take(block(60_000));
    assertThat(reader.expectsOneMessage(60_000)).isTrue();
    assertThat(reader.expectsOneMessage(16_383)).as("too short").isFalse();
    take(block(100));
    assertThat(reader.expectsOneMessage(16_384)).as("a short one says nothing").isTrue();
    take(block(20_000), block(20_000));
    assertThat(reader.expectsOneMessage(60_000)).as("two").isFalse();
    take(block(20_000));
    assertThat(reader.expectsOneMessage(60_000)).isTrue();
    take(block(20_000), new WireMessage.Ping(1));
    assertThat(reader.expectsOneMessage(60_000)).as("another behind it").isFalse();
    take(block(20_000));
    take(new WireMessage.Ping(1), block(20_000));
    assertThat(reader.expectsOneMessage(60_000)).as("another before it").isFalse();
    take(block(20_000));
    take(smallOnes(20_000));
    assertThat(reader.expectsOneMessage(60_000)).as("many").isFalse();
  }

  @Test
  void inTheMidstOfAMessage_nothingElseIsExpected() throws MalformedMessage {
    take(block(60_000));
    byte[] cut = Arrays.copyOf(stream(block(60_000)), 10_000);
    reader.feed(cut, 0, cut.length);
    assertThat(reader.next()).isNull();

    assertThat(reader.expectsOneMessage(50_003)).isFalse();
  }

  @Test
  void messageThatFillsAGivenArray_keepsIt() throws MalformedMessage {
    byte[] record = stream(block(60_000));
    reader.give(record);

    assertThat(arrayOf(reader.next())).isSameAs(record);
    assertThat(reader.next()).isNull();
  }

  @Test
  void smallMessages_holdNoLargeArray() throws MalformedMessage {
    reader.give(stream(smallOnes(40_000)));

    int messages = 0;
    for (WireMessage message = reader.next(); message != null; message = reader.next()) {
      assertThat(arrayOf(message)).hasSize(256);
      messages++;
    }
    assertThat(messages).isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {16_384, 60_000, 100_000, 1_000_000, 8_000_000})
  void longMessageOfManyRecords_keepsTheArrayInWhichItWasPutTogether(int bytes)
      throws MalformedMessage {
    byte[] stream = stream(block(bytes));
    List<WireMessage> messages = new ArrayList<>();
    for (int at = 0; at < stream.length; at += 10_000) {
      reader.feed(stream, at, Math.min(10_000, stream.length - at));
      drainInto(messages);
    }

    assertThat(messages.equals(List.of(block(bytes)))).isTrue();
    assertThat(arrayOf(messages.getFirst())).hasSize(codec.encodedLength(block(bytes)));
    assertThat(buffers.lentBytes()).isZero();
  }

  /** Else a stolen buffer would be somebody else's payload. */
  @Test
  void keptArrays_areNeverUsedAgain() throws MalformedMessage {
    List<WireMessage> messages = new ArrayList<>();
    List<WireMessage> sent = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      for (int bytes : new int[] {100, 4_200, 5_000, 16_384, 65_000, 300_000}) {
        WireMessage message = block(bytes + i);
        byte[] stream = stream(message);
        int cut = stream.length / 2;
        reader.feed(stream, 0, cut);
        drainInto(messages);
        reader.give(Arrays.copyOfRange(stream, cut, stream.length));
        drainInto(messages);
        sent.add(message);
      }
    }

    assertThat(messages.equals(sent)).isTrue();
  }

  @Test
  void whatWasTaken_isForgotten() throws MalformedMessage {
    WeakReference<byte[]> whole = new WeakReference<>(giveAndTake(stream(block(60_000))));
    awaitCollected(whole);

    byte[] stream = stream(block(60_000));
    WeakReference<byte[]> cut = new WeakReference<>(giveAndTake(Arrays.copyOf(stream, 20_000)));
    awaitCollected(cut);
  }

  private byte[] giveAndTake(byte[] record) throws MalformedMessage {
    reader.give(record);
    drainInto(new ArrayList<>());
    return record;
  }

  private static void awaitCollected(WeakReference<byte[]> array) {
    for (int i = 0; i < 10 && array.get() != null; i++) {
      System.gc();
    }
    assertThat(array.get()).isNull();
  }

  private static WireMessage block(int bytes) {
    return WireSamples.gossip(GossipMessage.Kind.BLOCK, bytes);
  }

  private static WireMessage[] smallOnes(int bytes) {
    WireMessage[] messages = new WireMessage[bytes / 256];
    Arrays.fill(messages, block(256));
    return messages;
  }

  /** Feeds a record, and takes what it holds. */
  private void take(WireMessage... messages) throws MalformedMessage {
    byte[] record = stream(messages);
    reader.feed(record, 0, record.length);
    List<WireMessage> taken = new ArrayList<>();
    drainInto(taken);
    assertThat(taken).hasSize(messages.length);
  }

  private void drainInto(List<WireMessage> messages) throws MalformedMessage {
    for (WireMessage message = reader.next(); message != null; message = reader.next()) {
      messages.add(message);
    }
  }

  private byte[] stream(WireMessage... messages) {
    WireBytes out = new WireBytes();
    for (WireMessage message : messages) {
      MessageLength.put(codec.encodedLength(message), out);
      codec.encode(message, out);
    }
    return out.toArray();
  }

  private static byte[] arrayOf(@Nullable WireMessage message) {
    byte[][] array = new byte[1][];
    ((WireMessage.Gossip) Objects.requireNonNull(message))
        .message()
        .payload()
        .lendTo((lent, offset, length) -> array[0] = lent);
    return array[0];
  }
}
