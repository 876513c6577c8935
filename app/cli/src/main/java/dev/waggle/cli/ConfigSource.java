package dev.waggle.cli;

import dev.waggle.cli.config.ConfigLoader;
import dev.waggle.cli.config.LoadedConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a command's settings come from: a file, the environment, and its own flags. */
final class ConfigSource {
  @Option(
      names = ConfigLoader.FILE_FLAG,
      paramLabel = "FILE",
      description =
          "Read settings from this file; else from waggle.toml in the data directory, if it is"
              + " there.")
  private @Nullable Path file;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  /**
   * The settings of the command that this is mixed into, once its arguments are parsed.
   *
   * @throws dev.waggle.node.config.ConfigProblem about the first thing that is wrong
   */
  LoadedConfig load() {
    return ConfigLoader.load(
        ConfigFlags.given(command.commandLine().getParseResult()), System.getenv(), file);
  }
}
