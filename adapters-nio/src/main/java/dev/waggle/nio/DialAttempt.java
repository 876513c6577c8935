package dev.waggle.nio;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.ConnectionListener;
import dev.waggle.ports.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect: it looks the name up, then tries its addresses one after another, until
 * one answers, or the time is over, or nobody wants it any more.
 *
 * <p>Every event of an attempt, the answer of the resolver, the end of a connect, the timer, the
 * call to {@link #cancel}, comes on the thread of one event loop, so the first of them decides.
 */
final class DialAttempt extends Handler implements Transport.Dial {
  private static final System.Logger LOG = System.getLogger(DialAttempt.class.getName());

  private final Endpoint remote;
  private final ConnectionListener listener;
  private final EventLoop loop;

  // The event loop's.
  private final Queue<InetAddress> untried = new ArrayDeque<>();
  private @Nullable SocketChannel connecting;
  private Timers.@Nullable Timer timer;
  private CloseReason lastFailure = new CloseReason(Cause.UNREACHABLE, "the name does not resolve");
  private boolean decided;

  DialAttempt(Endpoint remote, ConnectionListener listener, EventLoop loop) {
    this.remote = remote;
    this.listener = listener;
    this.loop = loop;
  }

  // Any thread.

  /** Begins. False if the loop has ended: then the listener hears nothing. */
  boolean start(long timeoutNanos, NameResolver resolver) {
    long startNanos = System.nanoTime();
    return loop.add(
        () -> {
          long waitedNanos = System.nanoTime() - startNanos;
          begin(timeoutNanos - waitedNanos, resolver);
        });
  }

  @Override
  public void cancel() {
    loop.add(() -> fail(CloseReason.of(Cause.CANCELLED)));
  }

  // The event loop calls.

  private void begin(long timeoutNanos, NameResolver resolver) {
    if (loop.closing()) {
      shutDown();
      return;
    }
    loop.join(this);
    timer = loop.schedule(timeoutNanos, () -> fail(CloseReason.of(Cause.TIMED_OUT)));
    resolver.resolve(remote.host(), found -> loop.add(() -> resolved(found)));
  }

  private void resolved(List<InetAddress> addresses) {
    untried.addAll(addresses);
    tryNext();
  }

  @Override
  void ready(int operations) {
    SocketChannel channel = connecting;
    if (channel == null) {
      return;
    }
    try {
      if (channel.finishConnect()) {
        connected(channel);
      }
    } catch (IOException e) {
      connectFailed(e);
      tryNext();
    }
  }

  @Override
  void failed(Throwable cause) {
    fail(CloseReasons.ofFailure(cause));
  }

  @Override
  void shutDown() {
    fail(CloseReason.of(Cause.SHUTDOWN));
  }

  // Steps on the event loop.

  /** Goes through the addresses until it has to wait for one, or has no more. */
  private void tryNext() {
    while (!decided && connecting == null) {
      InetAddress address = untried.poll();
      if (address == null) {
        fail(lastFailure);
      } else {
        connect(new InetSocketAddress(address, remote.port()));
      }
    }
  }

  private void connect(InetSocketAddress address) {
    SocketChannel channel;
    try {
      channel = SocketChannel.open();
    } catch (IOException noMoreSockets) {
      fail(CloseReasons.ofNoSocket(noMoreSockets));
      return;
    }
    connecting = channel;
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      if (channel.connect(address)) {
        connected(channel);
      } else {
        loop.register(channel, SelectionKey.OP_CONNECT, this);
      }
    } catch (IOException | RuntimeException e) {
      connectFailed(e);
    }
  }

  private void connectFailed(Exception failure) {
    lastFailure = CloseReasons.ofConnect(failure);
    closeConnecting();
  }

  private void connected(SocketChannel channel) throws IOException {
    Endpoint peer = NioConnection.endpoint((InetSocketAddress) channel.getRemoteAddress());
    NioConnection.open(loop, channel, peer, listener);
    connecting = null;
    decide();
  }

  private void fail(CloseReason why) {
    if (decided) {
      return;
    }
    decide();
    closeConnecting();
    try {
      listener.onClosed(why);
    } catch (Throwable thrown) {
      LOG.log(System.Logger.Level.ERROR, "onClosed of the dial of " + remote, thrown);
    }
  }

  private void decide() {
    decided = true;
    loop.leave(this);
    if (timer != null) {
      timer.cancel();
    }
  }

  private void closeConnecting() {
    if (connecting != null) {
      close(connecting);
      connecting = null;
    }
  }

  private void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the dial of " + remote, e);
    }
  }
}
