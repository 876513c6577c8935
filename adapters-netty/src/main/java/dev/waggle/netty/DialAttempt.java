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
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect: it looks the name up and lets its addresses race (RFC 8305 §5), until one
 * answers, or all have failed, or the time is over, or nobody wants it any more.
 *
 * <p>Every event of an attempt, the answer of the resolver, the end of a connect, the timers, the
 * call to {@link #cancel}, is a task of one event loop, so the first of them to decide does so.
 */
@SuppressWarnings("FutureReturnValueIgnored") // connects report to their listener, closes need not
final class DialAttempt implements Transport.Dial, Roster.Entry {
  private static final System.Logger LOG = System.getLogger(DialAttempt.class.getName());

  private static final CloseReason UNKNOWN_NAME =
      new CloseReason(Cause.UNREACHABLE, "the name does not resolve");

  private final Endpoint remote;
  private final ConnectionListener listener;
  private final EventLoop loop;
  private final Bootstrap bootstrap;
  private final Roster roster;
  private final Failure failureOfTransport;

  // The event loop's.
  private final Queue<InetAddress> untried = new ArrayDeque<>();
  private final Set<Channel> connecting = new HashSet<>();
  private @Nullable Future<?> timeout;
  private @Nullable Future<?> nextStart;
  private CloseReason failure = UNKNOWN_NAME;
  private boolean decided;

  /**
   * @param bootstrap has options and a channel type, but no event loop yet
   */
  DialAttempt(
      Endpoint remote,
      ConnectionListener listener,
      EventLoop loop,
      Bootstrap bootstrap,
      Roster roster,
      Failure failureOfTransport) {
    this.remote = remote;
    this.listener = listener;
    this.loop = loop;
    this.bootstrap = bootstrap.clone(loop);
    this.roster = roster;
    this.failureOfTransport = failureOfTransport;
  }

  /** Begins. Any thread. */
  void start(Duration limit, NameResolver resolver) {
    submit(
        () -> {
          if (!decided) {
            timeout = loop.schedule(() -> run(this::timedOut), nanos(limit), TimeUnit.NANOSECONDS);
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

  private void submit(Runnable step) {
    try {
      loop.execute(() -> run(step));
    } catch (RejectedExecutionException ending) {
      // An event loop that has ended does nothing any more, so another thread may do this.
      loop.terminationFuture().addListener(ended -> fail(Cause.SHUTDOWN));
    }
  }

  /** Runs a step of this: should one throw, the attempt has failed, for it must end in any case. */
  private void run(Runnable step) {
    try {
      step.run();
    } catch (Throwable thrown) {
      failureOfTransport.caught(thrown);
      LOG.log(System.Logger.Level.ERROR, "the dial of " + remote, thrown);
      fail(CloseReasons.ofCallback(thrown));
    }
  }

  private static long nanos(Duration limit) {
    try {
      return limit.toNanos();
    } catch (ArithmeticException centuries) {
      return Long.MAX_VALUE;
    }
  }

  // The event loop.

  private void resolved(List<InetAddress> addresses) {
    if (!decided) {
      untried.addAll(AddressOrder.of(addresses));
      startNext();
    }
  }

  /** Starts the next attempt, and sees to the one after it. */
  private void startNext() {
    InetAddress address = untried.poll();
    if (address != null) {
      if (!untried.isEmpty()) {
        nextStart =
            loop.schedule(() -> run(this::startNext), ATTEMPT_DELAY_MILLIS, TimeUnit.MILLISECONDS);
      }
      connect(new InetSocketAddress(address, remote.port()));
    } else if (connecting.isEmpty()) {
      fail(failure);
    }
  }

  private void connect(InetSocketAddress address) {
    ChannelFuture connect = bootstrap.connect(address);
    connecting.add(connect.channel());
    connect.addListener(done -> onLoop(() -> ended(connect)));
  }

  /**
   * Where there is no socket, or it cannot be registered, the future has not our loop, and
   * completes on a thread of Netty's own. Else this is the loop, and a connection must be served
   * before its channel becomes active.
   */
  private void onLoop(Runnable step) {
    if (loop.inEventLoop()) {
      run(step);
    } else {
      submit(step);
    }
  }

  private void ended(ChannelFuture connect) {
    connecting.remove(connect.channel());
    if (connect.isSuccess()) {
      connected((SocketChannel) connect.channel());
    } else if (!decided) {
      failure = CloseReasons.moreTelling(failure, CloseReasons.ofConnect(connect.cause()));
      cancel(nextStart);
      startNext();
    }
  }

  private void connected(SocketChannel channel) {
    if (decided) {
      channel.close();
    } else {
      open(channel);
    }
  }

  /** Runs before the channel becomes active, so the connection hears of that itself. */
  private void open(SocketChannel channel) {
    decide();
    NettyConnection connection = new NettyConnection(channel, listener, roster, failureOfTransport);
    channel.pipeline().addLast(connection);
    if (!roster.add(connection)) {
      connection.shutDown();
    }
    roster.remove(this);
  }

  private void timedOut() {
    fail(CloseReasons.moreTelling(failure, CloseReason.of(Cause.TIMED_OUT)));
  }

  private void fail(Cause cause) {
    fail(CloseReason.of(cause));
  }

  private void fail(CloseReason why) {
    if (decided) {
      return;
    }
    decide();
    try {
      listener.onClosed(why);
    } catch (Throwable thrown) {
      failureOfTransport.caught(thrown);
      LOG.log(System.Logger.Level.ERROR, "the callback of the dial of " + remote, thrown);
    } finally {
      roster.remove(this);
    }
  }

  /** Whatever has not won by now has lost. */
  private void decide() {
    decided = true;
    cancel(timeout);
    cancel(nextStart);
    List.copyOf(connecting).forEach(DialAttempt::abandon);
  }

  private static void cancel(@Nullable Future<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** A channel that has no event loop never had a socket either. */
  private static void abandon(Channel channel) {
    if (channel.isRegistered()) {
      channel.close();
    }
  }
}
