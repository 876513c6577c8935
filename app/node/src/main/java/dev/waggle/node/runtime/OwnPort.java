package dev.waggle.node.runtime;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.transport.ConnectionListener;
import dev.waggle.ports.transport.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Connects from the port at which the node listens; or, where that cannot be, since there was a
 * connection of the same four numbers a moment ago, from any (PROTOCOL §9.9).
 */
final class OwnPort implements Connector {
  private final Transport transport;
  private final int port;
  private final LongSupplier clock;

  /**
   * Dials from {@code port}.
   *
   * @param port where {@code transport} listens
   * @param clock in nanoseconds
   */
  OwnPort(Transport transport, int port, LongSupplier clock) {
    this.transport = transport;
    this.port = port;
    this.clock = clock;
  }

  @Override
  public Transport.Dial dial(Endpoint remote, Duration limit, ConnectionListener listener) {
    Attempt attempt = new Attempt(remote, clock.getAsLong() + limit.toNanos(), listener);
    attempt.underWay(transport.dialFrom(port, remote, limit, attempt));
    return attempt;
  }

  /** Stands between the first connection, if there is one, and the listener. */
  private final class Attempt implements ConnectionListener, Transport.Dial {
    private final Endpoint remote;
    private final long deadlineNanos;
    private final ConnectionListener listener;

    /** The I/O thread's. */
    private boolean opened;

    // Guarded by this.
    private Transport.@Nullable Dial dial;
    private boolean again;
    private boolean cancelled;

    Attempt(Endpoint remote, long deadlineNanos, ConnectionListener listener) {
      this.remote = remote;
      this.deadlineNanos = deadlineNanos;
      this.listener = listener;
    }

    /** The first dial is under way, and may have failed already. */
    synchronized void underWay(Transport.Dial first) {
      if (!again) {
        dial = first;
      }
      if (cancelled) {
        first.cancel();
      }
    }

    @Override
    public void onOpened(Connection connection) {
      opened = true;
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
      if (opened || why.cause() != Cause.FAILED || !dialAgain()) {
        listener.onClosed(why);
      }
    }

    /** From any port; false if nobody wants that any more, or there is no time. */
    private boolean dialAgain() {
      long leftNanos = deadlineNanos - clock.getAsLong();
      synchronized (this) {
        if (cancelled || leftNanos <= 0) {
          return false;
        }
        again = true;
      }
      Transport.Dial second = transport.dial(remote, Duration.ofNanos(leftNanos), listener);
      boolean late;
      synchronized (this) {
        dial = second;
        late = cancelled;
      }
      if (late) {
        second.cancel();
      }
      return true;
    }

    @Override
    public void cancel() {
      Transport.Dial begun;
      synchronized (this) {
        cancelled = true;
        begun = dial;
      }
      if (begun != null) {
        begun.cancel();
      }
    }
  }
}
