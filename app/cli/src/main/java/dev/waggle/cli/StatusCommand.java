package dev.waggle.cli;

import dev.waggle.cli.control.ControlClient;
import dev.waggle.cli.control.ControlFailed;
import dev.waggle.cli.control.StatusText;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code waggle status}: how a running node is. */
@Command(
    name = "status",
    description =
        "Shows how a running node is: its chain, its peers, who can dial it, its traffic, its load.",
    exitCodeListHeading = NodeCommand.EXIT_CODES,
    exitCodeList = {
      NodeCommand.OK_LINE,
      NodeCommand.FAILED_LINE,
      NodeCommand.USAGE_LINE,
      NodeCommand.NO_NODE_LINE,
      NodeCommand.DENIED_LINE
    },
    footer = {
      "",
      "Examples:",
      "  ./waggle status",
      "  ./waggle status --data-dir /tmp/a --json",
      "  ./waggle status --control 127.0.0.1:9101 --token-file ./control.token"
    })
final class StatusCommand extends NodeCommand {
  @Override
  int run(ControlClient node) throws ControlFailed {
    JsonNode answer = node.ask("status", params());
    if (!printedAsJson(answer)) {
      StatusText.lines(answer).forEach(this::print);
    }
    return ExitCode.OK;
  }
}
