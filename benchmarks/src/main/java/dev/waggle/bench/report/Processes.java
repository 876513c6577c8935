package dev.waggle.bench.report;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Other programs, asked a question. */
final class Processes {
  /** What a program prints. */
  static String output(String... command) throws IOException, InterruptedException {
    return output(null, command);
  }

  /**
   * What a program prints that runs in some folder.
   *
   * @throws IOException if there is no such program, or it fails
   */
  static String output(@Nullable Path directory, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(directory == null ? null : directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(nothing()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.waitFor();
    if (exitCode != 0) {
      throw new IOException(command[0] + " ended with exit code " + exitCode);
    }
    return output.strip();
  }

  private static File nothing() {
    return new File(File.separatorChar == '/' ? "/dev/null" : "NUL");
  }

  private Processes() {}
}
