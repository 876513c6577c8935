package dev.waggle.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A project that is not ours, which embeds a node: Maven builds and runs it from what we install.
 */
class EmbedIT {
  private static final Path PROJECT = Path.of("..", "node", "src", "it", "embed");
  private static final Path SOURCE = Path.of("src", "main", "java", "example", "Embed.java");
  private static final Path README = Path.of("..", "..", "README.md");
  private static final Path ROOT_POM = Path.of("..", "..", "pom.xml");

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"nio", "netty"})
  void projectOfOnesOwn_buildsAndRuns_overEitherTransport(String transport) throws Exception {
    InstalledJars.in(dir.resolve("repository"));
    Path source = dir.resolve(SOURCE);
    Files.createDirectories(source.getParent());
    Files.copy(PROJECT.resolve(SOURCE), source);
    Files.writeString(
        dir.resolve("pom.xml"),
        pom().replace("waggle-adapters-nio", "waggle-adapters-" + transport));

    try (WaggleProcess maven = WaggleProcess.shell(dir, "exec " + maven("compile", "exec:exec"))) {
      assertThat(maven.awaitExit()).as("%s", maven).isZero();
      assertThat(maven.stdout().all())
          .as("%s", maven)
          .anyMatch(line -> line.matches("got c0ffee from \\p{XDigit}{64}"));
      assertThat(maven.stderr().all())
          .as("what a JVM warns of that lacks a flag")
          .noneMatch(line -> line.startsWith("WARNING: "));
    }
  }

  /** Maven as whoever builds this has it, with all that it has fetched so far. */
  private static String maven(String... goals) {
    String fetched = System.getProperty("maven.repo.local");
    String offline = System.getProperty("maven.mode").equals("offline: true") ? " -o" : "";
    return "env JAVA_HOME='%s' '%s/bin/mvn' -B -ntp%s -Dmaven.repo.local=repository -Dmaven.repo.local.tail='%s' %s"
        .formatted(
            System.getProperty("java.home"),
            System.getProperty("maven.home"),
            offline,
            fetched,
            String.join(" ", goals));
  }

  @Test
  void project_takesTheVersionsOfThisBuild() throws IOException {
    String root = Files.readString(ROOT_POM);
    assertThat(pom()).contains("<version>" + Poms.version(root) + "</version>");
    for (String plugin : List.of("maven-resources", "maven-compiler", "maven-exec")) {
      String property = plugin + "-plugin.version";
      String version = only("(?<=<" + property + ">).*(?=</" + property + ">)", root);
      assertThat(pom()).as(plugin).contains("<version>" + version + "</version>");
    }
  }

  /** Word for word: coordinates, source, and what the JVM is told. */
  @Test
  void readme_isCutFromThisProject() throws IOException {
    String section = only("(?ms)^## Embed it$.*?(?=^## )", Files.readString(README));
    String coordinates = only("(?ms)(?<=^```xml\n).*?(?=^```$)", section);
    assertThat(coordinates).isNotBlank();
    assertThat(pom()).contains(coordinates.replaceAll("(?m)^(?=.)", "  "));
    assertThat(only("(?ms)(?<=^```java\n).*?(?=^```$)", section))
        .isEqualTo(Files.readString(PROJECT.resolve(SOURCE)));
    List<String> flags =
        Pattern.compile("<argument>(--.*?)</argument>")
            .matcher(pom())
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(flags).hasSize(2);
    assertThat(section).contains("java " + String.join(" ", flags) + " ");
  }

  private static String pom() throws IOException {
    return Files.readString(PROJECT.resolve("pom.xml"));
  }

  private static String only(String regex, String text) {
    List<String> found =
        Pattern.compile(regex).matcher(text).results().map(MatchResult::group).toList();
    assertThat(found).as(regex).hasSize(1);
    return found.getFirst();
  }
}
