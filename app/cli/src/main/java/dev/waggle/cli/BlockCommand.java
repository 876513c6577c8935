package dev.waggle.cli;

import dev.waggle.cli.control.ControlClient;
import dev.waggle.cli.control.ControlFailed;
import java.time.Instant;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code waggle block}: what a running node's chain has. */
@Command(
    name = "block",
    description = "Shows blocks of a running node's chain.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Examples:", "  ./waggle block show tip", "  ./waggle block show 12 --json"})
final class BlockCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  static CommandLine create() {
    return new CommandLine(new BlockCommand()).addSubcommand(NodeCommand.added(new Show()));
  }

  /** No subcommand at all. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "show is missing");
  }

  /** {@code waggle block show}. */
  @Command(
      name = "show",
      description = "Shows a block: of the main chain by its height, of any branch by its hash.",
      exitCodeListHeading = NodeCommand.EXIT_CODES,
      exitCodeList = {
        NodeCommand.OK_LINE,
        NodeCommand.FAILED_LINE,
        NodeCommand.USAGE_LINE,
        NodeCommand.NO_NODE_LINE,
        NodeCommand.DENIED_LINE
      },
      footer = {"", "Examples:", "  ./waggle block show tip", "  ./waggle block show 12 --json"})
  static final class Show extends NodeCommand {
    @Parameters(paramLabel = "BLOCK", description = "A height, a hash, or tip.")
    private String block = "";

    @Override
    int run(ControlClient node) throws ControlFailed {
      JsonNode answer = node.ask("block.show", params().put("block", block));
      if (!printedAsJson(answer)) {
        print("hash          " + answer.path("hash").asString());
        print("height        " + answer.path("height").asLong() + where(answer));
        print("parent        " + answer.path("parent").asString("none"));
        print("time          " + Instant.ofEpochMilli(answer.path("timeMillis").asLong()));
        print("miner         " + answer.path("miner").asString());
        print("bytes         " + answer.path("bytes").asLong());
        print("transactions  " + answer.path("transactions").size());
        for (JsonNode id : answer.path("transactions")) {
          print("  " + id.asString());
        }
      }
      return ExitCode.OK;
    }

    private static String where(JsonNode answer) {
      return answer.path("inMainChain").asBoolean()
          ? ", " + answer.path("confirmations").asLong() + " confirmations"
          : ", on a side branch";
    }
  }
}
