package dev.waggle.operator.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Endpoint;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class PageHandlerTest {
  private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", 0);

  private final LivePage page;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<AutoCloseable> open = new ArrayList<>();

  PageHandlerTest() throws IOException {
    page = LivePage.open(ANY_PORT, "a <title>");
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    page.close();
    client.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "main.js", "page.css", "d3.js", "session", "about", "nothing"})
  void everyAnswer_forbidsWhatIsNotNeeded(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy ->
                assertThat(policy)
                    .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                    .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'")
                    .doesNotContain("unsafe"));
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void everyScriptThatIsImported_isServed() throws Exception {
    List<String> seen = new ArrayList<>(List.of("main.js"));
    for (int i = 0; i < seen.size(); i++) {
      HttpResponse<String> script = get(seen.get(i));
      assertThat(script.statusCode()).as(seen.get(i)).isEqualTo(200);
      assertThat(script.headers().firstValue("Content-Type"))
          .hasValue("text/javascript; charset=utf-8");
      script
          .body()
          .lines()
          .filter(line -> line.startsWith("import "))
          .map(line -> line.replaceAll(".* '\\./(.*)';", "$1"))
          .filter(name -> !seen.contains(name))
          .forEach(seen::add);
    }
    assertThat(seen).hasSizeGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example", "192.0.2.1", "localhost.evil"})
  void aNameThatPointsHere_isRefused(String host) throws Exception {
    assertThat(status("GET /session HTTP/1.1", "Host: " + host)).contains(" 421 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1", "[::1]:80"})
  void thisMachine_isAllowed(String host) throws Exception {
    assertThat(status("GET /session HTTP/1.1", "Host: " + host)).contains(" 200 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "HEAD", "OPTIONS"})
  void nothingButReading_isAllowed(String method) throws Exception {
    assertThat(status(method + " /session HTTP/1.1", "Host: localhost")).contains(" 405 ");
  }

  @Test
  void pagesFromElsewhere_getNothing() throws Exception {
    assertThat(status("GET /events HTTP/1.1", "Host: localhost", "Sec-Fetch-Site: cross-site"))
        .contains(" 403 ");
    assertThat(status("GET /session HTTP/1.1", "Host: localhost", "Sec-Fetch-Site: same-site"))
        .contains(" 403 ");
    assertThat(status("GET / HTTP/1.1", "Host: localhost", "Sec-Fetch-Site: cross-site"))
        .as("a link to the page")
        .contains(" 200 ");
  }

  @Test
  void whoOpensLate_getsWhatWas_andThenWhatFollows() throws Exception {
    NodeReports node = page.node("<b>one</b>");
    node.listening(new Endpoint("127.0.0.1", 9000), Events.peer(1));
    try (Reader reader = follow(null)) {
      assertThat(reader.next().event()).isEqualTo("begin");
      Message was = reader.next();
      assertThat(was.data().get(0).get("event").asString()).isEqualTo("node-up");
      assertThat(was.data().get(0).get("name").asString()).isEqualTo("<b>one</b>");
      node.blockAccepted(Events.block(1));
      Message follows = reader.next();
      assertThat(follows.data().get(0).get("event").asString()).isEqualTo("block");
      assertThat(follows.id()).endsWith("-2");
    }
  }

  @Test
  void whoComesBack_goesOnWhereItWas() throws Exception {
    NodeReports node = page.node("one");
    node.listening(new Endpoint("127.0.0.1", 9000), Events.peer(1));
    String id;
    try (Reader reader = follow(null)) {
      reader.next();
      id = reader.next().id();
    }
    node.blockAccepted(Events.block(1));
    try (Reader reader = follow(id)) {
      assertThat(reader.next().event()).isEqualTo("resume");
      Message missed = reader.next();
      assertThat(missed.data()).hasSize(1);
      assertThat(missed.data().get(0).get("height").asInt()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1-1", "nonsense", "99999999999999999999-1", "-1", ""})
  void whoComesBackFromAnotherSession_beginsAnew(String id) throws Exception {
    try (Reader reader = follow(id)) {
      assertThat(reader.next().event()).isEqualTo("begin");
    }
  }

  @Test
  void readersAreBounded() throws Exception {
    for (int i = 0; i < Readers.MAX; i++) {
      Reader reader = follow(null);
      open.add(reader);
      assertThat(reader.next().event()).isEqualTo("begin");
    }
    assertThat(get("events").statusCode()).isEqualTo(503);
    assertThat(get("").statusCode()).as("the page itself").isEqualTo(200);
  }

  @Test
  void theSession_isAFile() throws Exception {
    NodeReports node = page.node("one");
    node.listening(new Endpoint("127.0.0.1", 9000), Events.peer(1));
    node.linked(Events.link(2));
    node.unlinked(Events.link(2), "over");
    HttpResponse<String> answer = get("session");
    JsonNode json = new JsonMapper().readTree(answer.body());
    assertThat(json.get("format").asString()).isEqualTo("waggle-session");
    assertThat(json.get("version").asInt()).isEqualTo(1);
    assertThat(json.get("title").asString()).isEqualTo("a <title>");
    assertThat(json.get("events")).hasSize(3);
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .hasValueSatisfying(value -> assertThat(value).startsWith("attachment"));
  }

  @Test
  void aPageOfThePast_hasItsFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("a.json"), "what it has");
    try (LivePage past = LivePage.replay(ANY_PORT, file)) {
      assertThat(get(past, "session").body()).isEqualTo("what it has");
      assertThat(get(past, "about").body()).contains("\"live\":false", "a.json");
      assertThat(get(past, "events").statusCode()).isEqualTo(404);
    }
    try (LivePage empty = LivePage.replay(ANY_PORT, null)) {
      assertThat(get(empty, "session").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void closing_letsReadersGo() throws Exception {
    try (Reader reader = follow(null)) {
      reader.next();
      page.close();
      assertThat(reader.ends()).isTrue();
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return get(page, path);
  }

  private HttpResponse<String> get(LivePage from, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(from.url() + path)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** The first line of the answer to a request that no client library would make. */
  private String status(String... lines) throws Exception {
    URI uri = URI.create(page.url());
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.lines().findFirst().orElse("");
    }
  }

  private Reader follow(@Nullable String lastEventId) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(page.url() + "events"));
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    return new Reader(
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()).body());
  }

  /** A message as a browser gets it. */
  private record Message(String event, String id, JsonNode data) {}

  /** Reads Server-Sent Events. */
  private static final class Reader implements AutoCloseable {
    private final InputStream in;
    private final BufferedReader lines;

    private Reader(InputStream in) {
      this.in = in;
      this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    Message next() throws IOException {
      String event = "";
      String id = "";
      String data = "";
      for (String line = line(); !line.isEmpty() || data.isEmpty(); line = line()) {
        if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        }
      }
      return new Message(event, id, new JsonMapper().readTree(data));
    }

    private String line() throws IOException {
      String line = lines.readLine();
      if (line == null) {
        throw new EOFException("the stream has ended");
      }
      return line;
    }

    boolean ends() throws IOException {
      return lines.readLine() == null;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
