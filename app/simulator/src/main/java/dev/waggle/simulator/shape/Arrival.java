package dev.waggle.simulator.shape;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.Acceptor;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.transport.ConnectionListener;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An accepted connection of which it turns out within an instant whether its dialler belongs to the
 * {@link ShapedNetwork}. Until then nothing is read from it. Whoever is from outside, and speaks
 * within that instant all the same, is turned away.
 */
final class Arrival implements ConnectionListener {
  private final ShapedTransport transport;
  private final Acceptor acceptor;
  private final Endpoint remote;

  // Guarded by the timeline's lock.
  private @Nullable Connection socket;
  private @Nullable Supplier<@Nullable ConnectionListener> found;

  /** The I/O thread's. */
  private @Nullable ConnectionListener server;

  Arrival(ShapedTransport transport, Acceptor acceptor, Endpoint remote) {
    this.transport = transport;
    this.acceptor = acceptor;
    this.remote = remote;
  }

  // ---- under the lock

  void isFrom(Outgoing dialler) {
    Incoming incoming = new Incoming(transport, dialler, acceptor, remote);
    found(() -> incoming);
  }

  void isFromOutside() {
    found(() -> acceptor.accept(remote));
  }

  private void found(Supplier<@Nullable ConnectionListener> listener) {
    found = listener;
    if (socket != null) {
      socket.execute(this::serve);
    }
  }

  // ---- on the I/O thread

  @Override
  public void onOpened(Connection connection) {
    connection.reading(false);
    transport.timeline().enter();
    try {
      socket = connection;
      if (found != null) {
        connection.execute(this::serve);
      }
    } finally {
      transport.timeline().leave();
    }
  }

  private void serve() {
    Connection connection;
    Supplier<@Nullable ConnectionListener> who;
    transport.timeline().enter();
    try {
      connection = socket;
      who = found;
    } finally {
      transport.timeline().leave();
    }
    if (connection == null || who == null) {
      return;
    }
    server = who.get();
    if (server == null) {
      connection.close(CloseReason.local("not accepted"));
    } else {
      connection.reading(true);
      server.onOpened(connection);
    }
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    if (server != null) {
      server.onBytes(bytes);
    } else {
      throw new IllegalStateException(remote + " spoke before it was known");
    }
  }

  @Override
  public void onWritable() {
    if (server != null) {
      server.onWritable();
    }
  }

  @Override
  public void onClosed(CloseReason why) {
    if (server != null) {
      server.onClosed(why);
    }
  }
}
