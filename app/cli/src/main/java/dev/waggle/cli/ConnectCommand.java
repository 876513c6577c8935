package dev.waggle.cli;

import dev.waggle.cli.control.ControlClient;
import dev.waggle.cli.control.ControlFailed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code waggle connect}: has a running node dial somebody. */
@Command(
    name = "connect",
    description = {
      "Has a running node dial an address, and keep a link with it until the node ends.",
      "An attempt that fails is made again later; 'waggle disconnect' ends that."
    },
    exitCodeListHeading = NodeCommand.EXIT_CODES,
    exitCodeList = {
      ExitCode.OK + ":there is a link",
      ExitCode.FAILED + ":the first attempt has failed, or the node does not answer",
      NodeCommand.USAGE_LINE,
      NodeCommand.NO_NODE_LINE,
      NodeCommand.DENIED_LINE
    },
    footer = {
      "",
      "Examples:",
      "  ./waggle connect 192.0.2.7:9000",
      "  ./waggle connect PEERID@192.0.2.7:9000      accepts nobody else there"
    })
final class ConnectCommand extends NodeCommand {
  @Parameters(paramLabel = "ADDR", description = "HOST:PORT, or PEERID@HOST:PORT.")
  private String address = "";

  @Override
  int run(ControlClient node) throws ControlFailed {
    JsonNode answer = node.ask("connect", params().put("address", address));
    boolean linked = answer.path("linked").asBoolean();
    if (!printedAsJson(answer)) {
      print(
          linked
              ? "linked with " + answer.path("peerId").asString()
              : "not linked yet: " + answer.path("reason").asString());
    }
    return linked ? ExitCode.OK : ExitCode.FAILED;
  }
}
