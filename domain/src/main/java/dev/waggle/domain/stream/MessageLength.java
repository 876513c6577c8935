package dev.waggle.domain.stream;

import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireBuffer;

/**
 * The length before each message: unsigned LEB128 in as few bytes as hold it (PROTOCOL §7.1).
 *
 * <p>An instance reads one length, byte by byte, since any two of them may lie in different
 * records. Owned by one thread.
 */
public final class MessageLength {
  /** Bytes of a message at most, its length not counted. */
  public static final int MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

  /** Bytes of a length at most: four times seven bits hold 8 MiB. */
  static final int MAX_LENGTH_BYTES = 4;

  private static final int CONTINUED = 0x80;
  private static final int VALUE_BITS = 7;
  private static final int VALUE_MASK = 0x7F;

  /** What {@link #add} answers until the length is whole; no message is empty. */
  static final int INCOMPLETE = 0;

  private int value;
  private int bytesRead;

  MessageLength() {}

  /** How many bytes the length of a message of 1 to {@link #MAX_MESSAGE_BYTES} has. */
  static int bytesOf(int length) {
    // To divide the significant bits by seven is 3 % of what it costs to send 256 bytes.
    if (length < (1 << VALUE_BITS)) {
      return 1;
    }
    if (length < (1 << (2 * VALUE_BITS))) {
      return 2;
    }
    return length < (1 << (3 * VALUE_BITS)) ? 3 : MAX_LENGTH_BYTES;
  }

  /** Writes the length of a message of 1 to {@link #MAX_MESSAGE_BYTES}. */
  static void put(int length, WireBuffer out) {
    int rest = length;
    while (rest >= CONTINUED) {
      out.putByte(rest | CONTINUED);
      rest >>>= VALUE_BITS;
    }
    out.putByte(rest);
  }

  /**
   * Reads the next byte.
   *
   * @return the length, after which the next one begins, or {@link #INCOMPLETE}
   * @throws MalformedMessage if the length is too long, too large, zero, or written in more bytes
   *     than it needs
   */
  int add(byte next) throws MalformedMessage {
    value |= (next & VALUE_MASK) << (VALUE_BITS * bytesRead);
    bytesRead++;
    if (next < 0) {
      if (bytesRead == MAX_LENGTH_BYTES) {
        throw new MalformedMessage("the length of a message has more than 4 bytes");
      }
      return INCOMPLETE;
    }
    if (next == 0) {
      throw new MalformedMessage("the length of a message is zero, or ends in a byte of zero");
    }
    if (value > MAX_MESSAGE_BYTES) {
      throw new MalformedMessage("a message of " + value + " bytes exceeds 8 MiB");
    }
    int length = value;
    value = 0;
    bytesRead = 0;
    return length;
  }
}
