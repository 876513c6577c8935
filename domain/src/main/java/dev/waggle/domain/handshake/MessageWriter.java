package dev.waggle.domain.handshake;

import dev.waggle.ports.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes one handshake message in Bincode (PROTOCOL §1.2). Owned by one thread. */
final class MessageWriter {
  private final ByteBuffer out =
      ByteBuffer.allocate(HandshakeLimits.MAX_MESSAGE_LENGTH).order(ByteOrder.LITTLE_ENDIAN);

  MessageWriter u16(int value) {
    out.putShort((short) value);
    return this;
  }

  /** The tag of an enum. */
  MessageWriter tag(int value) {
    out.putInt(value);
    return this;
  }

  /** An array whose length both sides know. */
  MessageWriter array(Bytes bytes) {
    out.put(bytes.borrowArray());
    return this;
  }

  /** A string of bytes, its length before it. */
  MessageWriter byteString(Bytes bytes) {
    out.putLong(bytes.length());
    return array(bytes);
  }

  MessageWriter suites(List<Integer> ids) {
    out.putLong(ids.size());
    ids.forEach(this::u16);
    return this;
  }

  MessageWriter codec(String name) {
    return byteString(Bytes.wrap(name.getBytes(StandardCharsets.US_ASCII)));
  }

  MessageWriter codecs(List<String> names) {
    out.putLong(names.size());
    names.forEach(this::codec);
    return this;
  }

  Bytes message() {
    return Bytes.copyOf(out.array(), 0, out.position());
  }
}
