package dev.waggle.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/**
 * Hears what goes wrong at a listening socket, and keeps it from Netty, which would log it with its
 * stack every second. What the system says, for example that there are no more files, makes it
 * pause; in the log stands one word, until two turns in a row have gone well.
 */
final class ListeningFailures extends ChannelInboundHandlerAdapter {
  /**
   * How long nothing is accepted after a failure. Without a pause, a process that has run out of
   * file descriptors would be told of the same waiting connection again and again.
   */
  static final long PAUSE_MILLIS = 100;

  private static final System.Logger LOG = System.getLogger(ListeningFailures.class.getName());

  private final Failure failure;
  private boolean failing;
  private boolean turnSucceeded;

  ListeningFailures(Failure failure) {
    this.failure = failure;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    failure.caught(cause);
    if (!failing) {
      LOG.log(System.Logger.Level.WARNING, "cannot accept at the moment", cause);
    }
    failing = true;
    turnSucceeded = false;
    context.channel().config().setAutoRead(false);
    var _ =
        context
            .executor()
            .schedule(
                () -> context.channel().config().setAutoRead(true),
                PAUSE_MILLIS,
                TimeUnit.MILLISECONDS);
  }

  /** Netty says so before it tells of a failure in the same turn, so two in a row are needed. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    failing = failing && !turnSucceeded;
    turnSucceeded = true;
    context.fireChannelReadComplete();
  }
}
