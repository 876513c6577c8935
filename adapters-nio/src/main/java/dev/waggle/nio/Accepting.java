package dev.waggle.nio;

import dev.waggle.ports.transport.Acceptor;
import dev.waggle.ports.transport.ConnectionListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One listening socket. Its loop accepts, and hands each connection to the loop that will serve it,
 * where the acceptor is asked.
 */
final class Accepting extends Handler implements EventLoop.Member {
  /** The way to accept: {@link ServerSocketChannel#accept}, or a failing one in tests. */
  interface Source {
    @Nullable SocketChannel next() throws IOException;
  }

  /** Connections accepted in a row, before the other channels of the loop have their turn. */
  static final int MAX_ACCEPTS_PER_TURN = 64;

  /**
   * How long nothing is accepted after a failure. Without a pause, a process that has run out of
   * file descriptors would be told of the same waiting connection again and again.
   */
  static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** How long such a failure is not said again: whoever dials can bring it about at will. */
  private static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final System.Logger LOG = System.getLogger(Accepting.class.getName());

  private final EventLoop loop;
  private final ServerSocketChannel channel;
  private final Source source;
  private final Supplier<EventLoop> loops;
  private final Acceptor acceptor;
  private final long pauseNanos;

  private Timers.@Nullable Timer pause;
  private boolean said;
  private long saidNanos;

  /**
   * @param channel bound, and in non-blocking mode
   * @param source accepts from it
   * @param loops chooses the loop of each connection
   * @param pauseNanos usually {@link #PAUSE_NANOS}
   */
  Accepting(
      EventLoop loop,
      ServerSocketChannel channel,
      Source source,
      Supplier<EventLoop> loops,
      Acceptor acceptor,
      long pauseNanos) {
    this.loop = loop;
    this.channel = channel;
    this.source = source;
    this.loops = loops;
    this.acceptor = acceptor;
    this.pauseNanos = pauseNanos;
  }

  /** Begins. Any thread. False if the loop has ended; the channel is the caller's then. */
  boolean start() {
    return loop.add(this::begin);
  }

  // The loop of the listening socket calls.

  private void begin() {
    loop.join(this);
    if (loop.closing()) {
      shutDown();
      return;
    }
    try {
      loop.register(channel, SelectionKey.OP_ACCEPT, this);
    } catch (IOException e) {
      failed(e);
    }
  }

  @Override
  void ready(int operations) {
    try {
      for (int i = 0; i < MAX_ACCEPTS_PER_TURN; i++) {
        SocketChannel accepted = source.next();
        if (accepted == null) {
          return;
        }
        handOver(accepted);
      }
    } catch (IOException e) {
      pause(e);
    }
  }

  private void pause(IOException failure) {
    long nowNanos = System.nanoTime();
    if (!said || nowNanos - saidNanos >= SILENCE_NANOS) {
      said = true;
      saidNanos = nowNanos;
      LOG.log(System.Logger.Level.WARNING, "cannot accept at the moment: " + failure);
    }
    interest(0);
    pause = loop.schedule(pauseNanos, () -> interest(SelectionKey.OP_ACCEPT));
  }

  private void handOver(SocketChannel accepted) {
    EventLoop serving = loops.get();
    if (!serving.add(() -> adopt(serving, accepted))) {
      close(accepted);
    }
  }

  @Override
  void failed(Throwable cause) {
    loop.failed(cause); // a node that is deaf is no node
    LOG.log(System.Logger.Level.ERROR, "a listening socket is closed", cause);
    shutDown();
  }

  @Override
  public void shutDown() {
    if (pause != null) {
      pause.cancel();
    }
    close(channel);
    loop.leave(this);
  }

  // The loop of the connection calls.

  private void adopt(EventLoop serving, SocketChannel accepted) {
    try {
      accepted.configureBlocking(false);
      accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
      InetSocketAddress remote = (InetSocketAddress) accepted.getRemoteAddress();
      ConnectionListener listener = serving.closing() ? null : listenerFor(serving, remote);
      if (listener == null) {
        close(accepted);
      } else {
        open(serving, accepted, remote, listener);
      }
    } catch (IOException gone) {
      close(accepted);
    }
  }

  private @Nullable ConnectionListener listenerFor(EventLoop serving, InetSocketAddress remote) {
    try {
      return acceptor.accept(NioConnection.endpoint(remote));
    } catch (Throwable thrown) {
      serving.caught(thrown);
      LOG.log(System.Logger.Level.ERROR, "the acceptor, asked about " + remote, thrown);
      return null;
    }
  }

  private static void open(
      EventLoop serving,
      SocketChannel accepted,
      InetSocketAddress remote,
      ConnectionListener listener) {
    try {
      NioConnection.open(serving, accepted, NioConnection.endpoint(remote), listener);
    } catch (IOException e) {
      close(accepted);
      serving.run(() -> listener.onClosed(CloseReasons.ofFailure(e)));
    }
  }

  private static void close(AutoCloseable channel) {
    try {
      channel.close();
    } catch (Exception e) {
      LOG.log(System.Logger.Level.DEBUG, "closing a channel", e);
    }
  }
}
