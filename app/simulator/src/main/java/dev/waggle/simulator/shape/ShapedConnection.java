package dev.waggle.simulator.shape;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.transport.ConnectionListener;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One side of a connection between two hosts of a {@link ShapedNetwork}: the listener of a real
 * connection, and the connection of the node's listener.
 *
 * <p>What is written goes through the socket at once, and is counted to the model; the other side
 * holds it until the model says that it has arrived. So whatever is under way stays so though the
 * I/O thread of the writer is busy, as in a network. The end of the stream goes the other way
 * round: the model carries it, and when the other side has heard it, the socket is closed.
 *
 * <p>Callbacks are made on the real connection's I/O thread only, from its callbacks or from tasks
 * handed to it; so their order, their ends and what they throw are the real connection's business.
 */
abstract class ShapedConnection implements Connection, ConnectionListener {
  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(LINGER_MILLIS);

  private enum State {
    /** The socket may be open; the node does not know. */
    OPENING,
    OPEN,
    /** The node has closed, and what it wrote before is under way. */
    CLOSING,
    CLOSED
  }

  private final ShapedTransport transport;
  private final LiveTimeline timeline;
  private final Direction out;
  private final Direction in;

  // Guarded by the timeline's lock.
  private State state = State.OPENING;
  private @Nullable ConnectionListener listener;
  private @Nullable CloseReason reason;
  private boolean reading = true;
  private boolean flushScheduled;
  private boolean takeScheduled;

  /** Set once, before the node knows of this connection. */
  private volatile @Nullable Connection socket;

  /** The I/O thread's. */
  private final Held held = new Held();

  ShapedConnection(ShapedTransport transport, Direction out, Direction in) {
    this.transport = transport;
    this.timeline = transport.timeline();
    this.out = out;
    this.in = in;
    out.writtenBy(this);
    in.readBy(this);
  }

  /** The socket is open: asks for what shall happen when. Under the lock. */
  abstract void opening(Connection opened);

  /** Who serves the connection, now that it is open; null to close it. On the I/O thread. */
  abstract @Nullable ConnectionListener server();

  /** There is no connection, or no more; may be called twice. Under the lock. */
  abstract void gone();

  final LiveTimeline timeline() {
    return timeline;
  }

  /** Who hears of the end even if the connection does not open. Under the lock. */
  final void servedBy(ConnectionListener server) {
    listener = server;
  }

  final Direction out() {
    return out;
  }

  final Direction in() {
    return in;
  }

  // ---- Connection: any thread

  private Connection socket() {
    return Objects.requireNonNull(socket, "a connection that the node knows is open");
  }

  @Override
  public final Endpoint remote() {
    return socket().remote();
  }

  @Override
  public final Endpoint local() {
    return socket().local();
  }

  @Override
  public final boolean write(ByteBuffer bytes) {
    timeline.enter();
    try {
      if (state == State.OPEN && !out.hasRoomFor(bytes.remaining())) {
        abort(CloseReason.of(Cause.OVERFLOW));
      }
      if (state != State.OPEN) {
        bytes.position(bytes.limit());
        return false;
      }
      if (bytes.hasRemaining()) {
        int length = bytes.remaining();
        out.wrote(length, socket().write(bytes));
        scheduleFlush();
      }
      return out.invitesMore();
    } finally {
      timeline.leave();
    }
  }

  /** What is written in one turn of the I/O thread is sent at its end, as real transports do. */
  private void scheduleFlush() {
    if (!flushScheduled) {
      flushScheduled = true;
      socket().execute(this::flush);
    }
  }

  @Override
  public final void reading(boolean enabled) {
    timeline.enter();
    try {
      if (state == State.OPEN) {
        reading = enabled;
        in.reading(enabled);
        scheduleTake();
      }
    } finally {
      timeline.leave();
    }
  }

  @Override
  public final void execute(Runnable task) {
    socket().execute(task);
  }

  @Override
  public final void close(CloseReason why) {
    timeline.enter();
    try {
      end(why);
    } finally {
      timeline.leave();
    }
  }

  /** Whether it may still open. Under the lock. */
  final boolean isAttempt() {
    return state == State.OPENING && reason == null;
  }

  /** Closes, for a reason that counts if it is the first. Under the lock. */
  final void end(CloseReason why) {
    if (state != State.OPEN) {
      abort(why);
      return;
    }
    reason = why;
    state = State.CLOSING;
    out.end();
    in.reading(true); // What comes is thrown away; the peer's end may be behind it.
    scheduleTake();
    // What is not sent by the end of the lingering would arrive later than this.
    timeline.after(LINGER_NANOS + out.latencyNanos(), this::closeSocket);
  }

  /** Closes without waiting for what is under way, unless there is a reason already. */
  private void abort(CloseReason why) {
    if (reason == null) {
      reason = why;
      state = state == State.OPEN ? State.CLOSING : state;
      closeSocket();
    }
  }

  private void closeSocket() {
    Connection open = socket;
    if (open != null) {
      open.close(Objects.requireNonNull(reason));
    }
  }

  // ---- from the model, under the lock

  /** The other side has heard that this one has ended. */
  final void endHeard() {
    closeSocket();
  }

  final void arrived() {
    scheduleTake();
  }

  private void scheduleTake() {
    Connection open = socket;
    if (!takeScheduled && open != null) {
      takeScheduled = true;
      open.execute(this::takeArrived);
    }
  }

  final void drained() {
    socket().execute(this::tellWritable);
  }

  /** Lets the node know of the connection at that time. */
  final void openAt(long nanos) {
    timeline.at(nanos, () -> socket().execute(this::open));
  }

  // ---- on the I/O thread

  @Override
  public final void onOpened(Connection connection) {
    timeline.enter();
    try {
      socket = connection;
      transport.joined(this);
      if (reason == null) {
        opening(connection);
      } else {
        gone(); // At once: who was accepted meanwhile may wait to know that it is not this.
        closeSocket();
      }
    } finally {
      timeline.leave();
    }
  }

  private void open() {
    if (!isOpening()) {
      return;
    }
    ConnectionListener server = server();
    timeline.enter();
    try {
      if (server == null) {
        end(CloseReason.local("not accepted"));
        return;
      }
      listener = server;
      if (reason != null) {
        return;
      }
      state = State.OPEN;
    } finally {
      timeline.leave();
    }
    server.onOpened(this);
    takeArrived();
  }

  private boolean isOpening() {
    timeline.enter();
    try {
      return isAttempt();
    } finally {
      timeline.leave();
    }
  }

  private void flush() {
    timeline.enter();
    try {
      flushScheduled = false;
      out.flush();
    } finally {
      timeline.leave();
    }
    tellWritable();
  }

  @Override
  public final void onWritable() {
    timeline.enter();
    try {
      out.socketHasRoom();
    } finally {
      timeline.leave();
    }
    tellWritable();
  }

  private void tellWritable() {
    ConnectionListener told;
    timeline.enter();
    try {
      told = state == State.OPEN && out.owesWritable() ? listener : null;
    } finally {
      timeline.leave();
    }
    if (told != null) {
      told.onWritable();
    }
  }

  @Override
  public final void onBytes(ByteBuffer bytes) {
    held.add(bytes);
    takeArrived();
  }

  /** Hands over what has come through the socket and has arrived by the model as well. */
  private void takeArrived() {
    boolean more = true;
    while (more) {
      more = takeOnce();
    }
  }

  private boolean takeOnce() {
    ConnectionListener told;
    int bytes;
    timeline.enter();
    try {
      takeScheduled = false;
      if (state == State.OPENING || (state == State.OPEN && !reading)) {
        return false;
      }
      bytes = in.take(held.available());
      told = state == State.OPEN ? listener : null;
      if (bytes == 0) {
        if (in.isOver()) {
          in.endHeard();
        }
        return false;
      }
    } finally {
      timeline.leave();
    }
    ByteBuffer taken = held.take(bytes);
    if (told != null) {
      told.onBytes(taken);
    }
    return true;
  }

  @Override
  public final void onClosed(CloseReason why) {
    ConnectionListener told;
    CloseReason first;
    timeline.enter();
    try {
      if (reason == null) {
        reason = seen(why);
      }
      first = reason;
      told = listener;
      state = State.CLOSED;
      out.close();
      in.close();
      gone();
    } finally {
      timeline.leave();
    }
    held.clear();
    try {
      if (told != null) {
        told.onClosed(first);
      }
    } finally {
      transport.left(this);
    }
  }

  /** A stream that ends in good order while some of it is under way was in fact broken off. */
  private CloseReason seen(CloseReason why) {
    return why.cause() == Cause.REMOTE && state == State.OPEN && !in.isOver()
        ? CloseReason.of(Cause.RESET)
        : why;
  }
}
