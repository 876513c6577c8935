package dev.waggle.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What the build itself tells whoever runs it, and puts into what it builds. */
class BuildIT {
  private static final Path ROOT = Path.of("..", "..");

  /** Asks for a JDK that nobody has. */
  @Test
  void missingJdk_isNamed_withWhereToGetIt() throws Exception {
    String maven =
        "exec env JAVA_HOME='%s' '%s/bin/mvn' -B -o -N -Dmaven.repo.local='%s' -Dmaven.compiler.release=999 validate"
            .formatted(
                System.getProperty("java.home"),
                System.getProperty("maven.home"),
                System.getProperty("maven.repo.local"));
    try (WaggleProcess process = WaggleProcess.shell(ROOT, maven)) {
      assertThat(process.awaitExit()).as("%s", process).isNotZero();
      assertThat(process.stdout().all())
          .as("%s", process)
          .anyMatch(
              line ->
                  line.startsWith("[ERROR] ")
                      && line.contains(
                          "needs JDK 25 or later, such as Temurin from https://adopt"));
    }
  }

  @Test
  void version_namesTheCommit_ifThereIsOne() throws Exception {
    String version = Poms.version(Files.readString(ROOT.resolve("pom.xml")));
    Path jar = WaggleProcess.lib().resolve("waggle-" + version + ".jar");
    try (JarFile opened = new JarFile(jar.toFile())) {
      Attributes manifest = opened.getManifest().getMainAttributes();
      assertThat(manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION))
          .isEqualTo(version + commit());
    }
  }

  /** As the build should see it: nothing where this is no checkout, or there is no git. */
  private static String commit() throws IOException, InterruptedException {
    if (!Files.exists(ROOT.resolve(".git"))) {
      return "";
    }
    String git = "git rev-parse --short=12 HEAD 2>/dev/null | sed s/^/+/";
    try (WaggleProcess process = WaggleProcess.shell(ROOT, git)) {
      assertThat(process.awaitExit()).as("%s", process).isZero();
      return String.join("", process.stdout().all());
    }
  }
}
