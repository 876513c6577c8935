package dev.waggle.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/**
 * Hears what goes wrong at a listening socket, and keeps it from Netty, which would log it with its
 * stack every second. What the system says, for example that there are no more files, makes it
 * pause; the log has a word of it a minute at most.
 */
final class ListeningFailures extends ChannelInboundHandlerAdapter {
  /**
   * How long nothing is accepted after a failure. Without a pause, a process that has run out of
   * file descriptors would be told of the same waiting connection again and again.
   */
  static final long PAUSE_MILLIS = 100;

  /** How long such a failure is not said again: whoever dials can bring it about at will. */
  static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final System.Logger LOG = System.getLogger(ListeningFailures.class.getName());

  private final Failure failure;
  private boolean said;
  private long saidNanos;

  ListeningFailures(Failure failure) {
    this.failure = failure;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    failure.caught(cause);
    long nowNanos = context.executor().ticker().nanoTime();
    if (!said || nowNanos - saidNanos >= SILENCE_NANOS) {
      said = true;
      saidNanos = nowNanos;
      LOG.log(System.Logger.Level.WARNING, "cannot accept at the moment: " + cause);
    }
    context.channel().config().setAutoRead(false);
    var _ =
        context
            .executor()
            .schedule(
                () -> context.channel().config().setAutoRead(true),
                PAUSE_MILLIS,
                TimeUnit.MILLISECONDS);
  }
}
