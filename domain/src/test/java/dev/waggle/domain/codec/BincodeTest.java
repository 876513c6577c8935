package dev.waggle.domain.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireSlice;
import org.junit.jupiter.api.Test;

class BincodeTest {
  @Test
  void writtenValues_areReadBack() throws MalformedMessage {
    BincodeWriter out = new BincodeWriter(0);
    out.putByte(0x1FF);
    Bincode.putU16(out, 0xBEEF);
    out.putIntLittleEndian(-2);
    out.putLongLittleEndian(Long.MIN_VALUE + 1);
    Bincode.putString(out, "Bienenstöcke 🐝");
    Bincode.putBytes(out, Bytes.ofHex("0a0b"));

    WireSlice in = WireSlice.of(out.toBytes().toArray());
    assertThat(out.length()).isEqualTo(in.remaining());
    assertThat(in.takeByte()).isEqualTo(0xFF);
    assertThat(Bincode.takeU16(in)).isEqualTo(0xBEEF);
    assertThat(in.takeIntLittleEndian()).isEqualTo(-2);
    assertThat(in.takeLongLittleEndian()).isEqualTo(Long.MIN_VALUE + 1);
    assertThat(Bincode.takeString(in, 18)).isEqualTo("Bienenstöcke 🐝");
    assertThat(Bincode.takeBytes(in, 2)).isEqualTo(Bytes.ofHex("0a0b"));
    in.requireEnd();
  }

  @Test
  void lengthOverItsBound_isMalformed() {
    assertThatExceptionOfType(MalformedMessage.class)
        .isThrownBy(() -> Bincode.takeBytes(bytes("0300000000000000" + "aabbcc"), 2));
    assertThatExceptionOfType(MalformedMessage.class)
        .isThrownBy(() -> Bincode.takeString(bytes("0300000000000000" + "616263"), 2));
  }

  @Test
  void elementsThatCannotLieInWhatIsLeft_areMalformed_beforeAnythingIsMadeForThem()
      throws MalformedMessage {
    String four = "0400000000000000";
    assertThat(Bincode.takeLength(bytes(four + "00".repeat(12)), 4, 3)).isEqualTo(4);
    assertThatExceptionOfType(MalformedMessage.class)
        .isThrownBy(() -> Bincode.takeLength(bytes(four + "00".repeat(11)), 4, 3));
  }

  @Test
  void stringThatIsNotUtf8_isMalformed() {
    assertThatExceptionOfType(MalformedMessage.class)
        .isThrownBy(() -> Bincode.takeString(bytes("0200000000000000" + "c328"), 2));
  }

  private static WireSlice bytes(String hex) {
    return WireSlice.of(Bytes.ofHex(hex).toArray());
  }
}
