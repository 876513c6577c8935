package dev.waggle.nio;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.ConnectionListener;
import dev.waggle.ports.transport.OwnPorts;
import dev.waggle.ports.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect, until the address answers, or it has failed, or the time is over, or
 * nobody wants it any more.
 *
 * <p>Every event of an attempt, the end of the connect, the timer, the call to {@link #cancel},
 * comes on the thread of one event loop, so the first of them to decide does so.
 */
final class DialAttempt extends Handler
    implements Transport.Dial, EventLoop.Member, TaskQueue.Runner {
  private static final System.Logger LOG = System.getLogger(DialAttempt.class.getName());

  private final Endpoint remote;
  private final OwnPorts ports;
  private final int localPort;
  private final ConnectionListener listener;
  private final EventLoop loop;

  // The event loop's.
  private @Nullable SocketChannel channel;
  private Timers.@Nullable Timer timeout;
  private boolean isOwnPort;
  private boolean decided;

  /**
   * @param ports where the transport listens
   * @param localPort the one of them to dial from, or {@link OwnPorts#ANY}
   */
  DialAttempt(
      Endpoint remote, OwnPorts ports, int localPort, ConnectionListener listener, EventLoop loop) {
    this.remote = remote;
    this.ports = ports;
    this.localPort = localPort;
    this.listener = listener;
    this.loop = loop;
  }

  // Any thread.

  /** Begins. False if the loop has ended: then the listener hears nothing. */
  boolean start(long limitNanos) {
    long startNanos = System.nanoTime();
    return loop.add(
        this,
        () -> {
          long waitedNanos = System.nanoTime() - startNanos;
          begin(limitNanos - waitedNanos);
        });
  }

  @Override
  public void cancel() {
    loop.add(this, () -> fail(CloseReason.of(Cause.CANCELLED)));
  }

  // The event loop calls.

  /** A step of this: should one throw, the attempt has failed, for it must end in any case. */
  @Override
  public void run(Runnable step) {
    try {
      step.run();
    } catch (Throwable thrown) {
      failed(thrown);
    }
  }

  private void begin(long limitNanos) {
    if (loop.closing()) {
      shutDown();
      return;
    }
    loop.join(this);
    timeout = loop.schedule(limitNanos, () -> fail(CloseReason.of(Cause.TIMED_OUT)));
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(remote.host());
    } catch (IllegalArgumentException e) {
      fail(CloseReasons.NO_LITERAL);
      return;
    }
    connect(new InetSocketAddress(address, remote.port()));
  }

  @Override
  void ready(int operations) {
    SocketChannel connecting = channel;
    try {
      if (connecting != null && connecting.finishConnect()) {
        connected(connecting);
      }
    } catch (IOException e) {
      fail(CloseReasons.ofConnect(e));
    }
  }

  @Override
  void failed(Throwable cause) {
    loop.caught(cause);
    LOG.log(System.Logger.Level.ERROR, "the dial of " + remote, cause);
    fail(CloseReasons.ofFailure(cause));
  }

  @Override
  public void shutDown() {
    fail(CloseReason.of(Cause.SHUTDOWN));
  }

  // Steps on the event loop.

  private void connect(InetSocketAddress address) {
    InetSocketAddress from = ports.towards(address.getAddress(), localPort);
    isOwnPort = from != null && from.getPort() != OwnPorts.ANY;
    SocketChannel opened;
    try {
      opened = isOwnPort ? PortSharing.open(address.getAddress()) : SocketChannel.open();
    } catch (IOException noMoreSockets) {
      fail(CloseReasons.ofNoSocket(noMoreSockets));
      return;
    }
    channel = opened;
    try {
      opened.configureBlocking(false);
      opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
      if (from != null) {
        opened.bind(from);
      }
    } catch (IOException | RuntimeException e) {
      fail(CloseReasons.ofBind(e));
      return;
    }
    try {
      if (opened.connect(address)) {
        connected(opened);
      } else {
        loop.register(opened, SelectionKey.OP_CONNECT, this);
      }
    } catch (IOException | RuntimeException e) {
      fail(isOwnPort ? CloseReasons.ofConnectFromOwnPort(e) : CloseReasons.ofConnect(e));
    }
  }

  private void connected(SocketChannel open) throws IOException {
    Endpoint peer = NioConnection.endpoint((InetSocketAddress) open.getRemoteAddress());
    NioConnection.open(loop, open, peer, listener);
    channel = null; // The connection's from now on.
    decide();
    loop.leave(this);
  }

  void fail(CloseReason why) {
    if (decided) {
      return;
    }
    decide();
    if (isOwnPort) {
      // Who is told may dial from the same port again at once, and the selector lets go of the
      // socket, and the system of the port, when it looks at its sockets for the next time.
      loop.schedule(1, () -> tell(why));
    } else {
      tell(why);
    }
  }

  private void tell(CloseReason why) {
    try {
      listener.onClosed(why);
    } catch (Throwable thrown) {
      loop.caught(thrown);
      LOG.log(System.Logger.Level.ERROR, "onClosed of the dial of " + remote, thrown);
    } finally {
      loop.leave(this);
    }
  }

  private void decide() {
    decided = true;
    if (timeout != null) {
      timeout.cancel();
    }
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "the dial of " + remote, e);
      }
    }
  }
}
