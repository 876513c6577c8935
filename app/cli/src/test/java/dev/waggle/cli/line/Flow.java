package dev.waggle.cli.line;

import dev.waggle.ports.Bytes;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/**
 * One direction of one connection: one thread takes bytes from a socket as the line does, another
 * gives them to the other socket when they arrive.
 *
 * <p>What is under way is bounded. If the receiver does not read, the sender is not read from, as
 * with TCP itself.
 */
final class Flow {
  /** Taken at a time: less than a millisecond of a line of 50 Mbit/s. */
  static final int CHUNK_BYTES = 4 * 1024;

  private final Line line;
  private final Socket from;
  private final Socket to;
  private final Meter meter;
  private final long maxHeldBytes;
  private final Deque<Chunk> underWay = new ArrayDeque<>();
  private long heldBytes;
  private long mostHeldBytes;
  private boolean stopped;

  /**
   * Some bytes that travel together.
   *
   * @param bytes none for the stream's end
   */
  private record Chunk(Bytes bytes, long arrivalNanos) {
    int length() {
      return bytes.length();
    }

    boolean isEnd() {
      return length() == 0;
    }
  }

  /**
   * A flow that has not begun.
   *
   * @param meter counts what reaches {@code to}
   */
  Flow(Line line, LineShape shape, Socket from, Socket to, Meter meter) {
    this.line = line;
    this.from = from;
    this.to = to;
    this.meter = meter;
    this.maxHeldBytes = shape.maxBytesUnderWay() + CHUNK_BYTES;
  }

  /** Takes bytes until the sender has ended the stream, which is passed on like bytes. */
  void take() throws IOException, InterruptedException {
    byte[] buffer = new byte[CHUNK_BYTES];
    Chunk chunk;
    do {
      awaitRoom();
      await(line.openNanos());
      int count = Math.max(0, from.getInputStream().read(buffer));
      Bytes bytes = Bytes.copyOf(buffer, 0, count);
      chunk = new Chunk(bytes, line.send(count, System.nanoTime()));
      add(chunk);
    } while (!chunk.isEnd());
  }

  /** Gives what arrives, to the end of the stream. */
  void give() throws IOException, InterruptedException {
    for (Chunk chunk = next(); !chunk.isEnd(); chunk = next()) {
      meter.pass(chunk.length());
      to.getOutputStream().write(chunk.bytes().borrowArray());
      release(chunk.length());
    }
    to.shutdownOutput();
  }

  private Chunk next() throws InterruptedException {
    Chunk first = first();
    await(first.arrivalNanos());
    return first;
  }

  private synchronized Chunk first() throws InterruptedException {
    while (underWay.isEmpty()) {
      requireRunning();
      wait();
    }
    return underWay.remove();
  }

  private synchronized void awaitRoom() throws InterruptedException {
    while (heldBytes + CHUNK_BYTES > maxHeldBytes) {
      requireRunning();
      wait();
    }
  }

  private synchronized void add(Chunk chunk) {
    underWay.add(chunk);
    heldBytes += chunk.length();
    mostHeldBytes = Math.max(mostHeldBytes, heldBytes);
    notifyAll();
  }

  private synchronized void release(int bytes) {
    heldBytes -= bytes;
    notifyAll();
  }

  /** The connection is gone: nobody waits in here any more. */
  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  private void requireRunning() throws InterruptedException {
    if (stopped) {
      throw new InterruptedException("the connection is gone");
    }
  }

  /** The most that was on its way at a time. */
  synchronized long mostHeldBytes() {
    return mostHeldBytes;
  }

  private static void await(long nanos) throws InterruptedException {
    long leftNanos = nanos - System.nanoTime();
    while (leftNanos > 0) {
      LockSupport.parkNanos(leftNanos);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      leftNanos = nanos - System.nanoTime();
    }
  }
}
