package dev.waggle.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The checklist in {@code domain/README.md} names tests of this project: each of them is there, so
 * that nobody has to take the table's word for it, and whoever renames a test hears of the table.
 */
class ChecklistTest {
  private static final Path ROOT = Path.of("..", "..");

  private static final String HEADING = "## Bitcoin Core's tests as a checklist";

  private static final List<String> FILES =
      List.of(
          "p2p_addr_relay",
          "p2p_addrfetch",
          "p2p_getaddr_caching",
          "p2p_eviction",
          "p2p_outbound_eviction",
          "p2p_seednode",
          "p2p_dns_seeds",
          "p2p_fingerprint",
          "p2p_permissions",
          "p2p_add_connections",
          "p2p_timeouts",
          "p2p_disconnect_ban",
          "p2p_invalid_messages",
          "p2p_net_deadlock",
          "p2p_leak",
          "p2p_ping",
          "rpc_setban",
          "feature_anchors",
          "feature_addrman");

  /** {@code `SomeTest#method`}, or {@code `SomeTest`}. */
  private static final Pattern REFERENCE = Pattern.compile("`([A-Z]\\w*)(?:#(\\w+))?`");

  @Test
  void table_hasARowForEachFile_andEachRowNamesATestOrSaysWhyThereIsNone() throws IOException {
    List<String> rows = rows();
    List<String> files = new ArrayList<>();
    for (String row : rows) {
      String[] cells = row.split("\\|", -1);
      assertThat(cells).as(row).hasSize(5);
      if (!cells[1].isBlank()) {
        files.add(cells[1].strip());
      }
      assertThat(REFERENCE.matcher(row).find() || cells[3].contains("does not apply"))
          .as(row)
          .isTrue();
    }
    assertThat(files).isEqualTo(FILES);
  }

  @Test
  void everyTestThatTheTableNames_isThere() throws IOException {
    assertThat(missing(String.join("\n", rows()))).isEmpty();
  }

  @Test
  void testThatIsNotThere_isMissed() throws IOException {
    assertThat(
            missing(
                "`NoSuchTest`, `ChecklistTest`, `ChecklistTest#testThatIsNotThere_isMissed`,"
                    + " `ChecklistTest#noSuchMethod`, `ChecklistTest#missing`"))
        .containsExactly("NoSuchTest", "ChecklistTest#noSuchMethod", "ChecklistTest#missing");
  }

  private static List<String> rows() throws IOException {
    String readme = Files.readString(ROOT.resolve("domain/README.md"));
    int start = readme.indexOf(HEADING);
    assertThat(start).as(HEADING).isNotNegative();
    return readme
        .substring(start)
        .lines()
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("|"))
        .skip(2) // What the columns are, and a line under it.
        .toList();
  }

  /** Of the tests that {@code text} names, those that there are not, in their order. */
  private static List<String> missing(String text) throws IOException {
    Map<String, List<Path>> sources = testSources();
    List<String> missing = new ArrayList<>();
    Matcher references = REFERENCE.matcher(text);
    while (references.find()) {
      String type = references.group(1);
      String method = references.group(2);
      List<Path> found = sources.getOrDefault(type, List.of());
      assertThat(found.size()).as("classes of the name %s: %s", type, found).isLessThan(2);
      if (found.isEmpty()
          || (method != null && !isTest(method, Files.readString(found.getFirst())))) {
        missing.add(method == null ? type : type + "#" + method);
      }
    }
    return missing;
  }

  /** Whether there is a method of that name that JUnit runs: it has an annotation that says so. */
  private static boolean isTest(String method, String source) {
    return Pattern.compile(
            "@(Test|ParameterizedTest|TestFactory)\\b[^;{}]*(\\{[^;{}]*}[^;{}]*)?\\s"
                + Pattern.quote(method)
                + "\\(")
        .matcher(source.replaceAll("(?s)\"\"\".*?\"\"\"|\"(\\\\.|[^\"\\\\])*\"", ""))
        .find();
  }

  private static Map<String, List<Path>> testSources() throws IOException {
    Map<String, List<Path>> sources = new TreeMap<>();
    try (Stream<Path> all = Files.walk(ROOT)) {
      all.filter(path -> path.toString().contains("/src/test/java/"))
          .filter(path -> path.toString().endsWith(".java"))
          .forEach(
              path -> {
                String name = path.getFileName().toString().replace(".java", "");
                sources.computeIfAbsent(name, _ -> new ArrayList<>()).add(path);
              });
    }
    return sources;
  }
}
