package dev.waggle.nat.pcp;

import dev.waggle.nat.router.IpBytes;
import dev.waggle.nat.router.UdpQuestion;
import dev.waggle.ports.IpAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** PCP's datagrams, version 2 (RFC 6887 §7, §11, §14), without options. */
final class PcpMessages {
  static final int VERSION = 2;
  static final int ANNOUNCE = 0;
  static final int MAP = 1;
  static final int NONCE_BYTES = 12;

  static final int SUCCESS = 0;
  static final int UNSUPP_VERSION = 1;

  static final int HEADER_BYTES = 24;
  static final int MAP_BYTES = 60;

  /** The bit that answers have. */
  private static final int RESPONSE = 0x80;

  private static final int TCP = 6;

  private static final int NAT_PMP_VERSION = 0;

  /** A NAT-PMP router's answer to a version that it does not know (RFC 6886 §3.5). */
  private static final int NAT_PMP_ERROR_BYTES = 8;

  private PcpMessages() {}

  /**
   * What a mapping is asked by.
   *
   * @param client this machine's address, as the router sees it
   * @param nonce {@value #NONCE_BYTES} bytes, which are the mapping's for life (RFC 6887 §11.1)
   * @param port of this machine, TCP
   * @param suggestedPort 0 for any
   * @param suggested of the family that is wanted
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares these.
  record MapRequest(
      IpAddress client, byte[] nonce, int port, int suggestedPort, IpAddress suggested) {
    /**
     * The datagram.
     *
     * @param lifetimeSeconds 0 to end the mapping (RFC 6887 §15)
     */
    byte[] bytes(int lifetimeSeconds) {
      ByteBuffer bytes = ByteBuffer.allocate(MAP_BYTES);
      writeHeader(bytes, MAP, lifetimeSeconds, client);
      bytes.put(nonce).put((byte) TCP).put(new byte[3]);
      bytes.putShort((short) port).putShort((short) suggestedPort);
      IpBytes.write(suggested, bytes);
      return bytes.array();
    }
  }

  /** The question for the epoch alone (RFC 6887 §14.1). */
  static byte[] announce(IpAddress client) {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES);
    writeHeader(bytes, ANNOUNCE, 0, client);
    return bytes.array();
  }

  private static void writeHeader(
      ByteBuffer bytes, int opcode, int lifetimeSeconds, IpAddress client) {
    bytes.put((byte) VERSION).put((byte) opcode).putShort((short) 0).putInt(lifetimeSeconds);
    IpBytes.write(client, bytes);
  }

  /** What a router answers. */
  sealed interface Reply {
    /**
     * The header of an answer in our version.
     *
     * @param lifetimeSeconds of the mapping; of an error, for how long it will stay
     * @param epochSeconds since when the router knows its mappings
     */
    record Header(int result, long lifetimeSeconds, long epochSeconds) implements Reply {}

    /** An answer to a request for a mapping; the external side counts on success only. */
    record Mapped(Header header, IpAddress external, int port) implements Reply {}

    /** It does not speak version 2; NAT-PMP perhaps (RFC 6887 §9, appendix A). */
    record OtherVersion(boolean natPmp) implements Reply {}
  }

  /** The answer to {@code request}, or null for what is none. */
  static @Nullable Reply readMapped(byte[] datagram, MapRequest request) {
    Reply reply = read(datagram, MAP);
    if (!(reply instanceof Reply.Header header)) {
      return reply;
    }
    if (datagram.length < MAP_BYTES) {
      return null;
    }
    // RFC 6887 §11.4: an answer to another question is dropped. Errors repeat the request's fields.
    ByteBuffer bytes = ByteBuffer.wrap(datagram).position(HEADER_BYTES);
    byte[] nonce = new byte[NONCE_BYTES];
    bytes.get(nonce);
    int protocol = bytes.get() & 0xFF;
    bytes.position(bytes.position() + 3);
    int port = bytes.getShort() & 0xFFFF;
    if (!Arrays.equals(nonce, request.nonce()) || protocol != TCP || port != request.port()) {
      return null;
    }
    int externalPort = bytes.getShort() & 0xFFFF;
    return new Reply.Mapped(header, IpBytes.read(bytes), externalPort);
  }

  /** The answer to {@link #announce}, or null for what is none. */
  static @Nullable Reply readAnnounced(byte[] datagram) {
    return read(datagram, ANNOUNCE);
  }

  private static @Nullable Reply read(byte[] datagram, int opcode) {
    if (isNatPmpError(datagram)) {
      return new Reply.OtherVersion(true);
    }
    // RFC 6887 §8.3: a whole header, whole words, and not too many of them.
    if (datagram.length < HEADER_BYTES
        || datagram.length > UdpQuestion.MAX_BYTES
        || datagram.length % 4 != 0
        || (datagram[1] & 0xFF) != (RESPONSE | opcode)) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(datagram);
    int version = bytes.get(0) & 0xFF;
    int result = bytes.get(3) & 0xFF;
    if (version != VERSION) {
      return result == UNSUPP_VERSION ? new Reply.OtherVersion(false) : null;
    }
    return new Reply.Header(result, unsigned(bytes.getInt(4)), unsigned(bytes.getInt(8)));
  }

  private static boolean isNatPmpError(byte[] datagram) {
    return datagram.length >= NAT_PMP_ERROR_BYTES
        && datagram[0] == NAT_PMP_VERSION
        && (datagram[1] & RESPONSE) != 0
        && ByteBuffer.wrap(datagram).getShort(2) == UNSUPP_VERSION;
  }

  private static long unsigned(int seconds) {
    return Integer.toUnsignedLong(seconds);
  }

  /** A result code in words that follow on the router's address (RFC 6887 §7.4). */
  static String words(int result) {
    return switch (result) {
      case UNSUPP_VERSION -> "speaks another version (UNSUPP_VERSION)";
      case 2 ->
          "does not allow it (NOT_AUTHORIZED), or still keeps the port for a process before this one";
      case 3 -> "does not understand the request (MALFORMED_REQUEST)";
      case 4 -> "does not map (UNSUPP_OPCODE)";
      case 5 -> "wants an option (UNSUPP_OPTION)";
      case 6 -> "does not understand an option (MALFORMED_OPTION)";
      case 7 -> "has no connection itself (NETWORK_FAILURE)";
      case 8 -> "has no room for a mapping (NO_RESOURCES)";
      case 9 -> "does not map TCP (UNSUPP_PROTOCOL)";
      case 10 -> "gives this machine no more mappings (USER_EX_QUOTA)";
      case 11 -> "cannot give what was suggested (CANNOT_PROVIDE_EXTERNAL)";
      case 12 -> "sees another address: there is a NAT before it (ADDRESS_MISMATCH)";
      case 13 -> "has too many remote peers (EXCESSIVE_REMOTE_PEERS)";
      default -> "refuses for a reason that has no name: " + result;
    };
  }
}
