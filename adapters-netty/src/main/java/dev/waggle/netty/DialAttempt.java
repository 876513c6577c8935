package dev.waggle.netty;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.ConnectionListener;
import dev.waggle.ports.transport.OwnPorts;
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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect, until the address answers, or it has failed, or the time is over, or
 * nobody wants it any more.
 *
 * <p>Every event of an attempt, the end of the connect, the timer, the call to {@link #cancel}, is
 * a task of one event loop, so the first of them to decide does so.
 */
@SuppressWarnings("FutureReturnValueIgnored") // connects report to their listener, closes need not
final class DialAttempt implements Transport.Dial, Roster.Entry {
  private static final System.Logger LOG = System.getLogger(DialAttempt.class.getName());

  private final Endpoint remote;
  private final OwnPorts ports;
  private final int localPort;
  private final ConnectionListener listener;
  private final EventLoop loop;
  private final Bootstrap bootstrap;
  private final IoFacility facility;
  private final Roster roster;
  private final Failure failure;

  // The event loop's.
  private @Nullable Channel connecting;
  private @Nullable Future<?> timeout;
  private boolean isOwnPort;
  private boolean decided;

  /**
   * @param ports where the transport listens
   * @param localPort the one of them to dial from, or {@link OwnPorts#ANY}
   * @param bootstrap has options and a channel type of the facility, but no event loop yet
   */
  DialAttempt(
      Endpoint remote,
      OwnPorts ports,
      int localPort,
      ConnectionListener listener,
      EventLoop loop,
      Bootstrap bootstrap,
      IoFacility facility,
      Roster roster,
      Failure failure) {
    this.remote = remote;
    this.ports = ports;
    this.localPort = localPort;
    this.listener = listener;
    this.loop = loop;
    this.bootstrap = bootstrap.clone(loop);
    this.facility = facility;
    this.roster = roster;
    this.failure = failure;
  }

  /** Begins. Any thread. */
  void start(Duration limit) {
    submit(
        () -> {
          if (!decided) {
            begin(limit);
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
      failure.caught(thrown);
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

  private void begin(Duration limit) {
    timeout =
        loop.schedule(() -> run(() -> fail(Cause.TIMED_OUT)), nanos(limit), TimeUnit.NANOSECONDS);
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(remote.host());
    } catch (IllegalArgumentException e) {
      fail(CloseReasons.NO_LITERAL);
      return;
    }
    connect(new InetSocketAddress(address, remote.port()));
  }

  private void connect(InetSocketAddress to) {
    InetSocketAddress from = ports.towards(to.getAddress(), localPort);
    if (from != null && from.getPort() != OwnPorts.ANY) {
      isOwnPort = true;
      bootstrap.handler(PortSharing.joining(facility));
    }
    ChannelFuture connect = bootstrap.connect(to, from);
    connecting = connect.channel();
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
    connecting = null;
    if (connect.isSuccess()) {
      connected((SocketChannel) connect.channel());
    } else {
      Throwable why = connect.cause();
      fail(isOwnPort ? CloseReasons.ofConnectFromOwnPort(why) : CloseReasons.ofConnect(why));
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
    NettyConnection connection = new NettyConnection(channel, listener, roster, failure);
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
    Channel given = connecting;
    decide();
    if (isOwnPort && given != null && given.isRegistered()) {
      tellWhenClosed(given, why);
    } else {
      tell(why);
    }
  }

  /**
   * Who is told may dial from the same port again at once. A selector lets go of a socket, and the
   * system of its port, when it looks at its sockets for the next time.
   */
  private void tellWhenClosed(Channel given, CloseReason why) {
    given
        .closeFuture()
        .addListener(closed -> loop.schedule(() -> run(() -> tell(why)), 1, TimeUnit.NANOSECONDS));
  }

  private void tell(CloseReason why) {
    try {
      listener.onClosed(why);
    } catch (Throwable thrown) {
      failure.caught(thrown);
      LOG.log(System.Logger.Level.ERROR, "the callback of the dial of " + remote, thrown);
    } finally {
      roster.remove(this);
    }
  }

  private void decide() {
    decided = true;
    if (timeout != null) {
      timeout.cancel(false);
    }
    // A channel that has no event loop never had a socket either.
    if (connecting != null && connecting.isRegistered()) {
      connecting.close();
    }
  }
}
