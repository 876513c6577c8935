package dev.waggle.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where this was started from.
 *
 * @param project the folder of the sources; null if there is none in sight
 */
record Home(@Nullable Path project) {
  /** Set by the launcher, which lies in the project's folder. */
  private static final String LAUNCHER = "waggle.launcher";

  /** Tells what was checked out; whatever differs from that is marked. */
  private static final String[] COMMIT = {
    "git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"
  };

  static Home find() {
    String launcher = System.getProperty(LAUNCHER);
    Path folder = launcher == null ? Path.of("").toAbsolutePath() : Path.of(launcher).getParent();
    boolean isProject =
        folder != null
            && Files.isRegularFile(folder.resolve("README.md"))
            && Files.isDirectory(folder.resolve("benchmarks"));
    return new Home(isProject ? folder : null);
  }

  Path defaultOut() {
    return project == null ? Path.of("waggle-bench") : project.resolve("benchmarks/target/bench");
  }

  /** What is measured, if git knows. */
  @Nullable String commit() throws InterruptedException {
    if (project == null) {
      return null;
    }
    try {
      return Processes.output(project, COMMIT);
    } catch (IOException _) {
      return null;
    }
  }
}
