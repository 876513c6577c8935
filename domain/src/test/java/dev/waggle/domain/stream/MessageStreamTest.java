package dev.waggle.domain.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.fail;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.channel.SecureChannel;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.domain.frame.FrameBounds;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.SecretBytes;
import dev.waggle.ports.testkit.wire.WireSamples;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireBuffer;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageStreamTest {
  private static final int SMALLEST_BUFFER = 4096 + 128;
  private static final byte[] PING = Bytes.ofHex("00000000" + "0700000000000000").toArray();

  private final RecordBuffers buffers = new RecordBuffers();
  private final BincodeCodec codec = new BincodeCodec();
  private final SecureChannel ours = channel(1, 2);
  private final SecureChannel theirs = channel(2, 1);
  private final MessageWriter writer = new MessageWriter(codec, ours.sealer(), buffers);
  private final MessageReader reader =
      new MessageReader(codec, WireSamples.FEATURES, buffers, AssemblyMemory.UNBOUNDED);

  /** The plaintexts of the records that came out. */
  private final List<byte[]> records = new ArrayList<>();

  private static SecureChannel channel(int send, int receive) {
    return new SecureChannel(
        ToySuite.create(),
        SecretBytes.wrap(new byte[] {(byte) send}),
        SecretBytes.wrap(new byte[] {(byte) receive}));
  }

  private void open(ByteBuffer borrowed) {
    byte[] frame = new byte[borrowed.remaining()];
    borrowed.get(frame);
    byte[] plaintext = new byte[frame.length - 20];
    assertThat(theirs.opener().open(frame, frame.length - 4, plaintext, 0))
        .isEqualTo(plaintext.length);
    records.add(plaintext);
  }

  @Test
  void smallMessages_shareARecord() throws MalformedMessage {
    List<WireMessage> sent = WireSamples.small();
    sent.forEach(message -> writer.append(message, this::open));
    assertThat(records).as("the record is not full yet").isEmpty();

    writer.flush(this::open);
    assertThat(records).hasSize(1);
    assertThat(readAll()).isEqualTo(sent);
  }

  @Test
  void largeMessages_comeBack() throws MalformedMessage {
    List<WireMessage> sent = WireSamples.large();
    sent.forEach(message -> writer.append(message, this::open));
    writer.flush(this::open);

    assertThat(readAll().equals(sent)).isTrue();
  }

  @Test
  void messageThatFitsIntoARecord_liesInOne() throws MalformedMessage {
    int fitting = FrameBounds.MAX_PLAINTEXT_BYTES - 19;
    List<WireMessage> sent = new ArrayList<>();
    for (int payload :
        new int[] {
          fitting, 15_000, fitting, 10_000, 10_000, 60_000, 100, 64 * 1024, 20_000, 20_000, 20_000
        }) {
      sent.add(WireSamples.gossip(GossipMessage.Kind.BLOCK, payload));
    }
    sent.forEach(message -> writer.append(message, this::open));
    writer.flush(this::open);

    List<WireMessage> received = new ArrayList<>();
    for (byte[] record : records) {
      reader.feed(record, 0, record.length);
      drainInto(received);
      assertThat(buffers.lentBytes()).as("no message is cut").isZero();
    }
    assertThat(received.equals(sent)).isTrue();
    assertThat(records)
        .extracting(record -> record.length)
        .containsExactly(65_600, 15_018, 65_600, 20_036, 60_019, 117, 65_555, 60_057);
  }

  @ParameterizedTest
  @CsvSource({"127, 1", "128, 2", "16383, 2", "16384, 3", "20000, 3"})
  void messageThatLacksOneByteOfRoom_beginsAnotherRecord(int length, int lengthBytes) {
    int whole = lengthBytes + length;
    int used = FrameBounds.MAX_PLAINTEXT_BYTES - whole + 1;
    fill(used);
    writer.append(WireSamples.gossip(GossipMessage.Kind.BLOCK, length - 16), this::open);
    writer.flush(this::open);

    assertThat(records).extracting(record -> record.length).containsExactly(used, whole);
  }

  /** With messages that are too short to end a record. */
  private void fill(int bytes) {
    int left = bytes;
    while (left > 12_000) {
      writer.append(WireSamples.gossip(GossipMessage.Kind.BLOCK, 10_000), this::open);
      left -= 10_018;
    }
    writer.append(WireSamples.gossip(GossipMessage.Kind.BLOCK, left - 18), this::open);
  }

  @Test
  void longMessage_endsItsRecord_andAllRecordsButItsFirstAreExpected() throws MalformedMessage {
    List<WireMessage> sent =
        List.of(
            WireSamples.gossip(GossipMessage.Kind.BLOCK, 200_000),
            new WireMessage.Ping(1),
            WireSamples.gossip(GossipMessage.Kind.BLOCK, 70_000),
            new WireMessage.Ping(2));
    sent.forEach(message -> writer.append(message, this::open));
    writer.flush(this::open);

    List<WireMessage> received = new ArrayList<>();
    List<Boolean> expected = new ArrayList<>();
    for (byte[] record : records) {
      expected.add(take(record));
      drainInto(received);
    }
    assertThat(received).isEqualTo(sent);
    assertThat(records)
        .extracting(record -> record.length)
        .containsExactly(65_600, 65_600, 65_600, 65_600, 7_664);
    assertThat(expected).containsExactly(false, true, true, false, false);
    assertThat(buffers.lentBytes()).isZero();
  }

  @Test
  void messageThatEndsWithItsRecord_isFollowedByNoEmptyOne() throws MalformedMessage {
    WireMessage sent =
        WireSamples.gossip(GossipMessage.Kind.BLOCK, FrameBounds.MAX_PLAINTEXT_BYTES - 19);
    writer.append(sent, this::open);
    writer.flush(this::open);
    writer.flush(this::open);

    assertThat(records)
        .singleElement()
        .extracting(record -> record.length)
        .isEqualTo(FrameBounds.MAX_PLAINTEXT_BYTES);
    assertThat(readAll()).containsExactly(sent);
  }

  @Test
  void flush_handsOutToWhomItIsGiven() {
    writer.append(new WireMessage.Ping(1), record -> fail("too early, or the wrong one"));
    writer.flush(this::open);
    assertThat(records).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {-20, -3, -2, -1, 0, 1, 2, 3, 4, 8, 12, 20})
  void messagesAroundTheEndOfARecord_comeBack(int offset) throws MalformedMessage {
    // 3 bytes of length and 16 of tags and lengths surround a payload of almost a record.
    int payload = FrameBounds.MAX_PLAINTEXT_BYTES - 19 + offset;
    List<WireMessage> sent =
        List.of(
            WireSamples.gossip(GossipMessage.Kind.BLOCK, payload),
            new WireMessage.Ping(1),
            WireSamples.gossip(GossipMessage.Kind.BLOCK, 70_000),
            new WireMessage.Ping(2));
    sent.forEach(message -> writer.append(message, this::open));
    writer.flush(this::open);

    assertThat(readAll()).isEqualTo(sent);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void messagesOfAnySize_comeBackInOrder(long seed) throws MalformedMessage {
    SplittableRandom random = new SplittableRandom(seed);
    List<WireMessage> sent = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      int bound = 1 << random.nextInt(1, 18);
      sent.add(WireSamples.gossip(GossipMessage.Kind.TRANSACTION, random.nextInt(bound)));
      writer.append(sent.getLast(), this::open);
      if (random.nextInt(10) == 0) {
        writer.flush(this::open);
      }
    }
    writer.flush(this::open);

    assertThat(readAll()).isEqualTo(sent);
  }

  @Test
  void streamInPiecesOfOneByte_comesBack() throws MalformedMessage {
    List<WireMessage> sent = WireSamples.small();
    sent.forEach(message -> writer.append(message, this::open));
    writer.flush(this::open);

    List<WireMessage> received = new ArrayList<>();
    byte[] stream = records.getFirst();
    for (int i = 0; i < stream.length; i++) {
      reader.feed(stream, i, 1);
      drainInto(received);
    }
    assertThat(received).isEqualTo(sent);
  }

  @Test
  void messageOfAFeature_isReadWhereThatIsInForce_andNowhereElse() throws MalformedMessage {
    for (WireMessage message : WireSamples.small()) {
      int feature = Feature.of(message);
      byte[] stream = streamOf(message);
      assertThat(readWith(List.of(feature), stream)).isEqualTo(message);
      List<Integer> others = new ArrayList<>(WireSamples.FEATURES);
      if (others.removeIf(other -> other == feature)) {
        assertThatExceptionOfType(MalformedMessage.class)
            .as("%s", message)
            .isThrownBy(() -> readWith(others, stream))
            .withMessageContaining("0x%04x".formatted(feature));
      } else {
        assertThat(feature).isEqualTo(Feature.NONE);
        assertThat(readWith(List.of(), stream)).isEqualTo(message);
      }
    }
  }

  private byte[] streamOf(WireMessage message) {
    records.clear();
    writer.append(message, this::open);
    writer.flush(this::open);
    return records.getFirst();
  }

  private WireMessage readWith(List<Integer> features, byte[] stream) throws MalformedMessage {
    MessageReader one = new MessageReader(codec, features, buffers, AssemblyMemory.UNBOUNDED);
    one.feed(stream, 0, stream.length);
    return one.next();
  }

  @Test
  void flushWithoutMessages_sendsNothing() {
    writer.flush(this::open);
    writer.append(new WireMessage.GetAddr(), this::open);
    writer.flush(this::open);
    writer.flush(this::open);

    assertThat(records).hasSize(1);
  }

  @Test
  void idleStream_holdsNoBuffer() throws MalformedMessage {
    WireSamples.large().forEach(message -> writer.append(message, this::open));
    assertThat(buffers.lentBytes()).isPositive();

    writer.flush(this::open);
    readAll();
    assertThat(buffers.lentBytes()).isZero();
  }

  @Test
  void releasedStream_holdsNoBuffer() throws MalformedMessage {
    writer.append(new WireMessage.Ping(1), this::open);
    feed("0c" + "0000");
    assertThat(buffers.lentBytes()).isPositive();

    writer.release();
    reader.release();
    assertThat(buffers.lentBytes()).isZero();
  }

  @Test
  void length_isWrittenInTheFewestBytes() throws MalformedMessage {
    int[] lengths = {1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152, 8 * 1024 * 1024};
    String[] encoded = {"01", "7f", "8001", "ff7f", "808001", "ffff7f", "80808001", "80808004"};
    for (int i = 0; i < lengths.length; i++) {
      int length = lengths[i];
      records.clear();
      MessageWriter any = new MessageWriter(new Zeros(length, length), ours.sealer(), buffers);
      any.append(new WireMessage.GetAddr(), this::open);
      any.flush(this::open);
      assertThat(Bytes.wrap(records.getFirst()).hex()).startsWith(encoded[i] + "00");
      MessageReader back =
          new MessageReader(
              new Zeros(length, length), List.of(), buffers, AssemblyMemory.UNBOUNDED);
      int messages = 0;
      for (byte[] record : records) {
        back.feed(record, 0, record.length);
        messages += back.next() == null ? 0 : 1;
      }
      assertThat(messages).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00", // empty
        "8000", // empty, in two bytes
        "8c00", // 12 in two bytes
        "8c808000", // 12 in four bytes
        "80808080", // goes on after four bytes
        "ffffffff",
        "81808004", // 8 MiB and one byte
        "ffffff7f"
      })
  void lengthThatIsNone_isMalformedAtOnceAndTakesNoMemory(String stream) {
    assertThatExceptionOfType(MalformedMessage.class).isThrownBy(() -> feed(stream));
    assertThat(buffers.lentBytes()).isZero();
  }

  @Test
  void bodyThatIsNoMessage_isMalformed() {
    assertThatExceptionOfType(MalformedMessage.class).isThrownBy(() -> feed("04" + "ffffffff"));
  }

  @Test
  void lengthThatCutsAMessageShort_isMalformed() {
    assertThatExceptionOfType(MalformedMessage.class)
        .isThrownBy(() -> feed("0b" + "00000000" + "0700000000000000"));
  }

  @Test
  void memory_growsWithTheBytesThatArriveAndNotWithTheLengthPromised() throws MalformedMessage {
    feed("80808004");
    assertThat(buffers.lentBytes()).as("nothing has arrived").isZero();

    byte[] zeros = new byte[10_007];
    long arrived = 0;
    while (arrived + zeros.length < MessageLength.MAX_MESSAGE_BYTES) {
      reader.feed(zeros, 0, zeros.length);
      assertThat(reader.next()).isNull();
      arrived += zeros.length;
      assertThat(buffers.lentBytes()).isLessThanOrEqualTo(Math.max(SMALLEST_BUFFER, 4 * arrived));
    }
  }

  @Test
  void messageOverTheLimit_isRefusedAndLeavesTheStreamAsItWas() throws MalformedMessage {
    int length = MessageLength.MAX_MESSAGE_BYTES + 1;
    MessageWriter large = new MessageWriter(new Zeros(length, length), ours.sealer(), buffers);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> large.append(new WireMessage.GetAddr(), this::open));

    large.flush(this::open);
    assertThat(records).isEmpty();
  }

  @Test
  void codecThatPutsOutAnotherLengthThanItPromised_isAMistake() {
    MessageWriter wrong = new MessageWriter(new Zeros(5, 4), ours.sealer(), buffers);

    assertThatIllegalStateException()
        .isThrownBy(() -> wrong.append(new WireMessage.GetAddr(), this::open));
  }

  @Test
  void feedingBeforeAllIsRead_isAMistake() {
    reader.feed(PING, 0, PING.length);

    assertThatIllegalStateException().isThrownBy(() -> reader.feed(PING, 0, PING.length));
  }

  private void feed(String hex) throws MalformedMessage {
    byte[] stream = Bytes.ofHex(hex).toArray();
    reader.feed(stream, 0, stream.length);
    assertThat(reader.next()).isNull();
  }

  private List<WireMessage> readAll() throws MalformedMessage {
    List<WireMessage> received = new ArrayList<>();
    for (byte[] record : records) {
      boolean _ = take(record);
      drainInto(received);
    }
    return received;
  }

  /** As a session does; returns whether the record was expected. */
  private boolean take(byte[] record) {
    if (!reader.expects(record.length)) {
      reader.feed(record, 0, record.length);
      return false;
    }
    System.arraycopy(record, 0, reader.assembly(), reader.arrived(), record.length);
    reader.put(record.length);
    return true;
  }

  private void drainInto(List<WireMessage> received) throws MalformedMessage {
    for (WireMessage message = reader.next(); message != null; message = reader.next()) {
      received.add(message);
    }
  }

  /** Encodes everything as zeros: promises one number of them and puts out another. */
  private record Zeros(int promised, int put) implements WireCodec {
    @Override
    public String name() {
      return "zeros";
    }

    @Override
    public int encodedLength(WireMessage message) {
      return promised;
    }

    @Override
    public void encode(WireMessage message, WireBuffer out) {
      out.putBytes(new byte[put], 0, put);
    }

    @Override
    public WireMessage decode(WireSlice in) throws MalformedMessage {
      in.advance(promised);
      in.requireEnd();
      return new WireMessage.GetAddr();
    }
  }
}
