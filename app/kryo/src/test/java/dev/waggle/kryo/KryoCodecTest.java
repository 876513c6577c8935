package dev.waggle.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Output;
import com.sun.management.ThreadMXBean;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.testkit.wire.BlockWriter;
import dev.waggle.ports.testkit.wire.WireBytes;
import dev.waggle.ports.testkit.wire.WireCodecContract;
import dev.waggle.ports.testkit.wire.WireSamples;
import dev.waggle.ports.wire.AddressRecord;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireBuffer;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kryo's codec against its contract, and against bytes derived by hand from the table in {@link
 * KryoCodec}.
 */
class KryoCodecTest extends WireCodecContract {
  private static final String ID =
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

  /** 192.0.2.7:9000, 10 s ago, which serves gossip. */
  private static final String ADDRESS =
      "0a000000" + "0100000000000000" + "00000000000000000000ffffc0000207" + "2823";

  private final KryoCodec codec = new KryoCodec();

  @Override
  protected WireCodec codec() {
    return new KryoCodec();
  }

  @Override
  protected BlockWriter byHand() {
    return new KryoBlockWriter();
  }

  @Override
  protected List<byte[]> unknownTags() {
    return List.of(
        hex("00"), // Kryo's null
        hex("02" + "02"), // Kryo's int
        hex("03" + "8162"), // Kryo's String
        hex("0f"), // the ids on either side of ours
        hex("24"),
        hex("ff"),
        hex("9000" + "0000000000000000"), // Ping's id as a varint of two bytes
        hex("12" + "03" + "00"), // a fourth kind of gossip
        hex("12" + "ff" + "00"),
        hex("17" + "07"), // an eighth reason to say goodbye
        hex("17" + "ff"));
  }

  @Override
  protected List<byte[]> payloadsClaiming(long length) {
    String claim = varint(length) + "00".repeat(16);
    return List.of(
        hex("12" + "00" + claim),
        hex("18" + "01ff" + claim),
        hex("1a" + claim),
        hex("1a" + "01aa" + claim),
        hex("1a" + "01aa" + "00" + "00".repeat(8) + "00" + "01" + "0000" + claim),
        hex("1c" + ID + "01" + "0000" + claim),
        hex("21" + claim),
        hex("21" + "01aa" + claim),
        hex("23" + ID + "00000000" + "01" + claim));
  }

  @Override
  protected List<byte[]> listsClaiming(long count) {
    return List.of(
        hex("13" + varint(count) + ID),
        hex("14" + varint(count) + ID),
        hex("16" + varint(count) + ADDRESS),
        hex("1a" + "01aa" + "00" + "00".repeat(8) + varint(count) + "00".repeat(16)),
        hex("1a" + "01aa" + "00" + "00".repeat(8) + "00" + varint(count) + "00".repeat(16)),
        hex("1b" + ID + varint(count) + "00000100"),
        hex("1c" + ID + varint(count) + "00".repeat(16)),
        hex("1e" + varint(count) + ID),
        hex("20" + varint(count) + ID),
        hex("21" + "01aa" + "00" + varint(count) + ID),
        hex("22" + varint(count) + ID + "0000"),
        hex("23" + ID + "00000000" + varint(count) + "01aa"));
  }

  @Test
  void pingAndPong_areClasses10And11AndTheirNonces() {
    // The nonce 0x0102030405060708 with its least significant byte first.
    assertGolden(new WireMessage.Ping(0x0102030405060708L), "10" + "0807060504030201");
    assertGolden(new WireMessage.Pong(-2), "11" + "feffffffffffffff");
  }

  @Test
  void gossip_isClass12AndTheTagOfItsKindAndItsPayload() {
    Bytes payload = Bytes.ofHex("aabbcc");
    assertGolden(
        new WireMessage.Gossip(new GossipMessage.Transaction(payload)),
        "12" + "00" + "03" + "aabbcc");
    assertGolden(
        new WireMessage.Gossip(new GossipMessage.Block(payload)), "12" + "01" + "03" + "aabbcc");
    assertGolden(
        new WireMessage.Gossip(new GossipMessage.Evidence(Bytes.EMPTY)), "12" + "02" + "00");
    // 300 is 0b10_0101100: the lower seven bits with the top bit set, then 0b10.
    assertGolden(
        new WireMessage.Gossip(new GossipMessage.Block(Bytes.ofHex("5a".repeat(300)))),
        "12" + "01" + "ac02" + "5a".repeat(300));
  }

  @Test
  void announceAndRequest_areClasses13And14AndIdsWithoutLengths() {
    List<MessageId> ids = List.of(MessageId.ofHex(ID), MessageId.ofHex("ff".repeat(32)));
    assertGolden(new WireMessage.Announce(ids), "13" + "02" + ID + "ff".repeat(32));
    assertGolden(new WireMessage.Request(ids), "14" + "02" + ID + "ff".repeat(32));
  }

  @Test
  void getAddr_isClass15Alone() {
    assertGolden(new WireMessage.GetAddr(), "15");
  }

  @Test
  void addr_isClass16AndRecordsOf30Bytes() {
    // An age as u32, services as u64, an address as it stands (IPv4 behind ::ffff:), and a port as
    // u16: 9000 is 0x2328, 255 is 0x00ff.
    IpAddress ipv4 = IpAddress.ofIpv4(0xC0000207);
    IpAddress ipv6 = new IpAddress(0x2001_0DB8_0102_0304L, 0x0506_0708_090A_0B0CL);
    assertGolden(
        new WireMessage.Addr(
            List.of(
                new AddressRecord(new IpEndpoint(ipv4, 9000), 10, AddressRecord.SERVES_GOSSIP),
                new AddressRecord(
                    new IpEndpoint(ipv6, 255), Integer.MAX_VALUE, 0x8000_0000_0000_0002L))),
        "16"
            + "02"
            + ADDRESS
            + ("ffffff7f" + "0200000000000080" + "20010db80102030405060708090a0b0c" + "ff00"));
  }

  @Test
  void observed_isClass19AndAnEndpoint() {
    IpAddress ipv4 = IpAddress.ofIpv4(0xC0000207);
    assertGolden(
        new WireMessage.Observed(new IpEndpoint(ipv4, 9000)),
        "19" + "00000000000000000000ffffc0000207" + "2823");
  }

  @Test
  void goodbye_isClass17AndTheTagOfItsReason() {
    assertGolden(new WireMessage.Goodbye(GoodbyeReason.SHUTDOWN), "17" + "00");
    assertGolden(new WireMessage.Goodbye(GoodbyeReason.DUPLICATE), "17" + "01");
    assertGolden(new WireMessage.Goodbye(GoodbyeReason.TOO_MANY_PEERS), "17" + "02");
    assertGolden(new WireMessage.Goodbye(GoodbyeReason.SILENCE), "17" + "03");
    assertGolden(new WireMessage.Goodbye(GoodbyeReason.MISBEHAVIOUR), "17" + "04");
    assertGolden(new WireMessage.Goodbye(GoodbyeReason.SLOW), "17" + "05");
    assertGolden(new WireMessage.Goodbye(GoodbyeReason.NOT_NEEDED), "17" + "06");
  }

  @Test
  void extension_isClass18FeatureAndBody() {
    assertGolden(
        new WireMessage.Extension(0xFF01, Bytes.ofHex("aabb")), "18" + "01ff" + "02" + "aabb");
    assertGolden(new WireMessage.Extension(1, Bytes.EMPTY), "18" + "0100" + "00");
    assertMalformed("18" + "0000" + "00");
    assertMalformed("18" + "0100" + "818002" + "00".repeat(32_769));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8000", // 0 in two bytes
        "8300", // 3 in two bytes
        "83808000", // in four
        "8380808000", // in five
        "8380808010", // 3 and a bit beyond the 32nd, which Kryo drops
        "8380808080", // and one that announces a sixth byte
        "8380808080808080808001"
      })
  void lengthThatTakesMoreBytesThanItNeeds_isMalformed(String length) {
    assertMalformed("12" + "00" + length);
    assertMalformed("12" + "00" + length + "aabbcc");
    assertMalformed("13" + length + ID.repeat(3));
    assertMalformed("16" + length + ADDRESS.repeat(3));
  }

  @Test
  void portThatIsNone_isMalformed() {
    String ip = "00000000000000000000ffffc0000207";
    assertMalformed("16" + "01" + "0a000000" + "0100000000000000" + ip + "0000");
    assertMalformed("19" + ip + "0000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000080", "ffffffff"})
  void ageOfMoreThan31Bits_isMalformed(String age) {
    String rest = ADDRESS.substring(8);
    assertMalformed("16" + "01" + age + rest);
    assertGolden(
        new WireMessage.Addr(
            List.of(
                new AddressRecord(new IpEndpoint(IpAddress.ofIpv4(0xC0000207), 9000), 1 << 30, 1))),
        "16" + "01" + "00000040" + rest);
  }

  @Test
  void payloadOverItsBound_isMalformedThoughItIsThere() {
    int length = GossipMessage.MAX_PAYLOAD_BYTES + 1;
    assertMalformed("12" + "00" + varint(length) + "00".repeat(length));
  }

  @Test
  void listOverItsBound_isMalformedThoughItIsThere() {
    assertMalformed("13" + varint(1025) + ID.repeat(1025));
    assertMalformed("16" + varint(1001) + ADDRESS.repeat(1001));
  }

  @Test
  void classNamedByItsSender_isMalformed() {
    Kryo careless = new Kryo();
    careless.setRegistrationRequired(false);
    Output byName = new Output(1024);
    careless.writeClassAndObject(byName, new int[0]);
    assertThat(byName.toBytes()).startsWith(1, 0, '[');
    assertMalformed(Bytes.wrap(byName.toBytes()).hex());
    // Nor may the sender name a class that is registered.
    String name = WireMessage.GetAddr.class.getName();
    Output ofMessage = new Output(1024);
    ofMessage.writeByte(1);
    ofMessage.writeByte(0);
    ofMessage.writeString(name);
    assertMalformed(Bytes.wrap(ofMessage.toBytes()).hex());
  }

  @Test
  void encoding_isCanonical() {
    for (WireMessage message : WireSamples.small()) {
      byte[] encoded = encode(message);
      for (int bit = 0; bit < Math.min(encoded.length, 64) * 8; bit++) {
        byte[] flipped = encoded.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        CodecJudge.judge(codec, flipped);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("smallMessages")
  void sliceThatEndsInsideTheMessage_isMalformedAndItsArrayStaysAsItIs(WireMessage message) {
    byte[] encoded = encode(message);
    byte[] before = encoded.clone();
    for (int length = 0; length < encoded.length; length++) {
      WireSlice slice = new WireSlice().reset(encoded, 0, length);
      assertThatExceptionOfType(MalformedMessage.class).isThrownBy(() -> codec.decode(slice));
    }
    assertThat(encoded).isEqualTo(before);
  }

  @Test
  void bufferThatFails_leavesTheCodecAsItWas() {
    WireMessage message = new WireMessage.Ping(1);
    assertThatIllegalStateException().isThrownBy(() -> codec.encode(message, new FullBuffer()));
    assertGolden(message, "10" + "0100000000000000");
  }

  @Test
  void threads_shareTheCodec() throws Exception {
    List<WireMessage> messages = WireSamples.small();
    Callable<Boolean> task =
        () -> {
          for (int round = 0; round < 20; round++) {
            for (WireMessage message : messages) {
              assertThat(codec.decode(WireSlice.of(encode(message)))).isEqualTo(message);
            }
          }
          return true;
        };
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var result : threads.invokeAll(Collections.nCopies(8, task))) {
        assertThat(result.get()).isTrue();
      }
    }
  }

  @Test
  void encodingGossip_allocatesNothing() {
    WireMessage message = WireSamples.gossip(GossipMessage.Kind.BLOCK, 256);
    DiscardingBuffer out = new DiscardingBuffer();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    codec.encode(message, out);
    int rounds = 10_000;
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int round = 0; round < rounds; round++) {
      codec.encode(message, out);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(rounds);
    assertThat(out.count).isEqualTo((rounds + 1) * codec.encodedLength(message));
  }

  private void assertGolden(WireMessage message, String expectedHex) {
    assertThat(Bytes.wrap(encode(message)).hex()).isEqualTo(expectedHex);
    try {
      assertThat(codec.decode(WireSlice.of(hex(expectedHex)))).isEqualTo(message);
    } catch (MalformedMessage e) {
      throw new AssertionError(expectedHex, e);
    }
  }

  private void assertMalformed(String encodedHex) {
    assertThatExceptionOfType(MalformedMessage.class)
        .isThrownBy(() -> codec.decode(WireSlice.of(hex(encodedHex))));
  }

  private byte[] encode(WireMessage message) {
    WireBytes out = new WireBytes();
    codec.encode(message, out);
    return out.toArray();
  }

  /** Any u64 as a varint, as long as it gets; Kryo's own has at most five bytes. */
  private static String varint(long value) {
    WireBytes out = new WireBytes();
    long rest = value;
    while (rest >>> 7 != 0) {
      out.putByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.putByte((int) rest);
    return Bytes.wrap(out.toArray()).hex();
  }

  private static byte[] hex(String digits) {
    return Bytes.ofHex(digits).toArray();
  }

  /** A buffer that has room for nothing. */
  private static final class FullBuffer implements WireBuffer {
    @Override
    public void putByte(int value) {
      throw new IllegalStateException("full");
    }

    @Override
    public void putBytes(byte[] source, int offset, int length) {
      throw new IllegalStateException("full");
    }

    @Override
    public void putIntLittleEndian(int value) {
      throw new IllegalStateException("full");
    }

    @Override
    public void putLongLittleEndian(long value) {
      throw new IllegalStateException("full");
    }
  }

  /** A buffer that only counts. */
  private static final class DiscardingBuffer implements WireBuffer {
    private int count;

    @Override
    public void putByte(int value) {
      count++;
    }

    @Override
    public void putBytes(byte[] source, int offset, int length) {
      count += length;
    }

    @Override
    public void putIntLittleEndian(int value) {
      count += Integer.BYTES;
    }

    @Override
    public void putLongLittleEndian(long value) {
      count += Long.BYTES;
    }
  }
}
