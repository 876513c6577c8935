package dev.waggle.netty;

import dev.waggle.ports.transport.Acceptor;
import dev.waggle.ports.transport.ConnectionListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Asks the acceptor about each inbound connection, on that connection's event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end of what was not accepted
final class Accepting extends ChannelInitializer<SocketChannel> {
  private static final System.Logger LOG = System.getLogger(Accepting.class.getName());

  private final Acceptor acceptor;
  private final Roster roster;
  private final Failure failure;

  Accepting(Acceptor acceptor, Roster roster, Failure failure) {
    this.acceptor = acceptor;
    this.roster = roster;
    this.failure = failure;
  }

  /** A connection that is not one yet: whoever closes the transport waits for what it becomes. */
  private static final class Arriving implements Roster.Entry {
    @Override
    public void shutDown() {
      // The connection is told when it is added.
    }
  }

  @Override
  protected void initChannel(SocketChannel channel) {
    Arriving arriving = new Arriving();
    boolean isOpen = roster.add(arriving);
    try {
      serve(channel, isOpen ? listenerFor(channel) : null);
    } finally {
      roster.remove(arriving);
    }
  }

  private void serve(SocketChannel channel, @Nullable ConnectionListener listener) {
    if (listener == null) {
      channel.close();
      return;
    }
    NettyConnection connection = new NettyConnection(channel, listener, roster, failure);
    channel.pipeline().addLast(connection);
    if (!roster.add(connection)) {
      connection.shutDown();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
    failure.caught(cause);
    super.exceptionCaught(context, cause);
  }

  private @Nullable ConnectionListener listenerFor(SocketChannel channel) {
    // A peer that is gone already has no address any more.
    if (channel.remoteAddress() == null) {
      return null;
    }
    try {
      return acceptor.accept(NettyConnection.endpoint(channel.remoteAddress()));
    } catch (Throwable thrown) {
      failure.caught(thrown);
      LOG.log(System.Logger.Level.ERROR, "the acceptor of " + channel.localAddress(), thrown);
      return null;
    }
  }
}
