package dev.waggle.nat.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** A router on loopback that is asked over HTTP, and does for each request what a test says. */
public final class HttpRouter implements AutoCloseable {
  /** What a router does for a request; the connection ends when it returns. */
  @FunctionalInterface
  public interface Behaviour {
    void serve(String request, OutputStream out) throws IOException;
  }

  private final ServerSocket socket;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private final Behaviour behaviour;

  public HttpRouter(Behaviour behaviour) throws IOException {
    this.socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    this.behaviour = behaviour;
    Thread.ofVirtual().start(this::run);
  }

  /** An answer whose body ends with the connection. */
  public static byte[] answer(int status, String body) {
    return ("HTTP/1.1 " + status + " Whatever\r\nContent-Type: text/xml\r\n\r\n" + body)
        .getBytes(StandardCharsets.UTF_8);
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** All that it was asked and nobody took yet: heads and bodies. */
  public BlockingQueue<String> requests() {
    return requests;
  }

  private void run() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        return; // It is closed.
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      String request = request(connection.getInputStream());
      requests.add(request);
      behaviour.serve(request, connection.getOutputStream());
    } catch (IOException e) {
      // The client has had enough, as it shall.
    }
  }

  private static String request(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String head = "";
    while (!head.endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      bytes.write(next);
      head = bytes.toString(StandardCharsets.US_ASCII);
    }
    int length =
        head.lines()
            .filter(line -> line.startsWith("Content-Length: "))
            .mapToInt(line -> Integer.parseInt(line.substring(16)))
            .findFirst()
            .orElse(0);
    return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
