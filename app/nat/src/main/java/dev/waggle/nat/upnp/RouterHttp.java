package dev.waggle.nat.upnp;

import dev.waggle.nat.router.Gateway;
import dev.waggle.nat.router.SilenceException;
import dev.waggle.nat.router.Stop;
import dev.waggle.nat.router.UdpQuestion;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/**
 * HTTP/1.1 (RFC 9112) to a router, a request for each connection, with no redirects, no proxies, no
 * cookies, no compression. An answer has at most {@value #MAX_BYTES} bytes with its head, and all
 * of it has come before the deadline, however little comes at a time.
 */
final class RouterHttp {
  /** Descriptions of routers have 2 to 30 KiB. */
  static final int MAX_BYTES = 64 * 1024;

  private final Gateway gateway;
  private final Duration deadline;
  private final Stop stop;

  /**
   * @param deadline of each request, from its connection to its answer's last byte
   */
  RouterHttp(Gateway gateway, Duration deadline, Stop stop) {
    this.gateway = gateway;
    this.deadline = deadline;
    this.stop = stop;
  }

  HttpAnswer get(RouterUrl url) throws SilenceException {
    return exchange(url, head("GET", url, Map.of()).getBytes(StandardCharsets.US_ASCII));
  }

  HttpAnswer post(RouterUrl url, Map<String, String> headers, String body) throws SilenceException {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String head =
        head("POST", url, headers)
            .replaceFirst("\r\n\r\n$", "\r\nContent-Length: " + content.length + "\r\n\r\n");
    byte[] request = new byte[head.length() + content.length];
    System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, request, 0, head.length());
    System.arraycopy(content, 0, request, head.length(), content.length);
    return exchange(url, request);
  }

  private static String head(String method, RouterUrl url, Map<String, String> headers) {
    StringBuilder head =
        new StringBuilder()
            .append(method + " " + url.target() + " HTTP/1.1\r\n")
            .append("Host: " + url.authority() + "\r\n")
            .append("Connection: close\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    return head.append("\r\n").toString();
  }

  private HttpAnswer exchange(RouterUrl url, byte[] request) throws SilenceException {
    long end = System.nanoTime() + deadline.toNanos();
    try (Socket socket = new Socket()) {
      stop.guard(socket);
      socket.bind(new InetSocketAddress(gateway.source(), 0));
      socket.connect(new InetSocketAddress(gateway.address(), url.port()), millisUntil(end));
      socket.getOutputStream().write(request); // It fits into the system's buffer.
      HttpAnswer answer = HttpAnswer.parse(read(socket, end));
      if (answer == null) {
        throw new SilenceException("sends what is no HTTP", null);
      }
      return answer;
    } catch (SilenceException e) {
      throw e;
    } catch (SocketTimeoutException e) {
      throw new SilenceException("does not answer over HTTP in time", e);
    } catch (IOException e) {
      throw new SilenceException("cannot be asked over HTTP: " + e.getMessage(), e);
    } finally {
      stop.release();
    }
  }

  /** Everything up to the end of the answer, by its own length or by the connection's end. */
  private static byte[] read(Socket socket, long end) throws IOException {
    byte[] buffer = new byte[MAX_BYTES + 1];
    int length = 0;
    InputStream in = socket.getInputStream();
    while (!HttpAnswer.isWhole(buffer, length)) {
      if (length > MAX_BYTES) {
        throw new SilenceException("sends more than 64 KiB over HTTP", null);
      }
      socket.setSoTimeout(millisUntil(end));
      int read = in.read(buffer, length, buffer.length - length);
      if (read < 0) {
        break;
      }
      length += read;
    }
    return Arrays.copyOf(buffer, length);
  }

  private static int millisUntil(long end) throws SocketTimeoutException {
    long left = end - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException();
    }
    return UdpQuestion.millis(left);
  }
}
