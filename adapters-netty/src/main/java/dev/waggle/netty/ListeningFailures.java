package dev.waggle.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Hears first what goes wrong at a listening socket. What the system says, for example that there
 * are no more files, goes on to Netty, which pauses for a second.
 */
final class ListeningFailures extends ChannelInboundHandlerAdapter {
  private final Failure failure;

  ListeningFailures(Failure failure) {
    this.failure = failure;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    failure.caught(cause);
    context.fireExceptionCaught(cause);
  }
}
