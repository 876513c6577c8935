package dev.waggle.nio;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.transport.ConnectionListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One open TCP connection.
 *
 * <p>It lives on one event loop. Methods that may be called from any thread do no more than count,
 * copy, take the reason, and hand a task to the loop. Callbacks are made from the loop's own frames
 * only, never from inside a caller's, so they cannot nest.
 *
 * <p>A close in good order sends what was written, then this side's end of stream, and throws away
 * what the peer still sends until its own end of stream, or until {@link #LINGER_MILLIS} are over.
 * Without the last step the system would answer the peer's late bytes with a reset, which can
 * overtake the bytes that the peer should still get.
 */
final class NioConnection extends Handler
    implements Connection, EventLoop.Member, TaskQueue.Runner {
  private static final System.Logger LOG = System.getLogger(NioConnection.class.getName());

  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(LINGER_MILLIS);

  private final EventLoop loop;
  private final SocketChannel channel;
  private final Endpoint remote;
  private final Endpoint local;
  private final ConnectionListener listener;
  private final WriteQueue unsent;

  /** Null while the connection is open. The first reason counts. */
  private final AtomicReference<@Nullable CloseReason> reason = new AtomicReference<>();

  // Made once, since they are handed over often.
  private final Runnable pause = this::pause;
  private final Runnable resume = this::resume;

  // From here on: the event loop's.
  private boolean reading = true;
  private boolean inputEnded;
  private boolean outputEnded;
  private boolean flushScheduled;
  private boolean socketFull;
  private boolean closed;
  private Timers.@Nullable Timer lingering;

  private NioConnection(
      EventLoop loop, SocketChannel channel, Endpoint remote, ConnectionListener listener)
      throws IOException {
    this.loop = loop;
    this.channel = channel;
    this.remote = remote;
    this.local = endpoint((InetSocketAddress) channel.getLocalAddress());
    this.listener = listener;
    this.unsent = new WriteQueue(loop.chunks());
  }

  /**
   * Serves a connected channel on {@code loop}, whose thread calls this.
   *
   * @throws IOException if the channel cannot be registered; the listener has heard nothing
   */
  static void open(
      EventLoop loop, SocketChannel channel, Endpoint remote, ConnectionListener listener)
      throws IOException {
    NioConnection connection = new NioConnection(loop, channel, remote, listener);
    loop.register(channel, SelectionKey.OP_READ, connection);
    loop.join(connection);
    connection.run(() -> listener.onOpened(connection));
  }

  static Endpoint endpoint(InetSocketAddress address) {
    return new Endpoint(address.getAddress().getHostAddress(), address.getPort());
  }

  // Any thread.

  @Override
  public Endpoint remote() {
    return remote;
  }

  @Override
  public Endpoint local() {
    return local;
  }

  @Override
  public boolean write(ByteBuffer bytes) {
    long total = reason.get() == null ? unsent.reserve(bytes.remaining()) : -1;
    if (total < 0) {
      bytes.position(bytes.limit());
      abort(CloseReason.of(Cause.OVERFLOW)); // without effect if the connection is closed
      return false;
    }
    if (bytes.hasRemaining()) {
      handOver(bytes, total);
    }
    return total <= HIGH_WATER_BYTES;
  }

  /** The chunks of the loop are its own, so the bytes of other threads come by way of the heap. */
  private void handOver(ByteBuffer bytes, long total) {
    if (loop.inLoop()) {
      append(bytes, total);
    } else {
      ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
      submit(() -> append(copy, total));
    }
  }

  @Override
  public void reading(boolean enabled) {
    if (loop.inLoop()) {
      setReading(enabled);
    } else {
      submit(enabled ? resume : pause);
    }
  }

  @Override
  public void execute(Runnable task) {
    submit(task);
  }

  private void submit(Runnable task) {
    if (!loop.offer(this, task)) {
      abort(new CloseReason(Cause.FAILED, "too many tasks wait"));
    }
  }

  @Override
  public void close(CloseReason why) {
    if (reason.compareAndSet(null, why)) {
      loop.add(this, this::beginLingering);
    }
  }

  /** Closes without sending what waits. */
  private void abort(CloseReason why) {
    if (reason.compareAndSet(null, why)) {
      loop.add(this, this::finish);
    }
  }

  // The event loop calls.

  /** Runs a task, unless nothing may follow {@code onClosed}. */
  @Override
  public void run(Runnable task) {
    if (closed) {
      return;
    }
    try {
      task.run();
    } catch (Throwable thrown) {
      failed(thrown);
    }
  }

  @Override
  void ready(int operations) {
    if ((operations & SelectionKey.OP_READ) != 0) {
      read();
    }
    if ((operations & SelectionKey.OP_WRITE) != 0) {
      socketFull = false;
      scheduleFlush();
    }
  }

  @Override
  void failed(Throwable cause) {
    loop.caught(cause);
    LOG.log(System.Logger.Level.ERROR, "serving the connection to " + remote, cause);
    finish(CloseReasons.ofFailure(cause));
  }

  @Override
  public void shutDown() {
    close(CloseReason.of(Cause.SHUTDOWN));
  }

  // Steps on the event loop.

  private void read() {
    ByteBuffer buffer = loop.readBuffer();
    int length;
    try {
      length = channel.read(buffer);
    } catch (IOException e) {
      finish(CloseReasons.ofStream(e));
      return;
    }
    if (length < 0) {
      endInput();
    } else if (length > 0 && reason.get() == null) {
      listener.onBytes(buffer.flip());
    }
  }

  /** The peer has ended its stream, so we end ours; if we did already, nothing is left to do. */
  private void endInput() {
    inputEnded = true;
    if (reason.compareAndSet(null, CloseReason.of(Cause.REMOTE)) || outputEnded) {
      finish();
    } else {
      updateInterest();
    }
  }

  private void pause() {
    setReading(false);
  }

  private void resume() {
    setReading(true);
  }

  private void setReading(boolean enabled) {
    reading = enabled;
    updateInterest();
  }

  private void updateInterest() {
    boolean wantsInput = !inputEnded && (reading || lingering != null);
    interest((wantsInput ? SelectionKey.OP_READ : 0) | (socketFull ? SelectionKey.OP_WRITE : 0));
  }

  private void append(ByteBuffer bytes, long total) {
    if (lingering == null) {
      unsent.append(bytes, total);
      scheduleFlush();
    }
  }

  /** A full socket is not asked again before it says that there is room. */
  private void scheduleFlush() {
    if (!flushScheduled && !socketFull) {
      flushScheduled = true;
      loop.atEndOfTurn(this);
    }
  }

  /** One system call sends what all records of this turn have left. */
  @Override
  void turnEnds() {
    flushScheduled = false;
    if (closed) {
      return;
    }
    try {
      socketFull = !unsent.send(channel);
    } catch (IOException e) {
      finish(CloseReasons.ofStream(e));
      return;
    }
    updateInterest();
    if (!unsent.isEmpty()) {
      scheduleFlush();
    } else if (lingering != null) {
      endOutput();
    }
    if (reason.get() == null && unsent.becameWritable()) {
      listener.onWritable();
    }
  }

  private void beginLingering() {
    lingering = loop.schedule(LINGER_NANOS, this::finish);
    updateInterest();
    if (unsent.isEmpty()) {
      endOutput();
    }
  }

  private void endOutput() {
    outputEnded = true;
    try {
      channel.shutdownOutput();
    } catch (IOException gone) {
      inputEnded = true;
    }
    if (inputEnded) {
      finish();
    }
  }

  private void finish(CloseReason why) {
    reason.compareAndSet(null, why);
    finish();
  }

  /** The end, for the reason that was given first. Never inside a callback. */
  private void finish() {
    if (closed) {
      return;
    }
    closed = true;
    if (lingering != null) {
      lingering.cancel();
    }
    unsent.clear();
    loop.leave(this);
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the connection to " + remote, e);
    }
    try {
      listener.onClosed(Objects.requireNonNull(reason.get()));
    } catch (Throwable thrown) {
      loop.caught(thrown);
      LOG.log(System.Logger.Level.ERROR, "onClosed of the connection to " + remote, thrown);
    }
  }
}
