package dev.waggle.kryo;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.KryoBufferUnderflowException;
import com.esotericsoftware.kryo.io.Output;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.util.ArrayList;
import java.util.List;

/**
 * Kryo's reader over the array of a {@link WireSlice}: nothing is copied before it is part of a
 * message, and nothing allocated before its bytes are known to be there.
 */
final class WireInput extends Input {
  private static final byte[] NOTHING = new byte[0];
  private static final WireSlice NO_SLICE = new WireSlice();

  private WireSlice slice = NO_SLICE;

  WireInput() {
    super(NOTHING);
  }

  /** Reads from {@code borrowed} until {@link #release}; the slice itself is used up at once. */
  void readFrom(WireSlice borrowed) throws MalformedMessage {
    slice = borrowed;
    int length = borrowed.remaining();
    setBuffer(borrowed.borrowArray(), borrowed.advance(length), length);
  }

  void release() {
    slice = NO_SLICE;
    setBuffer(NOTHING);
  }

  /**
   * Kryo's own would make room for a stream by moving the bytes of the array, which is not ours.
   */
  @Override
  protected int require(int required) {
    int remaining = limit - position;
    if (required > remaining) {
      throw new KryoBufferUnderflowException(
          "expected " + required + " bytes more, but only " + remaining + " are left");
    }
    return remaining;
  }

  /**
   * The number of elements that follow.
   *
   * @param max how many the protocol permits
   * @param elementBytes how many bytes an element takes at least
   */
  int readLength(int max, int elementBytes) {
    int start = position;
    int length = readVarInt(true);
    // Kryo drops what exceeds 32 bits, and then more bytes were read than the rest needs.
    if (position - start != Output.varIntLength(length, true)) {
      throw new KryoException("a length takes more bytes than it needs");
    }
    if (length < 0 || length > max) {
      throw new KryoException(
          "at most " + max + " elements, not " + Integer.toUnsignedString(length));
    }
    if ((long) length * elementBytes > limit - position) {
      throw new KryoException(
          length + " elements cannot lie in the " + (limit - position) + " bytes that are left");
    }
    return length;
  }

  /** A length, at most {@code max}, and so many bytes. */
  Bytes takeBytesOfLength(int max) {
    return takeBytes(readLength(max, 1));
  }

  /** A block's header, of one byte at least. */
  Bytes takeHeader() {
    Bytes header = takeBytesOfLength(WireMessage.MAX_HEADER_BYTES);
    if (header.length() == 0) {
      throw new KryoException("a block without a header");
    }
    return header;
  }

  private Bytes takeBytes(int length) {
    return slice.bytesAt(advance(length), length);
  }

  PeerId takePeer() {
    return new PeerId(takeBytes(PeerId.LENGTH));
  }

  MessageId takeId() {
    return MessageId.read(buffer, advance(MessageId.LENGTH));
  }

  /** A list of at most {@code max} ids. */
  List<MessageId> takeIds(int max) {
    int count = readLength(max, MessageId.LENGTH);
    List<MessageId> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ids.add(takeId());
    }
    return ids;
  }

  /** The address in the order of the network, and the port. */
  IpEndpoint takeEndpoint() {
    long high = Long.reverseBytes(readLong());
    long low = Long.reverseBytes(readLong());
    int port = readShortUnsigned();
    if (port == 0) {
      throw new KryoException("nobody can be dialled at the port 0");
    }
    return new IpEndpoint(new IpAddress(high, low), port);
  }

  /** Steps over {@code length} bytes, and returns where they start. */
  private int advance(int length) {
    require(length);
    int start = position;
    position += length;
    return start;
  }

  void requireEnd() {
    if (position != limit) {
      throw new KryoException((limit - position) + " bytes are left over");
    }
  }
}
