package dev.waggle.netty;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.ConnectionListener;
import dev.waggle.ports.transport.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect: it looks the name up, then tries its addresses one after another, until
 * one answers, or the time is over, or nobody wants it any more.
 *
 * <p>Every event of an attempt, the answer of the resolver, the end of a connect, the timer, the
 * call to {@link #cancel}, is a task of one event loop, so the first of them to run decides.
 */
@SuppressWarnings("FutureReturnValueIgnored") // connects report to their listener, closes need not
final class DialAttempt implements Transport.Dial, Roster.Entry {
  private static final System.Logger LOG = System.getLogger(DialAttempt.class.getName());

  private final Endpoint remote;
  private final ConnectionListener listener;
  private final EventLoop loop;
  private final Bootstrap bootstrap;
  private final Roster roster;

  // The event loop's.
  private final Queue<InetAddress> untried = new ArrayDeque<>();
  private @Nullable Channel connecting;
  private @Nullable Future<?> timer;
  private CloseReason lastFailure = new CloseReason(Cause.UNREACHABLE, "the name does not resolve");
  private boolean decided;

  /**
   * @param bootstrap has options and a channel type, but no event loop yet
   */
  DialAttempt(
      Endpoint remote,
      ConnectionListener listener,
      EventLoop loop,
      Bootstrap bootstrap,
      Roster roster) {
    this.remote = remote;
    this.listener = listener;
    this.loop = loop;
    this.bootstrap = bootstrap.clone(loop);
    this.roster = roster;
  }

  /** Begins. Any thread. */
  void start(Duration timeout, NameResolver resolver) {
    submit(
        () -> {
          if (!decided) {
            timer =
                loop.schedule(() -> fail(Cause.TIMED_OUT), nanos(timeout), TimeUnit.NANOSECONDS);
            resolver.resolve(remote.host(), found -> submit(() -> resolved(found)));
          }
        });
  }

  @Override
  public void cancel() {
    submit(() -> fail(Cause.CANCELLED));
  }

  @Override
  public void shutDown() {
    submit(() -> fail(Cause.SHUTDOWN));
  }

  private void submit(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException ended) {
      // The transport waits for undecided attempts before it ends its loops.
      LOG.log(System.Logger.Level.DEBUG, "an event of a decided dial came late", ended);
    }
  }

  private static long nanos(Duration timeout) {
    try {
      return timeout.toNanos();
    } catch (ArithmeticException centuries) {
      return Long.MAX_VALUE;
    }
  }

  private void resolved(List<InetAddress> addresses) {
    if (!decided) {
      untried.addAll(addresses);
      tryNext();
    }
  }

  private void tryNext() {
    InetAddress address = untried.poll();
    if (address == null) {
      fail(lastFailure);
      return;
    }
    ChannelFuture connect = bootstrap.connect(new InetSocketAddress(address, remote.port()));
    connecting = connect.channel();
    connect.addListener(done -> onLoop(() -> connected(connect)));
  }

  /**
   * Where there is no socket, or it cannot be registered, the future has not our loop, and
   * completes on a thread of Netty's own. Else this is the loop, and a connection must be served
   * before its channel becomes active.
   */
  private void onLoop(Runnable step) {
    if (loop.inEventLoop()) {
      step.run();
    } else {
      submit(step);
    }
  }

  private void connected(ChannelFuture connect) {
    connecting = null;
    if (decided) {
      if (connect.isSuccess()) {
        connect.channel().close();
      }
    } else if (connect.isSuccess()) {
      open((SocketChannel) connect.channel());
    } else {
      lastFailure = CloseReasons.ofConnect(connect.cause());
      tryNext();
    }
  }

  /** Runs before the channel becomes active, so the connection hears of that itself. */
  private void open(SocketChannel channel) {
    decide();
    NettyConnection connection = new NettyConnection(channel, listener, roster);
    channel.pipeline().addLast(connection);
    if (!roster.add(connection)) {
      connection.shutDown();
    }
    roster.remove(this);
  }

  private void fail(Cause cause) {
    fail(CloseReason.of(cause));
  }

  private void fail(CloseReason why) {
    if (decided) {
      return;
    }
    decide();
    if (connecting != null) {
      connecting.close();
    }
    try {
      listener.onClosed(why);
    } catch (Throwable thrown) {
      LOG.log(System.Logger.Level.ERROR, "the callback of the dial of " + remote, thrown);
    } finally {
      roster.remove(this);
    }
  }

  private void decide() {
    decided = true;
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
