package dev.waggle.cli.nat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs this machine's commands, each to its end. */
final class Commands {
  /** Only a machine that is broken takes that long. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Commands() {}

  /**
   * What a command ended with.
   *
   * @param output all that it printed, errors too
   */
  record Result(int exitCode, String output) {}

  /** Runs a command that must not fail; the result is what it printed. */
  static String run(List<String> command, String input) throws IOException, InterruptedException {
    Result result = attempt(command, input);
    if (result.exitCode() != 0) {
      throw new IOException(
          "%s ended with %d: %s\nInput:\n%s"
              .formatted(
                  String.join(" ", command), result.exitCode(), result.output().strip(), input));
    }
    return result.output();
  }

  static Result attempt(List<String> command, String input)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("waggle-nat-", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
        stdin.write(input);
      }
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + " did not end");
      }
      return new Result(process.exitValue(), Files.readString(output));
    } finally {
      Files.delete(output);
    }
  }
}
