package dev.waggle.domain.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.testkit.wire.WireBytes;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Headers in Bincode, against bytes derived by hand from its rules. */
class BincodeHeadersTest {
  private static final String ID =
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

  private final BincodeCodec codec = new BincodeCodec();

  @Test
  void getHeaders_isALocatorAndACount() throws MalformedMessage {
    assertGolden(
        new WireMessage.GetHeaders(List.of(MessageId.ofHex(ID)), 0),
        "12000000" + ("0100000000000000" + ID) + "0000");
    assertGolden(
        new WireMessage.GetHeaders(
            List.of(MessageId.ofHex(ID), MessageId.ofHex("ff".repeat(32))), 0x0102),
        "12000000" + ("0200000000000000" + ID + "ff".repeat(32)) + "0201");
  }

  @Test
  void headers_isTheBlockBeforeAndHowManyFollowAndHeaders() throws MalformedMessage {
    assertGolden(
        new WireMessage.Headers(MessageId.ofHex(ID), 0, List.of()),
        "13000000" + ID + "00000000" + "0000000000000000");
    assertGolden(
        new WireMessage.Headers(
            MessageId.ofHex(ID), 0x0102_0304, List.of(Bytes.ofHex("aa"), Bytes.ofHex("bbcc"))),
        "13000000"
            + ID
            + "04030201"
            + ("0200000000000000" + "0100000000000000" + "aa" + "0200000000000000" + "bbcc"));
    assertGolden(
        new WireMessage.Headers(MessageId.ofHex(ID), 0xFFFF_FFFFL, List.of(Bytes.ofHex("aa"))),
        "13000000" + ID + "ffffffff" + ("0100000000000000" + "0100000000000000" + "aa"));
  }

  private void assertGolden(WireMessage message, String expectedHex) throws MalformedMessage {
    WireBytes out = new WireBytes();
    codec.encode(message, out);
    assertThat(Bytes.wrap(out.toArray()).hex()).isEqualTo(expectedHex);
    assertThat(codec.decode(WireSlice.of(Bytes.ofHex(expectedHex)))).isEqualTo(message);
  }
}
