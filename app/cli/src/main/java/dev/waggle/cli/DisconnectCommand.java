package dev.waggle.cli;

import dev.waggle.cli.control.ControlClient;
import dev.waggle.cli.control.ControlFailed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code waggle disconnect}: ends a running node's links with somebody. */
@Command(
    name = "disconnect",
    description = {
      "Takes leave of a peer, and keeps no link with it that was asked for.",
      "It may dial again: see 'waggle ban'."
    },
    exitCodeListHeading = NodeCommand.EXIT_CODES,
    exitCodeList = {
      ExitCode.OK + ":links have ended",
      ExitCode.FAILED + ":there was none, or the node does not answer",
      NodeCommand.USAGE_LINE,
      NodeCommand.NO_NODE_LINE,
      NodeCommand.DENIED_LINE
    },
    footer = {
      "",
      "Examples:",
      "  ./waggle disconnect 192.0.2.7:9000",
      "  ./waggle disconnect PEERID"
    })
final class DisconnectCommand extends NodeCommand {
  @Parameters(
      paramLabel = "PEER",
      description = "A PeerId, or the IP:PORT that 'waggle peers' shows.")
  private String peer = "";

  @Override
  int run(ControlClient node) throws ControlFailed {
    JsonNode answer = node.ask("disconnect", params().put("peer", peer));
    int ended = answer.path("ended").asInt();
    if (!printedAsJson(answer)) {
      print(ended == 0 ? "there is no link with " + peer : "ended " + ended + " links");
    }
    return ended == 0 ? ExitCode.FAILED : ExitCode.OK;
  }
}
