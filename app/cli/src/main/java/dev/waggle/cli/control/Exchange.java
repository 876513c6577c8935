package dev.waggle.cli.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One request and its answer on a connection of their own, within a time. Not {@code
 * java.net.http}, which knows no Unix domain sockets, and takes longer to load than all the rest.
 */
final class Exchange {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final long deadlineNanos;
  private final int maxBytes;

  /**
   * An exchange.
   *
   * @param maxBytes of the answer
   */
  Exchange(Duration time, int maxBytes) {
    this.deadlineNanos = System.nanoTime() + time.toNanos();
    this.maxBytes = maxBytes;
  }

  /**
   * All that comes until the other side ends the connection.
   *
   * @param channel new, and not connected; the caller closes it
   * @throws IOException also if it takes too long, or is too much
   */
  byte[] run(SocketChannel channel, SocketAddress address, byte[] request) throws IOException {
    try (Selector selector = Selector.open()) {
      channel.configureBlocking(false);
      boolean connected = channel.connect(address);
      SelectionKey key =
          channel.register(selector, connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT);
      if (!connected) {
        await(selector);
        channel.finishConnect();
        key.interestOps(SelectionKey.OP_WRITE);
      }
      ByteBuffer out = ByteBuffer.wrap(request);
      while (out.hasRemaining()) {
        await(selector);
        channel.write(out);
      }
      key.interestOps(SelectionKey.OP_READ);
      return answer(channel, selector);
    }
  }

  private byte[] answer(SocketChannel channel, Selector selector) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES);
    while (true) {
      await(selector);
      if (channel.read(in.clear()) < 0) {
        return answer.toByteArray();
      }
      if (answer.size() + in.position() > maxBytes) {
        throw new IOException("the answer has more than " + maxBytes + " bytes");
      }
      answer.write(in.array(), 0, in.position());
    }
  }

  private void await(Selector selector) throws IOException {
    long leftNanos = deadlineNanos - System.nanoTime();
    // At least one, for 0 would be for ever.
    long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(leftNanos));
    if (leftNanos <= 0 || selector.select(millis) == 0) {
      throw new SocketTimeoutException("no answer in time");
    }
    selector.selectedKeys().clear();
  }
}
