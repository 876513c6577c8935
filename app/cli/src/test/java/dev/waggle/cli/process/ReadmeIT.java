package dev.waggle.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Does what the README's section "Add a transport" says, word for word. */
class ReadmeIT {
  private static final Path README = Path.of("..", "..", "README.md");
  private static final String SECTION = "Add a transport";
  private static final int MAX_SECTION_LINES = 40;

  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir Path dir;

  @Test
  void sectionAboutTransports_isShort() throws IOException {
    assertThat(section().strip().lines().count()).isLessThan(MAX_SECTION_LINES);
  }

  @Test
  void filesThatTheSectionMakes_areNoChangeOfTheSources() throws IOException {
    assertThat(Files.readAllLines(README.resolveSibling(".gitignore")))
        .contains("/Mine.java", "/mine/", "/mine.jar");
  }

  @Test
  void transportOfOnesOwn_isListedAndCarriesADevnet() throws Exception {
    Files.writeString(dir.resolve("Mine.java"), block("java"));
    Path lib = Files.createDirectories(dir.resolve("app/cli/target/waggle")).resolve("lib");
    Files.createSymbolicLink(lib, WaggleProcess.lib());
    writeLauncher(dir.resolve("waggle"));

    try (WaggleProcess shell = WaggleProcess.shell(dir, "set -e\n" + block("sh"))) {
      assertThat(shell.awaitExit()).as("%s", shell).isZero();
      assertThat(shell.stdout().all()).as("%s", shell).hasSize(2);
      JsonNode inventory = MAPPER.readTree(shell.stdout().all().getFirst());
      assertThat(inventory.get("transports").valueStream())
          .anySatisfy(
              transport -> {
                assertThat(transport.get("name").asString()).isEqualTo("mine");
                assertThat(transport.get("description").asString())
                    .startsWith("every second connection fails, else java.nio");
              });
      JsonNode report = MAPPER.readTree(shell.stdout().all().getLast());
      assertThat(report.get("transport").asString()).isEqualTo("mine");
      assertThat(report.get("ok").asBoolean()).isTrue();
    } finally {
      Files.delete(lib); // JUnit would warn of a link that leads out of the directory
    }
  }

  /**
   * What stands for ./waggle here: it builds nothing, which must not happen during a build, and
   * asks each command for JSON.
   */
  private static void writeLauncher(Path launcher) throws IOException {
    String java =
        WaggleProcess.java("app/cli/target/waggle/lib/*:$WAGGLE_CLASSPATH").stream()
            .map(word -> '"' + word + '"')
            .collect(Collectors.joining(" "));
    Files.writeString(launcher, "#!/bin/sh\nexec " + java + " \"$@\" --json\n");
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
  }

  /** The section, its heading included. */
  private static String section() throws IOException {
    return only("(?ms)^## " + SECTION + "$.*?(?=^## )", Files.readString(README));
  }

  /** The section's only block of code in that language. */
  private static String block(String language) throws IOException {
    return only("(?ms)(?<=^```" + language + "\n).*?(?=^```$)", section());
  }

  private static String only(String regex, String text) {
    List<String> found =
        Pattern.compile(regex).matcher(text).results().map(MatchResult::group).toList();
    assertThat(found).as(regex).hasSize(1);
    return found.getFirst();
  }
}
