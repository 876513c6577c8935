package dev.waggle.cli;

import dev.waggle.cli.control.ControlClient;
import dev.waggle.cli.control.ControlFailed;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code waggle log-level}: what a running node says. */
@Command(
    name = "log-level",
    description = "Shows or changes what goes to the log of a running node, until it ends.",
    exitCodeListHeading = NodeCommand.EXIT_CODES,
    exitCodeList = {
      NodeCommand.OK_LINE,
      NodeCommand.FAILED_LINE,
      NodeCommand.USAGE_LINE,
      NodeCommand.NO_NODE_LINE,
      NodeCommand.DENIED_LINE
    },
    footer = {"", "Examples:", "  ./waggle log-level", "  ./waggle log-level debug"})
final class LogLevelCommand extends NodeCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "LEVEL",
      description = "error, warn, info, debug or trace; without it, the level is shown.")
  private @Nullable String level;

  @Override
  int run(ControlClient node) throws ControlFailed {
    JsonNode answer =
        level == null
            ? node.ask("log-level.get", params())
            : node.ask("log-level.set", params().put("level", level));
    if (!printedAsJson(answer)) {
      print(answer.path("level").asString());
    }
    return ExitCode.OK;
  }
}
