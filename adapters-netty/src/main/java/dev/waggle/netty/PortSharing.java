package dev.waggle.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;

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

  /** Lets channels that dial have the port of one that listens; false if the system cannot. */
  static boolean begin(Channel listening, IoFacility facility) {
    try {
      return facility.reusePort(listening.config());
    } catch (ChannelException e) {
      LOG.log(System.Logger.Level.DEBUG, "a port cannot be shared", e);
      return false;
    }
  }

  /** Prepares a channel that dials for being bound to such a port. */
  static ChannelHandler joining(IoFacility facility) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        // With the address too: who listens there after a restart finds what is left of this.
        channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
        facility.reusePort(channel.config());
      }
    };
  }
}
