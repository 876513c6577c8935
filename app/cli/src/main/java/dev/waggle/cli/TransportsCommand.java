package dev.waggle.cli;

import dev.waggle.cli.Inventory.CodecEntry;
import dev.waggle.cli.Inventory.SuiteEntry;
import dev.waggle.cli.Inventory.TransportEntry;
import dev.waggle.cli.config.CliConfig;
import dev.waggle.cli.config.CliKeys;
import dev.waggle.cli.config.ConfigLoader;
import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigKeys;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code waggle transports}: what can be named by --transport, and likewise. */
@Command(
    name = "transports",
    description =
        "Lists the transports, codecs and cipher suites that there are, with what each transport"
            + " would do its I/O by on this machine, and why. Jars in WAGGLE_CLASSPATH add to them.",
    footer = {
      "",
      "It reads no configuration file and no environment.",
      "",
      "Examples:",
      "  ./waggle transports",
      "  ./waggle transports --netty-io io_uring --crypto bc",
      "  WAGGLE_CLASSPATH=mine.jar ./waggle transports --json"
    })
final class TransportsCommand implements Callable<Integer> {
  /** The keys that decide how parts turn out that have the same name. */
  static final List<ConfigKey<?>> KEYS =
      List.of(CliKeys.NETTY_IO, ConfigKeys.CRYPTO, ConfigKeys.IO_THREADS, CliKeys.LOG_LEVEL);

  /** What cannot be had stands in the list; the log need not say it again. */
  static final Map<ConfigKey<?>, String> DEFAULTS = Map.of(CliKeys.LOG_LEVEL, "error");

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    CliConfig config = ConfigLoader.load(settings()).config();
    Logging.level(config.logLevel());
    Inventory inventory = Inventory.of(config.node());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(inventory.json());
    } else {
      print(inventory, out);
    }
    out.flush();
    return ExitCode.OK;
  }

  private Map<ConfigKey<?>, String> settings() {
    Map<ConfigKey<?>, String> settings = new LinkedHashMap<>(DEFAULTS);
    settings.putAll(ConfigFlags.given(spec.commandLine().getParseResult()));
    return settings;
  }

  private static void print(Inventory inventory, PrintWriter out) {
    out.println("transports");
    for (TransportEntry transport : inventory.transports()) {
      String description = orProblem(transport.description(), transport.problem());
      out.println(row(transport.byDefault(), transport.name(), description));
    }
    out.println("codecs");
    for (CodecEntry codec : inventory.codecs()) {
      out.println(row(codec.byDefault(), codec.name(), orProblem("", codec.problem())));
    }
    out.println("suites");
    for (SuiteEntry suite : inventory.suites()) {
      String description = suite.id() + ", for identities of " + suite.signature();
      out.println(row(suite.byDefault(), suite.name(), orProblem(description, suite.problem())));
    }
    out.println("crypto");
    out.println(
        row(
            false,
            inventory.crypto().choice(),
            orProblem(inventory.crypto().description(), inventory.crypto().problem())));
    out.println();
    out.println("* what a node uses or offers by default");
  }

  private static String row(boolean byDefault, String name, String description) {
    return "%s %-24s%s".formatted(byDefault ? "*" : " ", name, description).stripTrailing();
  }

  private static String orProblem(@Nullable String description, @Nullable String problem) {
    return problem == null ? String.valueOf(description) : "not here: " + problem;
  }
}
