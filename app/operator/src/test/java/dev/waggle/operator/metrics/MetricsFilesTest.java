package dev.waggle.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MetricsFilesTest {
  private static final Pattern ROW =
      Pattern.compile("\\| (\\w+) \\| `(\\w+)`( \\*)? \\| (\\w+) \\|.*");
  private static final Pattern NAME =
      Pattern.compile("\\b(?:waggle|ethereum|jvm|process|system|logback)_[a-z0-9_]+");
  private static final Pattern ALERT = Pattern.compile("alert: (\\w+)");
  private static final Pattern TESTED = Pattern.compile("alertname: (\\w+)");

  @TempDir Path folder;

  @Test
  void whatTheBoardAndTheAlertsName_isInTheTable() throws IOException {
    assertThat(named(MetricsFiles.board())).isNotEmpty().isSubsetOf(exportedNames());
    assertThat(named(MetricsFiles.alerts())).isNotEmpty().isSubsetOf(exportedNames());
  }

  /** Nothing is exported for nobody; of the process much is, as Micrometer has it. */
  @Test
  void eachMetricOfTheNode_isOnTheBoard() throws IOException {
    Set<String> shown =
        named(MetricsFiles.board()).stream()
            .map(name -> name.replaceAll("_(bucket|count|sum)$", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(shown)
        .containsAll(
            table().keySet().stream()
                .filter(name -> name.startsWith("waggle_") || name.startsWith("ethereum_"))
                .toList());
  }

  @Test
  void eachGroupOfTheTable_isARowOfTheBoard_withPanelsOfItsMetrics() throws IOException {
    Map<String, List<String>> rows = rows();
    Map<String, Row> table = table();
    for (String group : table.values().stream().map(Row::group).distinct().toList()) {
      assertThat(rows).containsKey(group);
      assertThat(named(String.join(" ", rows.get(group))))
          .as(group)
          .anySatisfy(name -> assertThat(table.get(base(name)).group()).isEqualTo(group));
    }
  }

  @Test
  void panelsHaveTheirOwnIds_andDoNotOverlap() {
    Set<String> ids = new TreeSet<>();
    Set<String> taken = new TreeSet<>();
    for (JsonNode panel : panels()) {
      assertThat(ids.add(panel.get("id").asString())).isTrue();
      JsonNode place = panel.get("gridPos");
      for (int x = 0; x < place.get("w").asInt(); x++) {
        for (int y = 0; y < place.get("h").asInt(); y++) {
          int column = place.get("x").asInt() + x;
          assertThat(column).isLessThan(24);
          assertThat(taken.add(column + "," + (place.get("y").asInt() + y))).isTrue();
        }
      }
    }
  }

  @Test
  void eachAlert_hasATest() throws IOException {
    assertThat(all(TESTED, resource("alerts-test.yaml")))
        .containsExactlyInAnyOrderElementsOf(all(ALERT, MetricsFiles.alerts()));
  }

  @Test
  void promtool_acceptsBoardAndAlerts_andTheseFireWhenTheyShould() throws Exception {
    Path promtool = Path.of("/usr/bin/promtool");
    assumeTrue(Files.isExecutable(promtool), "this machine has no promtool (Debian: prometheus)");
    Files.writeString(folder.resolve("alerts.yaml"), MetricsFiles.alerts());
    Files.writeString(folder.resolve("alerts-test.yaml"), resource("alerts-test.yaml"));
    run(promtool, "check", "rules", "alerts.yaml");
    run(promtool, "test", "rules", "alerts-test.yaml");
    Files.writeString(folder.resolve("board.yaml"), asRules());
    run(promtool, "check", "rules", "board.yaml");
  }

  /**
   * The board's queries, written so that promtool reads them: what Grafana fills in is filled in.
   */
  private static String asRules() {
    StringBuilder yaml = new StringBuilder("groups:\n  - name: board\n    rules:\n");
    int count = 0;
    for (String query : rows().values().stream().flatMap(List::stream).toList()) {
      String filled =
          query
              .replace("$__rate_interval", "1m")
              .replace("$job", "waggle")
              .replace("$instance", ".*");
      assertThat(filled).doesNotContain("$", "'");
      yaml.append("      - record: query").append(count++).append("\n");
      yaml.append("        expr: '").append(filled).append("'\n");
    }
    return yaml.toString();
  }

  private void run(Path promtool, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(promtool.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("SUCCESS");
  }

  private record Row(String group, String type) {}

  private static Map<String, Row> table() throws IOException {
    Map<String, Row> table = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of("METRICS.md"))) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        table.put(row.group(2), new Row(row.group(1), row.group(4)));
      }
    }
    return table;
  }

  /** As a query names them: histograms and summaries by what they consist of. */
  private static Set<String> exportedNames() throws IOException {
    Set<String> names = new TreeSet<>();
    table()
        .forEach(
            (name, row) -> {
              switch (row.type()) {
                case "histogram" ->
                    names.addAll(List.of(name + "_bucket", name + "_count", name + "_sum"));
                case "summary" -> names.addAll(List.of(name + "_count", name + "_sum"));
                default -> names.add(name);
              }
            });
    return names;
  }

  private static String base(String name) throws IOException {
    return table().containsKey(name) ? name : name.replaceAll("_(bucket|count|sum)$", "");
  }

  /** What each row's panels ask for. */
  private static Map<String, List<String>> rows() {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    List<String> queries = new ArrayList<>();
    for (JsonNode panel : panels()) {
      if (panel.get("type").asString().equals("row")) {
        queries = new ArrayList<>();
        rows.put(panel.get("title").asString(), queries);
      } else {
        for (JsonNode target : panel.get("targets")) {
          queries.add(target.get("expr").asString());
        }
      }
    }
    return rows;
  }

  private static JsonNode panels() {
    return new JsonMapper().readTree(MetricsFiles.board()).get("panels");
  }

  private static Set<String> named(String text) {
    return new TreeSet<>(
        NAME.matcher(text).results().map(found -> found.group()).collect(Collectors.toSet()));
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).toList();
  }

  private static String resource(String name) throws IOException {
    try (InputStream file = MetricsFilesTest.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
