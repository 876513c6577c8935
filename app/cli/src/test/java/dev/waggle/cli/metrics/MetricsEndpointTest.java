package dev.waggle.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.cli.config.CliConfig;
import dev.waggle.cli.config.CliKeys;
import dev.waggle.cli.events.Event;
import dev.waggle.cli.node.FullNode;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.ports.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two real nodes, the first of which is measured. */
@Timeout(60)
class MetricsEndpointTest {
  private static final Path TABLE = Path.of("../operator/METRICS.md");

  /** Group, name, whether it may be missing, type, unit, labels. */
  private static final Pattern ROW =
      Pattern.compile("\\| \\w+ \\| `(\\w+)`( \\*)? \\| (\\w+) \\| [^|]+ \\| ([^|]*)\\| .*");

  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
  private static final Pattern LABEL_OF_TABLE = Pattern.compile("`(\\w+)`");

  @TempDir static Path folder;

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static MetricsEndpoint endpoint;
  private static FullNode measured;
  private static FullNode other;

  /** Both have a link and a block when this is over, and the garbage was collected once. */
  @BeforeAll
  static void start() throws Exception {
    CountDownLatch linked = new CountDownLatch(1);
    CountDownLatch blocks = new CountDownLatch(1);
    CliConfig config = config("measured").parse(CliKeys.METRICS_ADDR, "0").build();
    endpoint = Objects.requireNonNull(MetricsEndpoint.start(config, "1.2.3"));
    measured =
        FullNode.start(
            config,
            null,
            endpoint.andThen(
                event -> {
                  switch (event) {
                    case Event.PeerConnected _ -> linked.countDown();
                    case Event.BlockAccepted _ -> blocks.countDown();
                    default -> {}
                  }
                }),
            endpoint.handshakes());
    endpoint.watch(measured);
    String seed = measured.address().toString();
    other = FullNode.start(config("other").parse(ConfigKeys.SEEDS, seed).build(), null, _ -> {});
    linked.await();
    other.mineOne().toCompletableFuture().get();
    blocks.await();
    System.gc();
  }

  @AfterAll
  static void close() {
    other.close();
    measured.close();
    endpoint.close();
    CLIENT.close();
  }

  @Test
  void everythingExported_isInTheTable_andTheOtherWayRound() throws Exception {
    Map<String, Metric> table = table();
    Map<String, Metric> exported = exported(get("/metrics").body());
    List<String> sometimes = sometimes();
    assertThat(table).containsAllEntriesOf(exported);
    assertThat(table.keySet().stream().filter(name -> !sometimes.contains(name)))
        .allSatisfy(name -> assertThat(exported).containsKey(name));
  }

  @Test
  void whatTheNodesDo_isMeasured() throws Exception {
    String text = get("/metrics").body();
    assertThat(text.lines())
        .contains(
            "waggle_peers 1.0",
            "ethereum_peer_limit 125.0",
            "ethereum_blockchain_height 1.0",
            "ethereum_best_known_block_number 1.0",
            "waggle_block_propagation_seconds_count 1",
            "waggle_blocks_accepted_total{origin=\"peer\"} 1.0",
            "waggle_store_failing 0.0")
        .anyMatch(
            line ->
                line.startsWith(
                    "waggle_handshake_seconds_count{direction=\"inbound\",outcome=\"established\","
                        + "suite=\"mlkem768-mldsa65\"} 1"))
        .anyMatch(line -> line.startsWith("waggle_links{") && line.endsWith(" 1.0"));
    assertThat(value(text, "waggle_connection_bytes_total{way=\"received\"}")).isPositive();
    assertThat(value(text, "waggle_node_thread_busy_seconds_total")).isPositive();
    assertThat(value(text, "waggle_store_bytes")).isGreaterThan(5_000);
    assertThat(value(text, "waggle_store_free_bytes")).isPositive();
  }

  @Test
  void aNodeWithAPeer_isAliveAndReady() throws Exception {
    assertThat(get("/healthz").body()).isEqualTo("alive\n");
    assertThat(get("/readyz").body()).isEqualTo("ready\n");
  }

  @Test
  void promtool_hasNoObjection() throws Exception {
    Path promtool = Path.of("/usr/bin/promtool");
    assumeTrue(Files.isExecutable(promtool), "this machine has no promtool (Debian: prometheus)");
    Process process =
        new ProcessBuilder(promtool.toString(), "check", "metrics")
            .redirectErrorStream(true)
            .start();
    try (var input = process.getOutputStream()) {
      input.write(get("/metrics").body().getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(output).isEmpty();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void anAddressInUse_isOneLine() {
    Endpoint taken = endpoint.address();
    CliConfig config = CliConfig.builder().parse(CliKeys.METRICS_ADDR, taken.toString()).build();
    assertThatThrownBy(() -> MetricsEndpoint.start(config, "1.2.3"))
        .isInstanceOf(ConfigProblem.class)
        .hasMessageContaining("metrics_addr = '" + taken + "'")
        .hasMessageContaining("cannot be listened on: Address already in use");
  }

  /** RFC 6761 §6.4: no name ends so. */
  @Test
  void aHostThatThereIsNot_isOneLine() {
    CliConfig config = CliConfig.builder().parse(CliKeys.METRICS_ADDR, "no.invalid:0").build();
    assertThatThrownBy(() -> MetricsEndpoint.start(config, "1.2.3"))
        .isInstanceOf(ConfigProblem.class)
        .hasMessageContaining("cannot be listened on: there is no such host");
  }

  @Test
  void withoutAnAddress_nothingListens() {
    assertThat(MetricsEndpoint.start(CliConfig.defaults(), "1.2.3")).isNull();
  }

  /**
   * What the table, or the export, says of a metric.
   *
   * @param type of Prometheus's
   * @param labels in alphabetical order
   */
  private record Metric(String type, List<String> labels) {}

  private static Map<String, Metric> table() throws IOException {
    Map<String, Metric> table = new TreeMap<>();
    for (String line : Files.readAllLines(TABLE)) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        Metric metric = new Metric(row.group(3), all(LABEL_OF_TABLE, row.group(4)));
        assertThat(table.put(row.group(1), metric)).as(row.group(1)).isNull();
      }
    }
    return table;
  }

  private static List<String> sometimes() throws IOException {
    try (Stream<String> lines = Files.lines(TABLE)) {
      return lines
          .map(ROW::matcher)
          .filter(row -> row.matches() && row.group(2) != null)
          .map(row -> row.group(1))
          .toList();
    }
  }

  private static Map<String, Metric> exported(String text) {
    Map<String, Metric> exported = new TreeMap<>();
    String name = "";
    String type = "";
    for (String line : text.lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        String[] words = line.split(" ", -1);
        name = words[2];
        type = words[3];
      } else if (!line.startsWith("#")) {
        int from = line.indexOf('{');
        String labels = from < 0 ? "" : line.substring(from, line.lastIndexOf('}'));
        exported.put(
            name,
            new Metric(
                type, all(LABEL, labels).stream().filter(label -> !label.equals("le")).toList()));
      }
    }
    return exported;
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .sorted()
        .collect(Collectors.toList());
  }

  private static double value(String text, String series) {
    return text.lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static HttpResponse<String> get(String path) throws Exception {
    URI uri = URI.create("http://" + endpoint.address() + path);
    return CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static CliConfig.Builder config(String name) throws IOException {
    return CliConfig.builder()
        .parse(ConfigKeys.P2P_ADDR, "127.0.0.1:0")
        .set(CliKeys.DATA_DIR, Files.createDirectory(folder.resolve(name)));
  }
}
