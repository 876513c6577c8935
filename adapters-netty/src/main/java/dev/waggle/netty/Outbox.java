package dev.waggle.netty;

import dev.waggle.ports.transport.Connection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one connection that wait to be sent, and their number.
 *
 * <p>Small writes are copied behind each other into one buffer, and everything written during one
 * turn of the event loop leaves with one system call at its end.
 *
 * <p>{@link #reserve} and {@link #unsent} are safe from any thread, the rest belongs to the event
 * loop. The number counts what callers have written, so that a caller on another thread hears of
 * the high-water mark at once; Netty's own mark would know of its bytes only when the event loop
 * has taken them, and counts an overhead besides.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of a write arrives by its listener
final class Outbox {
  /** Who hears what becomes of the bytes. */
  interface Events {
    /** There is room again, after a write beyond the high-water mark. */
    void writable();

    /** Bytes could not be sent. */
    void sendFailed(Throwable cause);
  }

  /**
   * Capacity of the buffer that small writes share: as much as Netty's pool keeps ready in each
   * thread's cache.
   */
  private static final int SHARED_BYTES = 32 * 1024;

  private final Channel channel;
  private final Events events;
  private final Runnable flushAtEnd = this::flush;
  private final AtomicLong unsent = new AtomicLong();

  private @Nullable ByteBuf tail;
  private boolean flushScheduled;
  private boolean aboveHighWater;

  Outbox(Channel channel, Events events) {
    this.channel = channel;
    this.events = events;
  }

  long unsent() {
    return unsent.get();
  }

  /**
   * Counts {@code length} bytes that are about to be appended.
   *
   * @return the number unsent with them, or -1 and nothing counted if that would be more than
   *     {@link Connection#MAX_UNSENT_BYTES}
   */
  long reserve(int length) {
    long total = unsent.addAndGet(length);
    if (total > Connection.MAX_UNSENT_BYTES) {
      unsent.addAndGet(-length);
      return -1;
    }
    return total;
  }

  /** Copies {@code bytes}, which were reserved and gave {@code total}, behind all others. */
  void append(ByteBuffer bytes, long total) {
    int length = bytes.remaining();
    if (tail != null && tail.writableBytes() < length) {
      passTailOn();
    }
    if (tail == null) {
      tail = channel.alloc().directBuffer(Math.max(length, SHARED_BYTES));
    }
    tail.writeBytes(bytes);
    appended(total);
  }

  /** Takes {@code owned}, whose bytes were reserved and gave {@code total}, behind all others. */
  void append(ByteBuf owned, long total) {
    passTailOn();
    passOn(owned);
    appended(total);
  }

  /** Sends all that is there; the future completes when the socket has taken it. */
  ChannelFuture finish() {
    passTailOn();
    return channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
  }

  /** Forgets what was not passed on. */
  void release() {
    if (tail != null) {
      tail.release();
      tail = null;
    }
  }

  private void appended(long total) {
    // The bytes that made the number so high are still counted, so their leaving will be noticed.
    aboveHighWater |= total > Connection.HIGH_WATER_BYTES;
    if (!flushScheduled) {
      flushScheduled = true;
      EndOfTurn.ofThisLoop().add(flushAtEnd);
    }
  }

  private void flush() {
    flushScheduled = false;
    try {
      passTailOn();
      channel.flush();
    } catch (Throwable thrown) {
      events.sendFailed(thrown);
    }
  }

  private void passTailOn() {
    if (tail != null) {
      ByteBuf full = tail;
      tail = null;
      passOn(full);
    }
  }

  private void passOn(ByteBuf bytes) {
    int length = bytes.readableBytes();
    channel.write(bytes).addListener(done -> left(length, done.cause()));
  }

  private void left(int length, @Nullable Throwable failure) {
    long remaining = unsent.addAndGet(-length);
    if (failure != null) {
      events.sendFailed(failure);
    } else if (aboveHighWater && remaining <= Connection.LOW_WATER_BYTES) {
      aboveHighWater = false;
      events.writable();
    }
  }
}
