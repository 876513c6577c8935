package dev.waggle.operator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.Endpoint;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebServerTest {
  private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", 0);

  @TempDir Path folder;

  @Test
  void overTcp_aHandlerAnswers() throws Exception {
    try (WebServer server = WebServer.at(ANY_PORT, new Greeting())) {
      assertThat(get(server, "/hello").body()).isEqualTo("hello");
    }
  }

  @Test
  void overASocketFile_aHandlerAnswers() throws Exception {
    Path file = folder.resolve("s");
    try (WebServer _ = WebServer.onSocket(file, new Greeting());
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(file));
      channel.write(
          ByteBuffer.wrap(
              "GET /hello HTTP/1.1\r\nHost: node\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII)));
      byte[] answer = Channels.newInputStream(channel).readAllBytes();
      assertThat(new String(answer, StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 200")
          .endsWith("hello");
    }
  }

  @Test
  void whatNobodyHandles_isOneLine() throws Exception {
    try (WebServer server = WebServer.at(ANY_PORT, new Greeting())) {
      HttpResponse<String> response = get(server, "/else");
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.body()).isEqualTo("404 Not Found\n");
      assertThat(response.headers().firstValue("Server")).isEmpty();
    }
  }

  @Test
  void aHandlerThatThrows_tellsNothingOfItself() throws Exception {
    try (WebServer server = WebServer.at(ANY_PORT, new Greeting())) {
      HttpResponse<String> response = get(server, "/throw");
      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.body()).isEqualTo("500 Server Error\n");
    }
  }

  @Test
  void anAddressInUse_isAnIoException() throws Exception {
    try (WebServer server = WebServer.at(ANY_PORT, new Greeting())) {
      assertThatThrownBy(() -> WebServer.at(server.address(), new Greeting()))
          .isInstanceOf(IOException.class);
    }
  }

  private static HttpResponse<String> get(WebServer server, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://" + server.address() + path);
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static final class Greeting extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      switch (Request.getPathInContext(request)) {
        case "/hello" -> Content.Sink.write(response, true, "hello", callback);
        case "/throw" -> throw new IllegalStateException("a secret");
        default -> {
          return false;
        }
      }
      return true;
    }
  }
}
