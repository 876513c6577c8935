package dev.waggle.nio;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A port that a listening socket has together with sockets that dial, which takes {@code
 * SO_REUSEPORT} on each of them.
 *
 * <p>The listening socket gets it when it listens already. Were it bound with it, it could share
 * the port of whoever else listens there with that option, and they would take each other's
 * connections without a word; so it fails, as it must. Who comes later, and is the same user's, and
 * asks for it, cannot be kept out.
 */
final class PortSharing {
  private static final System.Logger LOG = System.getLogger(PortSharing.class.getName());

  private PortSharing() {}

  /** Lets sockets that dial have the port of one that listens; false if the system cannot. */
  static boolean begin(ServerSocketChannel listening) {
    try {
      if (listening.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
        listening.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        return true;
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a port cannot be shared", e);
    }
    return false;
  }

  /**
   * A socket that may be bound to such a port, and dials {@code remote}. It is of that family only,
   * for at the other family's addresses the port may be somebody else's.
   */
  static SocketChannel open(InetAddress remote) throws IOException {
    SocketChannel channel =
        SocketChannel.open(
            remote instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6);
    try {
      // With the address too: who listens there after a restart finds what is left of this.
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }
}
