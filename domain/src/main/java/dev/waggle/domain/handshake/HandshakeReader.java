package dev.waggle.domain.handshake;

import dev.waggle.domain.codec.Bincode;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireSlice;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one handshake message, field by field, as hostile bytes (PROTOCOL §4.1): what breaks a
 * limit is malformed before anything is allocated for it. Owned by one thread.
 */
final class HandshakeReader {
  private final WireSlice in;

  HandshakeReader(Bytes message) throws MalformedMessage {
    if (message.length() > HandshakeLimits.MAX_MESSAGE_LENGTH) {
      throw new MalformedMessage("a message of " + message.length() + " bytes");
    }
    this.in = WireSlice.of(message.borrowArray());
  }

  int u16() throws MalformedMessage {
    return Bincode.takeU16(in);
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
    return Bincode.takeBytes(in, HandshakeLimits.MAX_MESSAGE_LENGTH);
  }

  List<Integer> versions() throws MalformedMessage {
    return ids(HandshakeLimits.MAX_VERSIONS, "versions");
  }

  List<Integer> suites() throws MalformedMessage {
    return ids(HandshakeLimits.MAX_SUITES, "suites");
  }

  private List<Integer> ids(int max, String what) throws MalformedMessage {
    int count = countOf(max, what, Short.BYTES);
    List<Integer> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      addDistinct(ids, id());
    }
    return ids;
  }

  /** In ascending order, perhaps none. */
  List<Integer> features() throws MalformedMessage {
    int count = Bincode.takeLength(in, HandshakeLimits.MAX_FEATURES, Short.BYTES);
    List<Integer> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int id = id();
      if (i > 0 && id <= ids.getLast()) {
        throw new MalformedMessage("features that do not ascend");
      }
      ids.add(id);
    }
    return ids;
  }

  /** Of a version, a suite or a feature. */
  int id() throws MalformedMessage {
    int id = u16();
    if (id == 0) {
      throw new MalformedMessage("nothing has the id 0");
    }
    return id;
  }

  List<String> codecs() throws MalformedMessage {
    int count = countOf(HandshakeLimits.MAX_CODECS, "codecs", Bincode.LENGTH_BYTES);
    List<String> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      addDistinct(names, codec());
    }
    return names;
  }

  String codec() throws MalformedMessage {
    String name = Bincode.takeString(in, HandshakeLimits.MAX_CODEC_NAME_LENGTH);
    if (!HandshakeLimits.isCodecName(name)) {
      throw new MalformedMessage("a codec's name has 1 to 32 characters a-z 0-9 -");
    }
    return name;
  }

  void end() throws MalformedMessage {
    in.requireEnd();
  }

  private int countOf(int max, String what, int elementBytes) throws MalformedMessage {
    int count = Bincode.takeLength(in, max, elementBytes);
    if (count == 0) {
      throw new MalformedMessage("an empty list of " + what);
    }
    return count;
  }

  private static <T> void addDistinct(List<T> list, T entry) throws MalformedMessage {
    if (list.contains(entry)) {
      throw new MalformedMessage(entry + " stands twice in a list");
    }
    list.add(entry);
  }
}
