package dev.waggle.netty;

import dev.waggle.ports.transport.Acceptor;
import dev.waggle.ports.transport.ConnectionListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Asks the acceptor about each inbound connection, on that connection's event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end of what was not accepted
final class Accepting extends ChannelInitializer<SocketChannel> {
  private static final System.Logger LOG = System.getLogger(Accepting.class.getName());

  private final Acceptor acceptor;
  private final Roster roster;

  Accepting(Acceptor acceptor, Roster roster) {
    this.acceptor = acceptor;
    this.roster = roster;
  }

  @Override
  protected void initChannel(SocketChannel channel) {
    ConnectionListener listener = listenerFor(channel);
    if (listener == null) {
      channel.close();
      return;
    }
    NettyConnection connection = new NettyConnection(channel, listener, roster);
    channel.pipeline().addLast(connection);
    if (!roster.add(connection)) {
      connection.shutDown();
    }
  }

  private @Nullable ConnectionListener listenerFor(SocketChannel channel) {
    // A peer that is gone already has no address any more.
    if (roster.closing() || channel.remoteAddress() == null) {
      return null;
    }
    try {
      return acceptor.accept(NettyConnection.endpoint(channel.remoteAddress()));
    } catch (Throwable thrown) {
      LOG.log(System.Logger.Level.ERROR, "the acceptor of " + channel.localAddress(), thrown);
      return null;
    }
  }
}
