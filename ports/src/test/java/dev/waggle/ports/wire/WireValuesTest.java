package dev.waggle.ports.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.waggle.ports.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireValuesTest {
  @Test
  void slice_readsLittleEndianAndBytesInOrder() throws MalformedMessage {
    WireSlice slice =
        WireSlice.of(Bytes.ofHex("ff" + "01020304" + "0102030405060708" + "abcd").toArray());

    assertThat(slice.takeByte()).isEqualTo(0xFF);
    assertThat(slice.takeIntLittleEndian()).isEqualTo(0x04030201);
    assertThat(slice.takeLongLittleEndian()).isEqualTo(0x0807060504030201L);
    assertThat(slice.takeBytes(2)).isEqualTo(Bytes.ofHex("abcd"));
    slice.requireEnd();
  }

  @Test
  void slice_refusesToReadPastItsEnd_andStaysWhereItWas() {
    WireSlice slice = new WireSlice().reset(new byte[16], 4, 3);

    assertThatExceptionOfType(MalformedMessage.class).isThrownBy(slice::takeIntLittleEndian);
    assertThatExceptionOfType(MalformedMessage.class).isThrownBy(() -> slice.takeBytes(4));
    assertThatExceptionOfType(MalformedMessage.class)
        .isThrownBy(() -> slice.takeBytes(Integer.MAX_VALUE));
    assertThatExceptionOfType(MalformedMessage.class).isThrownBy(() -> slice.advance(-1));
    assertThat(slice.remaining()).isEqualTo(3);
  }

  @Test
  void slice_noticesBytesThatAreLeftOver() {
    assertThatExceptionOfType(MalformedMessage.class)
        .isThrownBy(() -> WireSlice.of(new byte[1]).requireEnd());
  }

  @Test
  void slice_thatWasGiven_isKeptByAStringThatNearlyFillsIt_andByNoOther() throws MalformedMessage {
    byte[] array = new byte[1280];
    WireSlice slice = new WireSlice();

    assertThat(arrayOf(slice.give(array, 6, 1274).takeBytes(1270))).isSameAs(array);
    assertThat(arrayOf(slice.give(array, 6, 1274).takeBytes(1269))).hasSize(1269);
    assertThat(arrayOf(slice.give(array, 1000, 280).takeBytes(280))).hasSize(280);
    assertThat(arrayOf(slice.reset(array, 0, 1280).takeBytes(1280))).isNotSameAs(array);
  }

  private static byte[] arrayOf(Bytes bytes) {
    byte[][] array = new byte[1][];
    bytes.lendTo((lent, offset, length) -> array[0] = lent);
    return array[0];
  }

  @Test
  void messageId_isReadAndWrittenAlike() {
    String hex = "00ff112233445566778899aabbccddee".repeat(2);
    MessageId id = MessageId.ofHex(hex);

    assertThat(id.hex()).isEqualTo(hex);
    assertThat(MessageId.read(id.toArray(), 0)).isEqualTo(id);
    assertThat(id).isLessThan(MessageId.ofHex("ff" + hex.substring(2)));
    assertThatIllegalArgumentException().isThrownBy(() -> MessageId.ofHex("00"));
  }

  @Test
  void lists_areBoundedAndNobodyElsesToChange() {
    MessageId id = MessageId.ofHex("00".repeat(32));
    List<MessageId> ids = new ArrayList<>(List.of(id));
    WireMessage.Announce announce = new WireMessage.Announce(ids);
    ids.clear();

    assertThat(announce.ids()).containsExactly(id);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new WireMessage.Request(Collections.nCopies(WireMessage.MAX_IDS + 1, id)));
  }

  @Test
  void payloads_areBounded() {
    Bytes tooLarge = Bytes.wrap(new byte[GossipMessage.MAX_PAYLOAD_BYTES + 1]);

    assertThatIllegalArgumentException().isThrownBy(() -> new GossipMessage.Block(tooLarge));
  }
}
