package dev.waggle.node.runtime;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.Acceptor;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.transport.ConnectionListener;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A transport that looks, after each event of each connection and when one is closed, at what the
 * links of that thread hold. Safe from any thread.
 */
final class WatchedMemory extends ForwardingTransport {
  /** For what changes without an event of a connection. */
  private static final long LOOK_AGAIN_MILLIS = 10;

  private final Map<Thread, Long> lentBytes = new HashMap<>();
  private final List<Watched> inbound = new ArrayList<>();
  private LongSupplier lentByThisThread = () -> 0;
  private long peakBytes;

  WatchedMemory(Transport inner) {
    super(inner);
  }

  /** A connection, as the node sees it. */
  static final class Watched {
    private volatile long receivedBytes;
    private volatile boolean givenUp;
    private volatile boolean closed;

    private Watched() {}

    long receivedBytes() {
      return receivedBytes;
    }

    /** Whether the node has closed it, though the peer may linger. */
    boolean isGivenUp() {
      return givenUp || closed;
    }

    boolean isClosed() {
      return closed;
    }
  }

  /** From now on asks for the bytes that the links of the calling thread hold. */
  synchronized void watch(LongSupplier lent) {
    lentByThisThread = lent;
  }

  /** What all links hold together. */
  synchronized long lentBytes() {
    return lentBytes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The most that it ever was. */
  synchronized long peakBytes() {
    return peakBytes;
  }

  /** Whatever others have dialled, the oldest first. */
  synchronized List<Watched> inbound() {
    return List.copyOf(inbound);
  }

  synchronized void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      wait(LOOK_AGAIN_MILLIS);
    }
  }

  private synchronized void served() {
    lentBytes.put(Thread.currentThread(), lentByThisThread.getAsLong());
    peakBytes = Math.max(peakBytes, lentBytes());
    notifyAll();
  }

  @Override
  public Endpoint listen(Endpoint local, Acceptor acceptor) throws ListenFailed {
    return super.listen(
        local,
        remote -> {
          ConnectionListener listener = acceptor.accept(remote);
          return listener == null ? null : watching(listener);
        });
  }

  private synchronized ConnectionListener watching(ConnectionListener listener) {
    Watched link = new Watched();
    inbound.add(link);
    return new Watching(listener, link);
  }

  @Override
  public Dial dial(Endpoint remote, Duration timeout, ConnectionListener listener) {
    return super.dial(remote, timeout, new Watching(listener, new Watched()));
  }

  @Override
  public Dial dialFrom(
      int localPort, Endpoint remote, Duration timeout, ConnectionListener listener) {
    return super.dialFrom(localPort, remote, timeout, new Watching(listener, new Watched()));
  }

  private final class Watching implements ConnectionListener {
    private final ConnectionListener listener;
    private final Watched link;

    Watching(ConnectionListener listener, Watched link) {
      this.listener = listener;
      this.link = link;
    }

    @Override
    public void onOpened(Connection connection) {
      listener.onOpened(new Closing(connection));
      served();
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
      int count = bytes.remaining();
      listener.onBytes(bytes);
      synchronized (WatchedMemory.this) {
        link.receivedBytes += count;
        served();
      }
    }

    @Override
    public void onWritable() {
      listener.onWritable();
      served();
    }

    @Override
    public void onClosed(CloseReason why) {
      listener.onClosed(why);
      synchronized (WatchedMemory.this) {
        link.closed = true;
        served();
      }
    }

    /** Tells when the node closes it. */
    private final class Closing implements Connection {
      private final Connection connection;

      Closing(Connection connection) {
        this.connection = connection;
      }

      @Override
      public Endpoint remote() {
        return connection.remote();
      }

      @Override
      public Endpoint local() {
        return connection.local();
      }

      @Override
      public boolean write(ByteBuffer bytes) {
        return connection.write(bytes);
      }

      @Override
      public void reading(boolean enabled) {
        connection.reading(enabled);
      }

      @Override
      public void execute(Runnable task) {
        connection.execute(task);
      }

      @Override
      public void close(CloseReason why) {
        connection.close(why);
        synchronized (WatchedMemory.this) {
          link.givenUp = true;
          served();
        }
      }
    }
  }
}
