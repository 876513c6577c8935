package dev.waggle.nio;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.ConnectionListener;
import dev.waggle.ports.transport.SourceAddresses;
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
  private final SourceAddresses source;
  private final ConnectionListener listener;
  private final EventLoop loop;

  // The event loop's.
  private @Nullable SocketChannel channel;
  private Timers.@Nullable Timer timeout;
  private boolean decided;

  DialAttempt(
      Endpoint remote, SourceAddresses source, ConnectionListener listener, EventLoop loop) {
    this.remote = remote;
    this.source = source;
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
    SocketChannel opened;
    try {
      opened = SocketChannel.open();
    } catch (IOException noMoreSockets) {
      fail(CloseReasons.ofNoSocket(noMoreSockets));
      return;
    }
    channel = opened;
    try {
      opened.configureBlocking(false);
      opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
      InetAddress from = source.towards(address.getAddress());
      if (from != null) {
        opened.bind(new InetSocketAddress(from, 0));
      }
      if (opened.connect(address)) {
        connected(opened);
      } else {
        loop.register(opened, SelectionKey.OP_CONNECT, this);
      }
    } catch (IOException | RuntimeException e) {
      fail(CloseReasons.ofConnect(e));
    }
  }

  private void connected(SocketChannel open) throws IOException {
    Endpoint peer = NioConnection.endpoint((InetSocketAddress) open.getRemoteAddress());
    NioConnection.open(loop, open, peer, listener);
    channel = null; // The connection's from now on.
    decide();
  }

  void fail(CloseReason why) {
    if (decided) {
      return;
    }
    decide();
    try {
      listener.onClosed(why);
    } catch (Throwable thrown) {
      loop.caught(thrown);
      LOG.log(System.Logger.Level.ERROR, "onClosed of the dial of " + remote, thrown);
    }
  }

  private void decide() {
    decided = true;
    loop.leave(this);
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
