package dev.waggle.node.runtime;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.transport.ConnectionListener;
import dev.waggle.ports.transport.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A transport whose dials a test sees, and disturbs. */
final class WatchedTransport extends ForwardingTransport {
  final BlockingQueue<Endpoint> dialled = new LinkedBlockingQueue<>();
  final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();

  /** Runs inside of {@link #dial}. */
  volatile Runnable onDial = () -> {};

  /** Runs on the I/O thread of a connection that is open, before anybody hears of it. */
  volatile Runnable onOpen = () -> {};

  WatchedTransport(Transport inner) {
    super(inner);
  }

  /** What has been dialled and not been taken yet. */
  List<Endpoint> dialled() {
    return new ArrayList<>(dialled);
  }

  @Override
  public Dial dial(Endpoint remote, Duration timeout, ConnectionListener listener) {
    dialled.add(remote);
    onDial.run();
    return super.dial(remote, timeout, new Watching(listener));
  }

  @Override
  public Dial dialFrom(
      int localPort, Endpoint remote, Duration timeout, ConnectionListener listener) {
    dialled.add(remote);
    onDial.run();
    return super.dialFrom(localPort, remote, timeout, new Watching(listener));
  }

  private final class Watching implements ConnectionListener {
    private final ConnectionListener listener;

    Watching(ConnectionListener listener) {
      this.listener = listener;
    }

    @Override
    public void onOpened(Connection connection) {
      onOpen.run();
      listener.onOpened(connection);
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
      listener.onBytes(bytes);
    }

    @Override
    public void onWritable() {
      listener.onWritable();
    }

    @Override
    public void onClosed(CloseReason why) {
      closed.add(why);
      listener.onClosed(why);
    }
  }
}
