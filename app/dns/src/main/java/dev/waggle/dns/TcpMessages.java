package dev.waggle.dns;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** DNS messages over TCP: each behind its length in two bytes (RFC 1035 §4.2.2). */
final class TcpMessages {
  private TcpMessages() {}

  static void write(Socket socket, byte[] message) throws IOException {
    ByteBuffer framed = ByteBuffer.allocate(Short.BYTES + message.length);
    framed.putShort((short) message.length).put(message);
    socket.getOutputStream().write(framed.array());
  }

  /**
   * Reads a whole message; who sends it byte by byte does not win time by it.
   *
   * @throws SocketTimeoutException if it is not there at {@code untilNanos}
   * @throws IOException if it is longer than {@code maxBytes}, or ends before its end
   */
  static byte[] read(Socket socket, int maxBytes, long untilNanos) throws IOException {
    byte[] length = readBytes(socket, Short.BYTES, untilNanos);
    int bytes = Short.toUnsignedInt(ByteBuffer.wrap(length).getShort());
    if (bytes > maxBytes) {
      throw new IOException("a message of " + bytes + " bytes over TCP is too long");
    }
    return readBytes(socket, bytes, untilNanos);
  }

  private static byte[] readBytes(Socket socket, int length, long untilNanos) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] bytes = new byte[length];
    for (int read = 0; read < length; ) {
      socket.setSoTimeout(millisUntil(untilNanos));
      int count = in.read(bytes, read, length - read);
      if (count < 0) {
        throw new EOFException("the TCP connection was closed amid a message");
      }
      read += count;
    }
    return bytes;
  }

  /**
   * What a socket can be told to wait: at least 1, since 0 would be for ever.
   *
   * @throws SocketTimeoutException if {@code nanos} of {@link System#nanoTime} is over
   */
  static int millisUntil(long nanos) throws SocketTimeoutException {
    long left = nanos - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException();
    }
    return Math.clamp(TimeUnit.NANOSECONDS.toMillis(left), 1, Integer.MAX_VALUE);
  }
}
