package dev.waggle.cli;

import dev.waggle.cli.config.CliConfig;
import dev.waggle.cli.config.CliKeys;
import dev.waggle.cli.config.ControlKeys;
import dev.waggle.cli.config.LoadedConfig;
import dev.waggle.cli.control.ControlClient;
import dev.waggle.cli.control.ControlFailed;
import dev.waggle.cli.control.ControlPlace;
import dev.waggle.cli.control.Printable;
import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.ports.Endpoint;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A command that asks a running node, which it finds by the settings that {@code run} reads. */
abstract class NodeCommand implements Callable<Integer> {
  /** The keys that say where the node is. */
  private static final List<ConfigKey<?>> KEYS =
      List.of(CliKeys.DATA_DIR, ControlKeys.CONTROL_SOCKET);

  /** Escaped, for a terminal too: memos and reasons are whatever others like. */
  private static final JsonMapper PRINTER =
      JsonMapper.builder(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build())
          .build();

  static final String EXIT_CODES = "%nExit codes:%n";
  static final String OK_LINE = ExitCode.OK + ":done";
  static final String FAILED_LINE =
      ExitCode.FAILED + ":the node does not do it, does not know it, or does not answer";
  static final String USAGE_LINE = ExitCode.USAGE + ":an option or an argument is at fault";
  static final String NO_NODE_LINE = ExitCode.NO_NODE + ":no node runs there";
  static final String DENIED_LINE =
      ExitCode.DENIED + ":it is another user's, or the token is wrong";

  @Mixin private final ConfigSource source = new ConfigSource();

  @Option(
      names = "--control",
      paramLabel = "HOST:PORT",
      description = "Ask over TCP, where the node has control_addr, and not by the socket.")
  private @Nullable String address;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The token for that; else control.token in the data directory.")
  private @Nullable Path tokenFile;

  @Option(names = "--json", description = "Print the node's answer as JSON, on one line.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  private boolean bySocket;

  static CommandLine added(NodeCommand command) {
    return ConfigFlags.added(command, KEYS, Map.of());
  }

  @Override
  public final Integer call() throws InterruptedException {
    LoadedConfig loaded = source.load();
    ControlPlace place = place(loaded);
    bySocket = place instanceof ControlPlace.Socket;
    try {
      return run(new ControlClient(place));
    } catch (ControlFailed e) {
      throw failed(e);
    }
  }

  /** Whether the node is surely one of this machine: it has been asked by its socket. */
  final boolean isLocal() {
    return bySocket;
  }

  /** Asks, prints, and returns the exit code. */
  abstract int run(ControlClient node) throws ControlFailed, InterruptedException;

  private ControlPlace place(LoadedConfig loaded) {
    CliConfig config = loaded.config();
    Path token = tokenFile != null ? tokenFile : config.controlToken();
    if (address != null) {
      return new ControlPlace.Tcp(parsed(address), token);
    }
    if (config.controlSocket().isPresent()) {
      return new ControlPlace.Socket(config.controlSocket().get());
    }
    return config
        .controlAddr()
        .<ControlPlace>map(configured -> new ControlPlace.Tcp(configured, token))
        .orElseThrow(
            () ->
                loaded.locate(
                    ConfigProblem.because(
                        ControlKeys.CONTROL_SOCKET.name(),
                        "off",
                        "the node cannot be asked, for it has no control_addr either")));
  }

  private static Endpoint parsed(String text) {
    try {
      return Endpoint.parse(text);
    } catch (IllegalArgumentException e) {
      throw ConfigProblem.expected("--control", text, "host:port, IPv6 in brackets");
    }
  }

  private static CommandFailed failed(ControlFailed e) {
    int exitCode =
        switch (e.kind()) {
          case NO_NODE -> ExitCode.NO_NODE;
          case DENIED -> ExitCode.DENIED;
          case MISTAKE -> ExitCode.USAGE;
          case ERROR -> ExitCode.FAILED;
        };
    return new CommandFailed(exitCode, Printable.of(String.valueOf(e.getMessage())));
  }

  /** Parameters, to be filled in. */
  static ObjectNode params() {
    return ControlClient.params();
  }

  /** Prints an answer as JSON, if that was asked for. */
  final boolean printedAsJson(JsonNode answer) {
    if (json) {
      // Jackson leaves that one control character as it is.
      print(PRINTER.writeValueAsString(answer).replace("\u007f", "\\u007f"));
    }
    return json;
  }

  /** Prints one line, without what a terminal would obey. */
  final void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(Printable.of(line));
    out.flush();
  }

  /** Prints what the terminal is to obey. */
  final void control(String sequence) {
    spec.commandLine().getOut().print(sequence);
  }
}
