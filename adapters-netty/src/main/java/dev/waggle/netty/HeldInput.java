package dev.waggle.netty;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What was read although the listener wants nothing at the moment. Once the peer has ended its
 * stream, epoll and io_uring read to that end even if told not to: all that the system's receive
 * buffer holds, which can be many megabytes a connection. Owned by one event loop.
 */
final class HeldInput {
  /**
   * Bytes of one connection at most: far more than is under way on a link that is read from, and
   * little for all links of a node together.
   */
  static final int MAX_BYTES = 1024 * 1024;

  private final ArrayDeque<ByteBuf> buffers = new ArrayDeque<>();
  private int bytes;

  boolean isEmpty() {
    return buffers.isEmpty();
  }

  /**
   * Takes a buffer in; the caller gives it away.
   *
   * @return false if that would be too much, and the buffer is released
   */
  boolean add(ByteBuf buffer) {
    if (buffer.readableBytes() > MAX_BYTES - bytes) {
      buffer.release();
      return false;
    }
    bytes += buffer.readableBytes();
    buffers.add(buffer);
    return true;
  }

  /** The oldest buffer, given away, or null. */
  @Nullable ByteBuf poll() {
    ByteBuf oldest = buffers.poll();
    if (oldest != null) {
      bytes -= oldest.readableBytes();
    }
    return oldest;
  }

  void release() {
    buffers.forEach(ByteBuf::release);
    buffers.clear();
    bytes = 0;
  }
}
