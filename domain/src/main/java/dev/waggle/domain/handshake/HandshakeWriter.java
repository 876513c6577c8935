package dev.waggle.domain.handshake;

import dev.waggle.ports.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes one handshake message in Bincode, field by field (PROTOCOL §4.1). Owned by one thread. */
final class HandshakeWriter {
  private final ByteBuffer out =
      ByteBuffer.allocate(HandshakeLimits.MAX_MESSAGE_LENGTH).order(ByteOrder.LITTLE_ENDIAN);

  HandshakeWriter u16(int value) {
    out.putShort((short) value);
    return this;
  }

  /** The tag of an enum. */
  HandshakeWriter tag(int value) {
    out.putInt(value);
    return this;
  }

  /** An array whose length both sides know. */
  HandshakeWriter array(Bytes bytes) {
    out.put(bytes.borrowArray());
    return this;
  }

  /** A string of bytes, its length before it. */
  HandshakeWriter byteString(Bytes bytes) {
    out.putLong(bytes.length());
    return array(bytes);
  }

  HandshakeWriter ids(List<Integer> ids) {
    out.putLong(ids.size());
    ids.forEach(this::u16);
    return this;
  }

  HandshakeWriter codec(String name) {
    return byteString(Bytes.wrap(name.getBytes(StandardCharsets.US_ASCII)));
  }

  HandshakeWriter codecs(List<String> names) {
    out.putLong(names.size());
    names.forEach(this::codec);
    return this;
  }

  Bytes message() {
    return Bytes.copyOf(out.array(), 0, out.position());
  }
}
