package dev.waggle.domain.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bincode against its contract, and against bytes derived by hand from Bincode's rules: an enum is
 * its variant's index as u32, integers are little-endian and of fixed width, {@code Vec} and {@code
 * String} are a u64 length and their elements, arrays and structs nothing but their elements.
 */
class BincodeCodecTest extends WireCodecContract {
  private static final String ID =
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

  /** 192.0.2.7:9000, 10 s ago, which serves gossip. */
  private static final String ADDRESS =
      "0a000000" + "0100000000000000" + "00000000000000000000ffffc0000207" + "2823";

  private final BincodeCodec codec = new BincodeCodec();

  @Override
  protected WireCodec codec() {
    return new BincodeCodec();
  }

  @Override
  protected BlockWriter byHand() {
    return new BincodeBlockWriter();
  }

  @Override
  protected List<byte[]> unknownTags() {
    return List.of(
        hex("19000000"), // the first message tag that is free
        hex("00000001" + "0000000000000000"), // Ping's tag, read in the wrong order
        hex("ffffffff"),
        hex("02000000" + "03000000" + "0000000000000000"), // a fourth kind of gossip
        hex("02000000" + "ffffffff" + "0000000000000000"),
        hex("07000000" + "07000000"), // an eighth reason to say goodbye
        hex("07000000" + "ffffffff"));
  }

  @Override
  protected List<byte[]> payloadsClaiming(long length) {
    String claim = u64(length) + "00".repeat(16);
    return List.of(
        hex("02000000" + "00000000" + claim),
        hex("08000000" + "01ff" + claim),
        hex("0a000000" + claim),
        hex("0a000000" + u64(1) + "aa" + claim),
        hex("0a000000" + u64(1) + "aa" + u64(0) + u64(0) + u64(0) + u64(1) + "0000" + claim),
        hex("0c000000" + ID + u64(1) + "0000" + claim),
        hex("11000000" + claim),
        hex("11000000" + u64(1) + "aa" + claim),
        hex("13000000" + ID + "00000000" + u64(1) + claim));
  }

  @Override
  protected List<byte[]> listsClaiming(long count) {
    return List.of(
        hex("03000000" + u64(count) + ID),
        hex("04000000" + u64(count) + ID),
        hex("06000000" + u64(count) + ADDRESS),
        hex("0a000000" + u64(1) + "aa" + u64(0) + u64(0) + u64(count) + "00".repeat(16)),
        hex("0a000000" + u64(1) + "aa" + u64(0) + u64(0) + u64(0) + u64(count) + "00".repeat(16)),
        hex("0b000000" + ID + u64(count) + "00000100"),
        hex("0c000000" + ID + u64(count) + "00".repeat(16)),
        hex("0e000000" + u64(count) + ID),
        hex("10000000" + u64(count) + ID),
        hex("11000000" + u64(1) + "aa" + u64(0) + u64(count) + ID),
        hex("12000000" + u64(count) + ID + "0000"),
        hex("13000000" + ID + "00000000" + u64(count) + u64(1) + "aa"));
  }

  @Test
  void ping_isTag0AndItsNonce() {
    // Tag 0, then the nonce 0x0102030405060708 with its least significant byte first.
    assertGolden(new WireMessage.Ping(0x0102030405060708L), "00000000" + "0807060504030201");
  }

  @Test
  void pong_isTag1AndItsNonce() {
    // Tag 1, then 2^64 - 2.
    assertGolden(new WireMessage.Pong(-2), "01000000" + "feffffffffffffff");
  }

  @Test
  void gossip_isTag2AndTheTagOfItsKindAndItsPayload() {
    // Tag 2, the kind's own tag, the length of the payload as u64, the payload.
    Bytes payload = Bytes.ofHex("aabbcc");
    assertGolden(
        new WireMessage.Gossip(new GossipMessage.Transaction(payload)),
        "02000000" + "00000000" + "0300000000000000" + "aabbcc");
    assertGolden(
        new WireMessage.Gossip(new GossipMessage.Block(payload)),
        "02000000" + "01000000" + "0300000000000000" + "aabbcc");
    assertGolden(
        new WireMessage.Gossip(new GossipMessage.Evidence(Bytes.EMPTY)),
        "02000000" + "02000000" + "0000000000000000");
  }

  @Test
  void announceAndRequest_areTags3And4AndIdsWithoutLengths() {
    // The tag, how many ids as u64, and each id as it stands: [u8; 32] carries no length.
    List<MessageId> ids = List.of(MessageId.ofHex(ID), MessageId.ofHex("ff".repeat(32)));
    String list = "0200000000000000" + ID + "ff".repeat(32);
    assertGolden(new WireMessage.Announce(ids), "03000000" + list);
    assertGolden(new WireMessage.Request(ids), "04000000" + list);
  }

  @Test
  void getAddr_isTag5Alone() {
    assertGolden(new WireMessage.GetAddr(), "05000000");
  }

  @Test
  void addr_isTag6AndRecordsOf30Bytes() {
    // Tag 6, two records; each an age as u32, services as u64, an address as it stands ([u8; 16]
    // carries no length; IPv4 behind ::ffff:), and a port as u16: 9000 is 0x2328, 255 is 0x00ff.
    IpAddress ipv4 = IpAddress.ofIpv4(0xC0000207);
    IpAddress ipv6 = new IpAddress(0x2001_0DB8_0102_0304L, 0x0506_0708_090A_0B0CL);
    assertGolden(
        new WireMessage.Addr(
            List.of(
                new AddressRecord(new IpEndpoint(ipv4, 9000), 10, AddressRecord.SERVES_GOSSIP),
                new AddressRecord(
                    new IpEndpoint(ipv6, 255), Integer.MAX_VALUE, 0x8000_0000_0000_0002L))),
        "06000000"
            + "0200000000000000"
            + ADDRESS
            + ("ffffff7f" + "0200000000000080" + "20010db80102030405060708090a0b0c" + "ff00"));
  }

  @Test
  void observed_isTag9AndAnEndpoint() {
    IpAddress ipv4 = IpAddress.ofIpv4(0xC0000207);
    assertGolden(
        new WireMessage.Observed(new IpEndpoint(ipv4, 9000)),
        "09000000" + "00000000000000000000ffffc0000207" + "2823");
  }

  @Test
  void goodbye_isTag7AndTheTagOfItsReason() {
    String[] reasons = {"00", "01", "02", "03", "04", "05", "06"};
    GoodbyeReason[] inOrder = {
      GoodbyeReason.SHUTDOWN,
      GoodbyeReason.DUPLICATE,
      GoodbyeReason.TOO_MANY_PEERS,
      GoodbyeReason.SILENCE,
      GoodbyeReason.MISBEHAVIOUR,
      GoodbyeReason.SLOW,
      GoodbyeReason.NOT_NEEDED
    };
    for (int i = 0; i < inOrder.length; i++) {
      assertGolden(new WireMessage.Goodbye(inOrder[i]), "07000000" + reasons[i] + "000000");
    }
  }

  @Test
  void extension_isFeatureAndBody() {
    assertGolden(
        new WireMessage.Extension(0xFF01, Bytes.ofHex("aabb")),
        "08000000" + "01ff" + "0200000000000000" + "aabb");
    assertGolden(
        new WireMessage.Extension(1, Bytes.EMPTY), "08000000" + "0100" + "0000000000000000");
    assertMalformed("08000000" + "0000" + "0000000000000000");
    assertMalformed("08000000" + "0100" + "0180000000000000" + "00".repeat(32_769));
  }

  @Test
  void portThatIsNone_isMalformed() {
    String ip = "00000000000000000000ffffc0000207";
    assertMalformed("06000000" + u64(1) + "0a000000" + u64(1) + ip + "0000");
    assertMalformed("09000000" + ip + "0000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000080", "ffffffff"})
  void ageOfMoreThan31Bits_isMalformed(String age) {
    String rest = ADDRESS.substring(8);
    assertMalformed("06000000" + u64(1) + age + rest);
    assertGolden(
        new WireMessage.Addr(
            List.of(
                new AddressRecord(new IpEndpoint(IpAddress.ofIpv4(0xC0000207), 9000), 1 << 30, 1))),
        "06000000" + u64(1) + "00000040" + rest);
  }

  @Test
  void payloadOverItsBound_isMalformedThoughItIsThere() {
    int length = GossipMessage.MAX_PAYLOAD_BYTES + 1;
    assertMalformed("02000000" + "00000000" + u64(length) + "00".repeat(length));
  }

  @Test
  void listOverItsBound_isMalformedThoughItIsThere() {
    assertMalformed("03000000" + u64(1025) + ID.repeat(1025));
    assertMalformed("06000000" + u64(1001) + ADDRESS.repeat(1001));
  }

  @Test
  void encoding_isCanonical() throws MalformedMessage {
    for (WireMessage message : WireSamples.small()) {
      byte[] encoded = encode(message);
      for (int bit = 0; bit < Math.min(encoded.length, 64) * 8; bit++) {
        byte[] flipped = encoded.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        try {
          WireMessage decoded = codec.decode(WireSlice.of(flipped));
          assertThat(encode(decoded)).isEqualTo(flipped);
        } catch (MalformedMessage e) {
          assertThat(e.getMessage()).isNotEmpty();
        }
      }
    }
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

  private static String u64(long value) {
    WireBytes out = new WireBytes();
    out.putLongLittleEndian(value);
    return Bytes.wrap(out.toArray()).hex();
  }

  private static byte[] hex(String digits) {
    return Bytes.ofHex(digits).toArray();
  }
}
