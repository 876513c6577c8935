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
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect: it looks the name up and lets its addresses race (RFC 8305 §5), until one
 * answers, or all have failed, or the time is over, or nobody wants it any more.
 *
 * <p>Every event of an attempt, the answer of the resolver, the end of a connect, the timers, the
 * call to {@link #cancel}, comes on the thread of one event loop, so the first of them to decide
 * does so.
 */
final class DialAttempt implements Transport.Dial, EventLoop.Member, TaskQueue.Runner {
  private static final System.Logger LOG = System.getLogger(DialAttempt.class.getName());

  private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(ATTEMPT_DELAY_MILLIS);

  private static final CloseReason UNKNOWN_NAME =
      new CloseReason(Cause.UNREACHABLE, "the name does not resolve");

  private final Endpoint remote;
  private final ConnectionListener listener;
  private final EventLoop loop;

  // The event loop's.
  private final Queue<InetAddress> untried = new ArrayDeque<>();
  private final Set<Connecting> connecting = new HashSet<>();
  private Timers.@Nullable Timer timeout;
  private Timers.@Nullable Timer nextStart;
  private CloseReason failure = UNKNOWN_NAME;
  private boolean decided;

  DialAttempt(Endpoint remote, ConnectionListener listener, EventLoop loop) {
    this.remote = remote;
    this.listener = listener;
    this.loop = loop;
  }

  // Any thread.

  /** Begins. False if the loop has ended: then the listener hears nothing. */
  boolean start(long limitNanos, NameResolver resolver) {
    long startNanos = System.nanoTime();
    return loop.add(
        this,
        () -> {
          long waitedNanos = System.nanoTime() - startNanos;
          begin(limitNanos - waitedNanos, resolver);
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
      loop.failure().caught(thrown);
      LOG.log(System.Logger.Level.ERROR, "the dial of " + remote, thrown);
      fail(CloseReasons.ofFailure(thrown));
    }
  }

  private void begin(long limitNanos, NameResolver resolver) {
    if (loop.closing()) {
      shutDown();
      return;
    }
    loop.join(this);
    timeout = loop.schedule(limitNanos, this::timedOut);
    resolver.resolve(remote.host(), found -> loop.add(this, () -> resolved(found)));
  }

  private void resolved(List<InetAddress> addresses) {
    if (!decided) {
      untried.addAll(AddressOrder.of(addresses));
      startNext();
    }
  }

  private void timedOut() {
    fail(CloseReasons.moreTelling(failure, CloseReason.of(Cause.TIMED_OUT)));
  }

  @Override
  public void shutDown() {
    fail(CloseReason.of(Cause.SHUTDOWN));
  }

  // Steps on the event loop.

  /** Starts attempts until one is under way, and sees to the one after it. */
  private void startNext() {
    cancel(nextStart);
    boolean underWay = false;
    while (!decided && !underWay) {
      InetAddress address = untried.poll();
      if (address == null) {
        failIfNothingIsUnderWay();
        return;
      }
      underWay = connect(new InetSocketAddress(address, remote.port()));
    }
    if (!decided && !untried.isEmpty()) {
      nextStart = loop.schedule(DELAY_NANOS, () -> run(this::startNext));
    }
  }

  private void failIfNothingIsUnderWay() {
    if (connecting.isEmpty()) {
      fail(failure);
    }
  }

  /** False if this address is done with already. */
  private boolean connect(InetSocketAddress address) {
    SocketChannel channel;
    try {
      channel = SocketChannel.open();
    } catch (IOException noMoreSockets) {
      failed(CloseReasons.ofNoSocket(noMoreSockets));
      return false;
    }
    Connecting attempt = new Connecting(channel);
    connecting.add(attempt);
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      if (channel.connect(address)) {
        connected(attempt);
      } else {
        loop.register(channel, SelectionKey.OP_CONNECT, attempt);
      }
      return !decided;
    } catch (IOException | RuntimeException e) {
      lost(attempt, CloseReasons.ofConnect(e));
      return false;
    }
  }

  private void connected(Connecting winner) throws IOException {
    SocketChannel channel = winner.channel;
    Endpoint peer = NioConnection.endpoint((InetSocketAddress) channel.getRemoteAddress());
    NioConnection.open(loop, channel, peer, listener);
    connecting.remove(winner);
    decide();
  }

  private void lost(Connecting attempt, CloseReason why) {
    connecting.remove(attempt);
    attempt.close();
    failed(why);
  }

  private void failed(CloseReason why) {
    failure = CloseReasons.moreTelling(failure, why);
  }

  void fail(CloseReason why) {
    if (decided) {
      return;
    }
    decide();
    try {
      listener.onClosed(why);
    } catch (Throwable thrown) {
      loop.failure().caught(thrown);
      LOG.log(System.Logger.Level.ERROR, "onClosed of the dial of " + remote, thrown);
    }
  }

  /** Whatever has not won by now has lost. */
  private void decide() {
    decided = true;
    loop.leave(this);
    cancel(timeout);
    cancel(nextStart);
    connecting.forEach(Connecting::close);
    connecting.clear();
  }

  private static void cancel(Timers.@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }

  /** An address that has been asked and has not answered yet. */
  private final class Connecting extends Handler {
    private final SocketChannel channel;

    Connecting(SocketChannel channel) {
      this.channel = channel;
    }

    @Override
    void ready(int operations) {
      try {
        if (channel.finishConnect()) {
          connected(this);
        }
      } catch (IOException e) {
        lost(this, CloseReasons.ofConnect(e));
        startNext();
      }
    }

    @Override
    void failed(Throwable cause) {
      loop.failure().caught(cause);
      lost(this, CloseReasons.ofFailure(cause));
      startNext();
    }

    void close() {
      try {
        channel.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "the dial of " + remote, e);
      }
    }
  }
}
