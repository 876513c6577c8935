package dev.waggle.domain.handshake;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireSlice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one handshake message in Bincode (PROTOCOL §1.2), as hostile bytes: lengths are checked
 * against what is left and against their limits before anything is allocated. Owned by one thread.
 */
final class MessageReader {
  private final WireSlice in;

  MessageReader(Bytes message) throws MalformedMessage {
    if (message.length() > HandshakeLimits.MAX_MESSAGE_LENGTH) {
      throw new MalformedMessage("a message of " + message.length() + " bytes");
    }
    this.in = WireSlice.of(message.borrowArray());
  }

  int u16() throws MalformedMessage {
    int low = in.takeByte();
    return low | in.takeByte() << 8;
  }

  /** The tag of an enum. */
  int tag() throws MalformedMessage {
    return in.takeIntLittleEndian();
  }

  /** An array whose length both sides know. */
  Bytes array(int length) throws MalformedMessage {
    return in.takeBytes(length);
  }

  /** A string of bytes, its length before it. */
  Bytes byteString() throws MalformedMessage {
    return in.takeBytes(count(0, in.remaining(), "bytes"));
  }

  List<Integer> suites() throws MalformedMessage {
    int count = count(1, HandshakeLimits.MAX_SUITES, "suites");
    List<Integer> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      addDistinct(ids, suite());
    }
    return ids;
  }

  int suite() throws MalformedMessage {
    int id = u16();
    if (id == 0) {
      throw new MalformedMessage("no suite has the id 0");
    }
    return id;
  }

  List<String> codecs() throws MalformedMessage {
    int count = count(1, HandshakeLimits.MAX_CODECS, "codecs");
    List<String> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      addDistinct(names, codec());
    }
    return names;
  }

  String codec() throws MalformedMessage {
    int length = count(1, HandshakeLimits.MAX_CODEC_NAME_LENGTH, "characters of a codec's name");
    // Bytes beyond ASCII become U+FFFD here, which no name contains.
    String name = new String(in.takeBytes(length).borrowArray(), StandardCharsets.US_ASCII);
    if (!HandshakeLimits.isCodecName(name)) {
      throw new MalformedMessage("a codec's name has only the characters a-z 0-9 -");
    }
    return name;
  }

  void end() throws MalformedMessage {
    in.requireEnd();
  }

  private int count(int min, int max, String what) throws MalformedMessage {
    long count = in.takeLongLittleEndian();
    if (count < min || count > max) {
      throw new MalformedMessage(
          "expected %d to %d %s, not %s".formatted(min, max, what, Long.toUnsignedString(count)));
    }
    return (int) count;
  }

  private static <T> void addDistinct(List<T> list, T entry) throws MalformedMessage {
    if (list.contains(entry)) {
      throw new MalformedMessage(entry + " stands twice in a list");
    }
    list.add(entry);
  }
}
