package dev.waggle.domain.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.testkit.wire.WireBytes;
import dev.waggle.ports.testkit.wire.WireCodecContract;
import dev.waggle.ports.testkit.wire.WireSamples;
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

  private final BincodeCodec codec = new BincodeCodec();

  @Override
  protected WireCodec codec() {
    return new BincodeCodec();
  }

  @Override
  protected List<byte[]> unknownTags() {
    return List.of(
        hex("09000000"), // the first message tag that is free
        hex("00000001" + "0000000000000000"), // Ping's tag, read in the wrong order
        hex("ffffffff"),
        hex("02000000" + "03000000" + "0000000000000000"), // a fourth kind of gossip
        hex("02000000" + "ffffffff" + "0000000000000000"),
        hex("07000000" + "06000000"), // a seventh reason to say goodbye
        hex("07000000" + "ffffffff"));
  }

  @Override
  protected List<byte[]> payloadsClaiming(long length) {
    return List.of(hex("02000000" + "00000000" + u64(length) + "00".repeat(16)));
  }

  @Override
  protected List<byte[]> listsClaiming(long count) {
    return List.of(
        hex("03000000" + u64(count) + ID),
        hex("04000000" + u64(count) + ID),
        hex("06000000" + u64(count) + "0100000000000000" + "61" + "2823"));
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
  void addr_isTag6AndHostsWithPorts() {
    // Tag 6, two endpoints; each a String (its length as u64, "::1" or "bee") and a u16:
    // 9000 is 0x2328, 255 is 0x00ff.
    assertGolden(
        new WireMessage.Addr(List.of(new Endpoint("::1", 9000), new Endpoint("bee", 255))),
        "06000000"
            + "0200000000000000"
            + ("0300000000000000" + "3a3a31" + "2823")
            + ("0300000000000000" + "626565" + "ff00"));
  }

  @Test
  void goodbye_isTag7AndTheTagOfItsReason() {
    String[] reasons = {"00", "01", "02", "03", "04", "05"};
    GoodbyeReason[] inOrder = {
      GoodbyeReason.SHUTDOWN,
      GoodbyeReason.DUPLICATE,
      GoodbyeReason.TOO_MANY_PEERS,
      GoodbyeReason.SILENCE,
      GoodbyeReason.MISBEHAVIOUR,
      GoodbyeReason.SLOW
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ff", // never a byte of UTF-8
        "c080", // NUL, overlong
        "eda080", // half a surrogate pair
        "c3", // cut short
        "c3bc", // well-formed, but no letter of a host
        "00",
        "1b5b324a", // clears a terminal
        "0a",
        "20",
        "5b"
      })
  void hostThatIsNone_isMalformed(String host) {
    String length = u64(host.length() / 2);
    assertMalformed("06000000" + "0100000000000000" + length + host + "2823");
  }

  @Test
  void emptyOrOverlongHost_isMalformed() {
    assertMalformed("06000000" + "0100000000000000" + u64(0) + "2823" + "00");
    assertMalformed("06000000" + "0100000000000000" + u64(0) + "2823");
    assertMalformed("06000000" + "0100000000000000" + u64(254) + "61".repeat(254) + "2823");
  }

  @Test
  void payloadOverItsBound_isMalformedThoughItIsThere() {
    int length = GossipMessage.MAX_PAYLOAD_BYTES + 1;
    assertMalformed("02000000" + "00000000" + u64(length) + "00".repeat(length));
  }

  @Test
  void listOverItsBound_isMalformedThoughItIsThere() {
    assertMalformed("03000000" + u64(1025) + ID.repeat(1025));
    String endpoint = u64(1) + "61" + "2823";
    assertMalformed("06000000" + u64(65) + endpoint.repeat(65));
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
