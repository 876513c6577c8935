package dev.waggle.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.operator.server.WebServer;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.node.Direction;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsHandlerTest {
  private final AtomicLong nanos = new AtomicLong();
  private final FakeNode node = new FakeNode();
  private final NodeMetrics metrics =
      new NodeMetrics("1.2", InstantSource.system(), Duration.ofMillis(200), nanos::get);
  private final HttpClient client = HttpClient.newHttpClient();
  private WebServer server;

  @TempDir Path dataDir;

  @BeforeEach
  void listen() throws IOException {
    server = WebServer.at(new Endpoint("127.0.0.1", 0), new MetricsHandler(metrics, 2));
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
    metrics.close();
  }

  @Test
  void metrics_areTextUnlessOpenMetricsAreAskedFor() throws Exception {
    watch();
    HttpResponse<String> text = get("/metrics", "*/*");
    assertThat(text.statusCode()).isEqualTo(200);
    assertThat(text.headers().firstValue("Content-Type")).contains(MetricsHandler.TEXT);
    assertThat(text.body()).contains("ethereum_peer_limit 125.0\n").doesNotContain("# EOF");

    HttpResponse<String> open =
        get("/metrics", "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.2");
    assertThat(open.headers().firstValue("Content-Type")).contains(MetricsHandler.OPEN_METRICS);
    assertThat(open.body()).contains("ethereum_peer_limit 125.0\n").endsWith("# EOF\n");
  }

  @Test
  void protocolBuffers_areNotOffered() throws Exception {
    HttpResponse<String> response =
        get(
            "/metrics",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                + "encoding=delimited");
    assertThat(response.headers().firstValue("Content-Type")).contains(MetricsHandler.TEXT);
  }

  @Test
  void beforeTheNodeRuns_itIsAliveAndNotReady() throws Exception {
    assertThat(answer("/healthz")).isEqualTo("200 alive\n");
    assertThat(answer("/readyz")).isEqualTo("503 the node does not listen yet\n");
    assertThat(get("/metrics", "*/*").statusCode()).isEqualTo(200);
  }

  @Test
  void withPeersEnough_itIsReady() throws Exception {
    watch();
    node.link(1, Direction.INBOUND, "s", 0);
    node.link(1, Direction.OUTBOUND, "s", 0);
    assertThat(answer("/readyz")).isEqualTo("503 the node has 1 of 2 peers\n");

    node.link(2, Direction.INBOUND, "s", 0);
    later();
    assertThat(answer("/readyz")).isEqualTo("200 ready\n");
  }

  @Test
  void eachReasonNotToBeReady_isALine() throws Exception {
    watch();
    metrics.chain().storeFailed(new IOException("disk full"));
    assertThat(answer("/readyz"))
        .isEqualTo("503 the node has 0 of 2 peers\nthe store fails: blocks cannot be kept\n");
    assertThat(answer("/healthz")).isEqualTo("200 alive\n");
  }

  @Test
  void aNodeThatHangs_makesNobodyHang() throws Exception {
    watch();
    node.hang();
    String why = "503 the node has not answered for 200 ms\n";
    assertThat(answer("/metrics")).isEqualTo(why);
    assertThat(answer("/healthz")).isEqualTo(why);
    assertThat(answer("/readyz")).isEqualTo(why);
    assertThat(node.questions()).isEqualTo(1);

    node.goOn();
    assertThat(answer("/healthz")).isEqualTo("200 alive\n");
  }

  @Test
  void whatIsNotAskedByGet_isRefused() throws Exception {
    HttpRequest post =
        HttpRequest.newBuilder(uri("/metrics"))
            .POST(HttpRequest.BodyPublishers.ofString("x"))
            .build();
    HttpResponse<String> response = client.send(post, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
    assertThat(answer("/")).isEqualTo("404 404 Not Found\n");
  }

  @Test
  void head_isAnsweredWithoutTheBody() throws Exception {
    HttpRequest head = HttpRequest.newBuilder(uri("/healthz")).HEAD().build();
    HttpResponse<String> response = client.send(head, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  private void watch() {
    metrics.watch(node, node, FakeNode.PEER_LIMIT, dataDir);
  }

  private void later() {
    nanos.addAndGet(SharedStatus.FRESH.toNanos());
  }

  private String answer(String path) throws Exception {
    HttpResponse<String> response = get(path, "*/*");
    return response.statusCode() + " " + response.body();
  }

  private HttpResponse<String> get(String path, String accept) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri(path)).header("Accept", accept).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://" + server.address() + path);
  }
}
