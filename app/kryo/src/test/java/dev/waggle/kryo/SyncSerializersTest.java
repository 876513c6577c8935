package dev.waggle.kryo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.testkit.wire.WireBytes;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes derived by hand from the table in {@link KryoCodec}. */
class SyncSerializersTest {
  private static final String ID =
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

  private final KryoCodec codec = new KryoCodec();

  @Test
  void getHeaders_isALocatorAndACount() throws MalformedMessage {
    assertGolden(
        new WireMessage.GetHeaders(List.of(MessageId.ofHex(ID)), 0), "22" + ("01" + ID) + "0000");
    assertGolden(
        new WireMessage.GetHeaders(
            List.of(MessageId.ofHex(ID), MessageId.ofHex("ff".repeat(32))), 0x0102),
        "22" + ("02" + ID + "ff".repeat(32)) + "0201");
  }

  @Test
  void headers_isTheBlockBeforeAndHowManyFollowAndHeaders() throws MalformedMessage {
    assertGolden(
        new WireMessage.Headers(MessageId.ofHex(ID), 0, List.of()), "23" + ID + "00000000" + "00");
    assertGolden(
        new WireMessage.Headers(
            MessageId.ofHex(ID), 0x0102_0304, List.of(Bytes.ofHex("aa"), Bytes.ofHex("bbcc"))),
        "23" + ID + "04030201" + ("02" + "01" + "aa" + "02" + "bbcc"));
    assertGolden(
        new WireMessage.Headers(MessageId.ofHex(ID), 0xFFFF_FFFFL, List.of(Bytes.ofHex("aa"))),
        "23" + ID + "ffffffff" + ("01" + "01" + "aa"));
  }

  private void assertGolden(WireMessage message, String expectedHex) throws MalformedMessage {
    WireBytes out = new WireBytes();
    codec.encode(message, out);
    assertThat(Bytes.wrap(out.toArray()).hex()).isEqualTo(expectedHex);
    assertThat(codec.decode(WireSlice.of(Bytes.ofHex(expectedHex)))).isEqualTo(message);
  }
}
