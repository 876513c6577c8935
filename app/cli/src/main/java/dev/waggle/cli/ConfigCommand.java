package dev.waggle.cli;

import dev.waggle.cli.config.CliKeys;
import dev.waggle.cli.config.LoadedConfig;
import dev.waggle.cli.config.SampleFile;
import dev.waggle.cli.config.Setting;
import dev.waggle.cli.config.TomlText;
import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.node.wiring.Catalogue;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code waggle config}: what a node would run with, without running it. */
@Command(
    name = "config",
    description = "Checks or shows the settings of a node, or prints a file of settings.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Settings are read as './waggle run' reads them, from file, environment and flags.",
      "",
      "Examples:",
      "  ./waggle config sample > waggle.toml",
      "  ./waggle config check --config waggle.toml",
      "  ./waggle config show --data-dir /tmp/a"
    })
final class ConfigCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  static CommandLine create() {
    return new CommandLine(new ConfigCommand())
        .addSubcommand(ConfigFlags.added(new Check(), CliKeys.ALL, Map.of()))
        .addSubcommand(ConfigFlags.added(new Show(), CliKeys.ALL, Map.of()))
        .addSubcommand(new Sample());
  }

  /** No subcommand at all. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "check, show or sample is missing");
  }

  /** {@code waggle config check}. */
  @Command(
      name = "check",
      description =
          "Says whether a node can run with these settings, and what is wrong if not; transports,"
              + " codecs and suites of the names must be there.",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        ExitCode.OK + ":the settings are valid",
        ExitCode.USAGE + ":they are not, or cannot be read",
        ExitCode.BUG + ":a bug"
      },
      footer = {
        "",
        "Examples:",
        "  ./waggle config check",
        "  ./waggle config check --config /etc/waggle.toml"
      })
  static final class Check implements Callable<Integer> {
    @Mixin private final ConfigSource source = new ConfigSource();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
      LoadedConfig loaded = source.load();
      try {
        requireParts(loaded.config().node());
      } catch (ConfigProblem problem) {
        throw loaded.locate(problem);
      }
      int given = loaded.settings().size();
      String file = loaded.file() == null ? "no file was read" : "read " + loaded.file();
      PrintWriter out = spec.commandLine().getOut();
      out.println("valid: %s; %d of %d set".formatted(file, given, CliKeys.ALL.size()));
      out.flush();
      return ExitCode.OK;
    }

    /** What is named must be there, as the node would find out when it is wired. */
    private static void requireParts(NodeConfig config) {
      Catalogue catalogue = Catalogue.of(config);
      catalogue.transport().close();
      config.suites().forEach(catalogue::suite);
      config.codecs().forEach(catalogue.codecs()::named);
      catalogue.crypto();
    }
  }

  /** {@code waggle config show}. */
  @Command(
      name = "show",
      description = {
        "Shows every setting and where it comes from: the default, a line of the file, a variable,"
            + " a flag.",
        "What it prints is a file of settings itself. It shows where a passphrase lies, and never"
            + " what it is."
      },
      footer = {
        "",
        "Examples:",
        "  ./waggle config show --data-dir /tmp/a",
        "  ./waggle config show --json"
      })
  static final class Show implements Callable<Integer> {
    /** Where the origins begin, if the values leave room. */
    private static final int COLUMN = 44;

    @Mixin private final ConfigSource source = new ConfigSource();

    @Option(
        names = "--json",
        description = "Print one JSON object: by key, its value as it was written and its origin.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
      LoadedConfig loaded = source.load();
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(json(loaded));
      } else {
        CliKeys.ALL.forEach(key -> out.println(line(loaded.setting(key))));
      }
      out.flush();
      return ExitCode.OK;
    }

    private static String line(Setting setting) {
      String line = TomlText.line(setting.key(), setting.text());
      String origin = setting.origin().replaceAll("\\p{Cntrl}", "?"); // It may be a file's name.
      return ("%-" + COLUMN + "s  # %s").formatted(line, origin);
    }

    private static String json(LoadedConfig loaded) {
      ObjectNode json = new JsonMapper().createObjectNode();
      for (ConfigKey<?> key : CliKeys.ALL) {
        Setting setting = loaded.setting(key);
        json.putObject(key.name()).put("value", setting.text()).put("origin", setting.origin());
      }
      return json.toString();
    }
  }

  /** {@code waggle config sample}. */
  @Command(
      name = "sample",
      description =
          "Prints a file of settings to begin with: every key with its meaning and its default, as"
              + " a comment.",
      footer = {"", "Examples:", "  ./waggle config sample > ~/.waggle/waggle.toml"})
  static final class Sample implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      out.print(SampleFile.text());
      out.flush();
      return ExitCode.OK;
    }
  }
}
