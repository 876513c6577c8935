package dev.waggle.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher before it has anything to start. Maven and the JDK are scripts that play them. */
class LauncherBuildIT {
  /** What Maven prints as it goes through five modules; then the jars are there. */
  private static final String BUILD =
      """
      echo "[INFO] Scanning for projects..."
      for module in 1:Waggle 2:ports 3:domain 4:node 5:cli; do
        echo "[INFO] Building Waggle: ${module#*:} 0.1.0-SNAPSHOT        [${module%:*}/5]"
        echo "[INFO] Building jar: /somewhere/${module#*:}.jar"
      done
      """;

  private static final String SUCCESS =
      "mkdir -p app/cli/target/waggle/lib && : > app/cli/target/waggle/lib/waggle-0.1.0.jar\n";

  private static final String FAILURE = "echo '[ERROR] no disk is large enough'\nexit 1\n";

  @TempDir Path dir;

  @SuppressWarnings("NullAway.Init") // before each test
  private LauncherCheckout checkout;

  @BeforeEach
  void makeCheckout() throws IOException {
    checkout = LauncherCheckout.notBuiltIn(dir);
    Files.createDirectories(dir.resolve("jdk/bin"));
    Files.writeString(dir.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    script("jdk/bin/javac", "exit 1");
    script("jdk/bin/java", "printf '%s\\n' \"$@\"");
  }

  @AfterEach
  void unlink() throws IOException {
    checkout.close();
  }

  private void script(String name, String body) throws IOException {
    Path script = Files.writeString(dir.resolve(name), "#!/bin/sh\n" + body);
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  /** A start without an AOT cache, which takes a JVM to make. */
  private WaggleProcess run(String commandLine) throws IOException {
    return checkout.run(
        "export JAVA_HOME=\"$PWD/jdk\" WAGGLE_JAVA_OPTS=-XX:AOTMode=off; " + commandLine);
  }

  @Test
  void firstUse_buildsAndSaysHowFarItIs() throws Exception {
    script("mvnw", BUILD + SUCCESS);
    try (WaggleProcess process = run("./waggle --version")) {
      assertThat(process.awaitExit()).as("%s", process).isZero();
      assertThat(process.stderr().all())
          .satisfiesExactly(
              line -> assertThat(line).startsWith("waggle: building (first use"),
              line -> assertThat(line).isEqualTo("waggle: building, module 4 of 5: node"));
      assertThat(process.stdout().all()).endsWith("dev.waggle.cli.Main", "--version");
    }
    assertThat(dir.resolve(".mvn/build/build.log")).content().contains("Building jar: ");
  }

  @Test
  void buildThatFails_saysWhatMavenSays() throws Exception {
    script("mvnw", BUILD + FAILURE);
    try (WaggleProcess process = run("./waggle --version")) {
      assertThat(process.awaitExit()).as("%s", process).isEqualTo(1);
      assertThat(process.stderr().all())
          .contains("waggle: the build failed. From " + dir.toRealPath() + "/.mvn/build/build.log:")
          .endsWith("[ERROR] no disk is large enough");
    }
  }

  /**
   * It may run as root, who may write everywhere: a file in the way is as good as a prohibition.
   */
  @Test
  void checkoutThatTakesNoBuild_saysWhatToDo() throws Exception {
    Files.createFile(dir.resolve(".mvn"));
    try (WaggleProcess process = run("./waggle --version")) {
      assertThat(process.awaitExit()).as("%s", process).isEqualTo(1);
      assertThat(process.stderr().all())
          .containsExactly(
              "waggle: this has to be built first, and nothing can be written to "
                  + dir.toRealPath()
                  + ". Copy it to where you may write, or let somebody who may write there run:"
                  + " ./mvnw -Dmaven.test.skip=true -pl app/cli -am package");
    }
  }

  @Test
  void helpOfTheBenchmarks_buildsNothing() throws Exception {
    Files.copy(Path.of("..", "..", "benchmarks", "README.md"), dir.resolve("benchmarks/README.md"));
    try (WaggleProcess process = run("./waggle bench --help")) {
      assertThat(process.awaitExit()).as("%s", process).isZero();
      assertThat(process.stderr().all()).isEmpty();
      assertThat(process.stdout().all())
          .anyMatch(line -> line.startsWith("The benchmarks are not built yet"))
          .anyMatch(line -> line.startsWith("  ./waggle bench --quick "))
          .anyMatch(line -> line.startsWith("  ./waggle bench --compare old.json new.json "));
    }
    try (Stream<Path> made = Files.list(dir)) {
      assertThat(made.map(Path::getFileName).map(Path::toString)).doesNotContain(".mvn");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gone.jar|there is no DIR/gone.jar",
        "/gone/mine.jar|there is no /gone/mine.jar",
        "waggle|DIR/waggle is neither a jar nor a folder",
        "domain/*|there is no jar in DIR/domain",
        "gone/*|there is no folder DIR/gone",
      })
  void ownJarThatIsNotThere_isAMistake(String entry, String problem) throws Exception {
    try (WaggleProcess process =
        run("WAGGLE_CLASSPATH='domain:" + entry + "' ./waggle transports")) {
      assertThat(process.awaitExit()).as("%s", process).isEqualTo(2);
      assertThat(process.stderr().all())
          .isEqualTo(
              List.of(
                  "waggle: WAGGLE_CLASSPATH has the entry '%s', but %s; mend that entry, or unset the variable"
                      .formatted(entry, problem.replace("DIR", dir.toString()))));
    }
  }

  /** So that it holds for whatever is started from here, wherever that has its folder. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jars/mine.jar|DIR/jars/mine.jar",
        "jars/*|DIR/jars/*",
        "jars/mine.jar::DIR/jars:|DIR/jars/mine.jar:DIR/jars",
      })
  void ownJars_areOnTheClassPath_byTheirFullNames(String entries, String expected)
      throws Exception {
    script("mvnw", BUILD + SUCCESS);
    Files.createDirectory(dir.resolve("jars"));
    Files.write(dir.resolve("jars/mine.jar"), new byte[] {'P', 'K', 5, 6});
    String own = entries.replace("DIR", dir.toString());
    try (WaggleProcess process = run("WAGGLE_CLASSPATH='" + own + "' ./waggle --version")) {
      assertThat(process.awaitExit()).as("%s", process).isZero();
      assertThat(process.stdout().all())
          .contains(
              dir.toRealPath().resolve("app/cli/target/waggle/lib/waggle-0.1.0.jar")
                  + ":"
                  + expected.replace("DIR", dir.toString()));
    }
  }
}
