package dev.waggle.nat.pcp;

import dev.waggle.ports.IpAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** NAT-PMP's datagrams (RFC 6886 §3). */
final class NatPmpMessages {
  static final int SUCCESS = 0;

  private static final int VERSION = 0;
  private static final int EXTERNAL_ADDRESS = 0;
  private static final int MAP_TCP = 2;
  private static final int RESPONSE = 128;

  private static final int ERROR_BYTES = 8;
  private static final int EXTERNAL_ADDRESS_BYTES = 12;
  private static final int MAP_BYTES = 16;

  private NatPmpMessages() {}

  static byte[] externalAddressRequest() {
    return new byte[] {VERSION, EXTERNAL_ADDRESS};
  }

  /**
   * @param suggested 0, as the lifetime, to end the mapping (RFC 6886 §3.4)
   */
  static byte[] mapRequest(int port, int suggested, int lifetimeSeconds) {
    return ByteBuffer.allocate(12)
        .put((byte) VERSION)
        .put((byte) MAP_TCP)
        .putShort((short) 0)
        .putShort((short) port)
        .putShort((short) suggested)
        .putInt(lifetimeSeconds)
        .array();
  }

  /** What a router answers, with its seconds since it started. */
  sealed interface Reply {
    /** To the question for its address. */
    record External(long epochSeconds, IpAddress address) implements Reply {}

    /** To the question for a mapping. */
    record Mapped(long epochSeconds, int externalPort, long lifetimeSeconds) implements Reply {}

    /** A no to either. */
    record Refusal(long epochSeconds, int result) implements Reply {}
  }

  /** The answer to {@link #externalAddressRequest}, or null for what is none. */
  static @Nullable Reply readExternalAddress(byte[] datagram) {
    if (!isReply(datagram, EXTERNAL_ADDRESS)) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(datagram);
    int result = bytes.getShort(2) & 0xFFFF;
    if (result != SUCCESS) {
      return new Reply.Refusal(epoch(bytes), result);
    }
    return datagram.length != EXTERNAL_ADDRESS_BYTES
        ? null
        : new Reply.External(epoch(bytes), IpAddress.ofIpv4(bytes.getInt(8)));
  }

  /** The answer to {@link #mapRequest} for this port, or null for what is none. */
  static @Nullable Reply readMapped(byte[] datagram, int port) {
    if (!isReply(datagram, MAP_TCP)) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(datagram);
    int result = bytes.getShort(2) & 0xFFFF;
    if (result != SUCCESS) {
      return new Reply.Refusal(epoch(bytes), result);
    }
    if (datagram.length != MAP_BYTES || (bytes.getShort(8) & 0xFFFF) != port) {
      return null;
    }
    return new Reply.Mapped(
        epoch(bytes), bytes.getShort(10) & 0xFFFF, Integer.toUnsignedLong(bytes.getInt(12)));
  }

  /** Errors have 8 bytes at least (RFC 6886 §3.5), and 16 at most; answers have 12 or 16. */
  private static boolean isReply(byte[] datagram, int opcode) {
    return datagram.length >= ERROR_BYTES
        && datagram.length <= MAP_BYTES
        && datagram[0] == VERSION
        && (datagram[1] & 0xFF) == RESPONSE + opcode;
  }

  private static long epoch(ByteBuffer bytes) {
    return Integer.toUnsignedLong(bytes.getInt(4));
  }

  /** A result code in words that follow on the router's address (RFC 6886 §3.5). */
  static String words(int result) {
    return switch (result) {
      case 1 -> "speaks another version";
      case 2 -> "does not allow it";
      case 3 -> "has no connection itself";
      case 4 -> "has no room for a mapping";
      case 5 -> "does not map";
      default -> "refuses for a reason that has no name: " + result;
    };
  }
}
