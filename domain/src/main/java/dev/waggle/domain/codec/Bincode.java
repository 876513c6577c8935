package dev.waggle.domain.codec;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireBuffer;
import dev.waggle.ports.wire.WireSlice;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The building blocks of Bincode 1.x in its default configuration (PROTOCOL §1.2): integers of
 * fixed width with the least significant byte first, lengths as u64, tags of enums as u32.
 *
 * <p>Every length is checked against what is left before anything is allocated for it.
 */
public final class Bincode {
  /** Bytes of an enum's tag. */
  public static final int TAG_BYTES = 4;

  /** Bytes of the length before a list, a string or a string of bytes. */
  public static final int LENGTH_BYTES = 8;

  /** Bytes of an address, and a port. */
  public static final int ENDPOINT_BYTES = 16 + 2;

  private Bincode() {}

  public static void putU16(WireBuffer out, int value) {
    out.putByte(value);
    out.putByte(value >>> 8);
  }

  /** A {@code Vec<u8>}: its length, then the bytes. */
  public static void putBytes(WireBuffer out, Bytes bytes) {
    out.putLongLittleEndian(bytes.length());
    out.putBytes(bytes);
  }

  /** A {@code [u8; 32]}. */
  public static void putId(WireBuffer out, MessageId id) {
    // An id is a string of bytes, its words big-endian.
    out.putLongLittleEndian(Long.reverseBytes(id.first()));
    out.putLongLittleEndian(Long.reverseBytes(id.second()));
    out.putLongLittleEndian(Long.reverseBytes(id.third()));
    out.putLongLittleEndian(Long.reverseBytes(id.fourth()));
  }

  /** A {@code String}: the length of its UTF-8 form, then that form. */
  public static void putString(WireBuffer out, String text) {
    putBytes(out, Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  public static int takeU16(WireSlice in) throws MalformedMessage {
    int low = in.takeByte();
    return low | (in.takeByte() << 8);
  }

  /**
   * The number of elements that follow.
   *
   * @param max how many the protocol permits
   * @param elementBytes how many bytes an element takes at least
   * @throws MalformedMessage if the number, read as unsigned, exceeds {@code max} or what can be
   *     left
   */
  public static int takeLength(WireSlice in, int max, int elementBytes) throws MalformedMessage {
    long length = in.takeLongLittleEndian();
    if (Long.compareUnsigned(length, max) > 0) {
      throw new MalformedMessage(
          "at most " + max + " elements, not " + Long.toUnsignedString(length));
    }
    if (length * elementBytes > in.remaining()) {
      throw new MalformedMessage(
          length + " elements cannot lie in the " + in.remaining() + " bytes that are left");
    }
    return (int) length;
  }

  /** A {@code Vec<u8>} of at most {@code max} bytes. */
  public static Bytes takeBytes(WireSlice in, int max) throws MalformedMessage {
    return in.takeBytes(takeLength(in, max, 1));
  }

  /** A {@code String} of at most {@code max} bytes of well-formed UTF-8. */
  public static String takeString(WireSlice in, int max) throws MalformedMessage {
    int length = takeLength(in, max, 1);
    int start = in.advance(length);
    try {
      return StandardCharsets.UTF_8
          .newDecoder() // reports what is malformed, where String would replace it
          .decode(ByteBuffer.wrap(in.borrowArray(), start, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedMessage("a string is not UTF-8");
    }
  }

  /** An address, in the order of the network, and a port. */
  public static void putEndpoint(WireBuffer out, IpEndpoint endpoint) {
    out.putLongLittleEndian(Long.reverseBytes(endpoint.address().high()));
    out.putLongLittleEndian(Long.reverseBytes(endpoint.address().low()));
    putU16(out, endpoint.port());
  }

  /** The same; the port 0 is malformed. */
  public static IpEndpoint takeEndpoint(WireSlice in) throws MalformedMessage {
    long high = Long.reverseBytes(in.takeLongLittleEndian());
    long low = Long.reverseBytes(in.takeLongLittleEndian());
    int port = takeU16(in);
    if (port == 0) {
      throw new MalformedMessage("nobody can be dialled at the port 0");
    }
    return new IpEndpoint(new IpAddress(high, low), port);
  }

  /** A list of ids. */
  public static void putIds(WireBuffer out, List<MessageId> ids) {
    out.putLongLittleEndian(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      putId(out, ids.get(i));
    }
  }

  /** A list of at most {@code max} ids. */
  public static List<MessageId> takeIds(WireSlice in, int max) throws MalformedMessage {
    int count = takeLength(in, max, MessageId.LENGTH);
    List<MessageId> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ids.add(in.takeMessageId());
    }
    return ids;
  }
}
