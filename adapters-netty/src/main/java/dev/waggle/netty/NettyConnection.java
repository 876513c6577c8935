package dev.waggle.netty;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.transport.ConnectionListener;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One open TCP connection: the last handler of its channel's pipeline, and the port's {@link
 * Connection}.
 *
 * <p>It lives on its channel's event loop. Methods that may be called from any thread do no more
 * than count, copy, take the reason, and hand a task to the loop. Callbacks are made from the
 * loop's own frames only, never from inside a caller's, so they cannot nest.
 *
 * <p>A close in good order sends what was written, then this side's end of stream, and throws away
 * what the peer still sends until its own end of stream, or until {@link #LINGER_MILLIS} are over.
 * Without the last step the system would answer the peer's late bytes with a reset, which can
 * overtake the bytes that the peer should still get.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a channel tells of its end by channelUnregistered
final class NettyConnection extends ChannelInboundHandlerAdapter
    implements Connection, Roster.Entry, Outbox.Events {
  private static final System.Logger LOG = System.getLogger(NettyConnection.class.getName());

  private final SocketChannel channel;
  private final EventLoop loop;
  private final Endpoint remote;
  private final Endpoint local;
  private final ConnectionListener listener;
  private final Roster roster;
  private final Failure failure;
  private final Outbox outbox;

  /** Null while the connection is open. The first reason counts. */
  private final AtomicReference<@Nullable CloseReason> reason = new AtomicReference<>();

  // From here on: the event loop's.

  private final HeldInput held = new HeldInput();

  private boolean reading = true;
  private boolean inputEnded;
  private boolean outputEnded;
  private boolean silent;
  private @Nullable Future<?> lingerTimer;

  NettyConnection(
      SocketChannel channel, ConnectionListener listener, Roster roster, Failure failure) {
    this.channel = channel;
    this.loop = channel.eventLoop();
    this.remote = endpoint(channel.remoteAddress());
    this.local = endpoint(channel.localAddress());
    this.listener = listener;
    this.roster = roster;
    this.failure = failure;
    this.outbox = new Outbox(channel, this);
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
    int length = bytes.remaining();
    if (reason.get() != null) {
      bytes.position(bytes.limit());
      return false;
    }
    long total = outbox.reserve(length);
    if (total < 0) {
      bytes.position(bytes.limit());
      abort(CloseReason.of(Cause.OVERFLOW));
      return false;
    }
    if (length > 0) {
      if (loop.inEventLoop()) {
        outbox.append(bytes, total);
      } else {
        ByteBuf copy = channel.alloc().directBuffer(length).writeBytes(bytes);
        if (!submit(() -> appendUnlessLingering(copy, total))) {
          copy.release();
          return false;
        }
      }
    }
    return total <= HIGH_WATER_BYTES;
  }

  @Override
  public void reading(boolean enabled) {
    if (loop.inEventLoop()) {
      setReading(enabled);
    } else {
      submit(() -> setReading(enabled));
    }
  }

  @Override
  public void execute(Runnable task) {
    hand(() -> call(task));
  }

  @Override
  public void close(CloseReason why) {
    if (reason.compareAndSet(null, why)) {
      submit(this::beginLingering);
    }
  }

  @Override
  public void shutDown() {
    close(CloseReason.of(Cause.SHUTDOWN));
  }

  /** Closes without sending what waits, and ends a lingering that has begun. */
  private void abort(CloseReason why) {
    reason.compareAndSet(null, why);
    submit(channel::close);
  }

  private boolean submit(Runnable step) {
    return hand(() -> guard(step));
  }

  /** False if the event loop has ended, and with it this connection. */
  private boolean hand(Runnable task) {
    try {
      loop.execute(task);
      return true;
    } catch (RejectedExecutionException ended) {
      return false;
    }
  }

  // Events of the channel.

  @Override
  public void channelActive(ChannelHandlerContext context) {
    call(() -> listener.onOpened(this));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (reading && held.isEmpty()) {
      deliver(bytes);
    } else if (!held.add(bytes)) {
      abort(new CloseReason(Cause.FAILED, "the peer has left more than can be held for it"));
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      // Not at once: of a reset, a write may hear as such, and the read as of an end. With io_uring
      // both may have been told in the same turn.
      submit(this::endIfDone);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    failure.caught(cause);
    abort(CloseReasons.ofStream(cause));
  }

  @Override
  public void channelUnregistered(ChannelHandlerContext context) {
    if (silent) {
      return;
    }
    if (lingerTimer != null) {
      lingerTimer.cancel(false);
    }
    held.release();
    outbox.release();
    reason.compareAndSet(null, CloseReason.of(Cause.RESET));
    CloseReason why = Objects.requireNonNull(reason.get());
    call(() -> listener.onClosed(why));
    silent = true;
    roster.remove(this);
  }

  // Events of the outbox.

  @Override
  public void writable() {
    if (reason.get() == null) {
      call(listener::onWritable);
    }
  }

  @Override
  public void sendFailed(Throwable cause) {
    failure.caught(cause);
    abort(CloseReasons.ofStream(cause));
  }

  // Steps on the event loop.

  /** Runs code of the listener, unless that has been told of the end. */
  private void call(Runnable code) {
    if (!silent) {
      guard(code);
    }
  }

  /** Runs code that may throw whatever it likes. Netty would log that, and do no more. */
  private void guard(Runnable code) {
    try {
      code.run();
    } catch (Throwable thrown) {
      failure.caught(thrown);
      LOG.log(System.Logger.Level.ERROR, "serving the connection to " + remote, thrown);
      abort(CloseReasons.ofCallback(thrown));
    }
  }

  private void deliver(ByteBuf bytes) {
    try {
      if (reason.get() == null) {
        call(() -> listener.onBytes(bytes.nioBuffer()));
      }
    } finally {
      bytes.release();
    }
  }

  private void appendUnlessLingering(ByteBuf bytes, long total) {
    if (lingerTimer == null) {
      outbox.append(bytes, total);
    } else {
      bytes.release();
    }
  }

  private void setReading(boolean enabled) {
    reading = enabled;
    if (reason.get() != null) {
      return;
    }
    if (enabled && !held.isEmpty()) {
      submit(this::deliverHeld);
    } else {
      channel.config().setAutoRead(enabled);
    }
  }

  private void deliverHeld() {
    while (reading && !held.isEmpty()) {
      deliver(Objects.requireNonNull(held.poll()));
    }
    if (reading && reason.get() == null) {
      channel.config().setAutoRead(true);
      endIfDone();
    }
  }

  /** The peer has ended its stream: so do we, once the listener has all that came before. */
  private void endIfDone() {
    if (!inputEnded || !held.isEmpty()) {
      return;
    }
    if (reason.compareAndSet(null, CloseReason.of(Cause.REMOTE)) || outputEnded) {
      channel.close();
    }
  }

  private void beginLingering() {
    held.release();
    reading = true;
    lingerTimer = loop.schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    outbox.finish().addListener(sent -> guard(this::endOutput));
    channel.config().setAutoRead(true);
  }

  private void endOutput() {
    outputEnded = true;
    channel
        .shutdownOutput()
        .addListener(
            done -> {
              if (inputEnded || !done.isSuccess()) {
                channel.close();
              }
            });
  }
}
