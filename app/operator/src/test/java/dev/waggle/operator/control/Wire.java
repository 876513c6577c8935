package dev.waggle.operator.control;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One connection, on which a test sends what it likes. */
final class Wire implements AutoCloseable {
  private final SocketChannel channel;

  private Wire(SocketAddress address) throws IOException {
    channel = SocketChannel.open(address);
  }

  static Wire to(Path socket) throws IOException {
    return new Wire(UnixDomainSocketAddress.of(socket));
  }

  static Wire to(int port) throws IOException {
    return new Wire(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  Wire send(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    return this;
  }

  Wire post(String body, String... headers) throws IOException {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    String more = String.join("", Arrays.stream(headers).map(header -> header + "\r\n").toList());
    return send(
        "POST / HTTP/1.0\r\nHost: localhost\r\nContent-Length: "
            + length
            + "\r\n"
            + more
            + "\r\n"
            + body);
  }

  /** All that comes until the other side ends the connection. */
  String rest() throws IOException {
    return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The JSON that an answer with status 200 has. */
  JsonNode json() throws IOException {
    String answer = rest();
    if (!answer.startsWith("HTTP/1.1 200")) {
      throw new AssertionError(answer);
    }
    return new JsonMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
