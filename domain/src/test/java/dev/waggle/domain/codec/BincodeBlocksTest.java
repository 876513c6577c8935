package dev.waggle.domain.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.testkit.wire.WireBytes;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.ItemRange;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parts of blocks in Bincode, against bytes derived by hand from its rules. */
class BincodeBlocksTest {
  private static final String ID =
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

  private final BincodeCodec codec = new BincodeCodec();

  @Test
  void compact_isHeaderAndProofAndNonceAndShortIdsAndItems() throws MalformedMessage {
    assertGolden(
        new WireMessage.Compact(
            Bytes.ofHex("aabbcc"),
            Bytes.ofHex("ddee"),
            0x0102030405060708L,
            ShortIds.wrap(new long[] {0x010203040506L, 0xFFFF_0000_0000L}),
            List.of(item(0, "0a0b"), item(3, "0c"))),
        "0a000000"
            + ("0300000000000000" + "aabbcc")
            + ("0200000000000000" + "ddee")
            + "0807060504030201"
            + ("0200000000000000" + "060504030201" + "00000000ffff")
            + ("0200000000000000"
                + "0000"
                + "0200000000000000"
                + "0a0b"
                + "0300"
                + "0100000000000000"
                + "0c"));
    assertGolden(
        new WireMessage.Compact(
            Bytes.ofHex("aa"), Bytes.EMPTY, -1, ShortIds.wrap(new long[0]), List.of()),
        "0a000000"
            + "0100000000000000"
            + "aa"
            + "0000000000000000"
            + "ffffffffffffffff"
            + "0000000000000000"
            + "0000000000000000");
  }

  @Test
  void outline_isHeaderAndProofAndIds() throws MalformedMessage {
    assertGolden(
        new WireMessage.Outline(
            Bytes.ofHex("aabbcc"), Bytes.ofHex("ddee"), List.of(MessageId.ofHex(ID))),
        "11000000"
            + ("0300000000000000" + "aabbcc")
            + ("0200000000000000" + "ddee")
            + ("0100000000000000" + ID));
  }

  @Test
  void requestItems_isTheBlockAndRanges() throws MalformedMessage {
    assertGolden(
        new WireMessage.RequestItems(
            MessageId.ofHex(ID), List.of(new ItemRange(1, 2), new ItemRange(300, 256))),
        "0b000000" + ID + ("0200000000000000" + "0100" + "0200" + "2c01" + "0001"));
  }

  @Test
  void items_isTheBlockAndItems() throws MalformedMessage {
    assertGolden(
        new WireMessage.Items(MessageId.ofHex(ID), List.of(item(1, ""), item(300, "aabb"))),
        "0c000000"
            + ID
            + ("0200000000000000"
                + "0100"
                + "0000000000000000"
                + "2c01"
                + "0200000000000000"
                + "aabb"));
  }

  @Test
  void sendCompact_isARank() throws MalformedMessage {
    assertGolden(new WireMessage.SendCompact(0), "0d000000" + "00");
    assertGolden(new WireMessage.SendCompact(3), "0d000000" + "03");
  }

  @Test
  void requestCompactAndIDontWant_areIdsWithoutLengths() throws MalformedMessage {
    List<MessageId> ids = List.of(MessageId.ofHex(ID), MessageId.ofHex("ff".repeat(32)));
    assertGolden(
        new WireMessage.RequestCompact(ids),
        "0e000000" + "0200000000000000" + ID + "ff".repeat(32));
    assertGolden(
        new WireMessage.IDontWant(ids), "10000000" + "0200000000000000" + ID + "ff".repeat(32));
  }

  @Test
  void preamble_isAnIdAndALength() throws MalformedMessage {
    assertGolden(
        new WireMessage.Preamble(MessageId.ofHex(ID), 0x010203), "0f000000" + ID + "03020100");
  }

  private static IndexedItem item(int index, String payload) {
    return new IndexedItem(index, Bytes.ofHex(payload));
  }

  private void assertGolden(WireMessage message, String expectedHex) throws MalformedMessage {
    WireBytes out = new WireBytes();
    codec.encode(message, out);
    assertThat(Bytes.wrap(out.toArray()).hex()).isEqualTo(expectedHex);
    assertThat(codec.decode(WireSlice.of(Bytes.ofHex(expectedHex)))).isEqualTo(message);
  }
}
