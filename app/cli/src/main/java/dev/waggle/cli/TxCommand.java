package dev.waggle.cli;

import dev.waggle.cli.control.ControlClient;
import dev.waggle.cli.control.ControlFailed;
import dev.waggle.cli.control.Memo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code waggle tx}: the transactions of a running node. */
@Command(
    name = "tx",
    description = "Sends transactions, each a memo that a running node signs, and shows them.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Examples:", "  ./waggle tx send \"hello\"", "  ./waggle tx show ID"})
final class TxCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  static CommandLine create() {
    return new CommandLine(new TxCommand())
        .addSubcommand(NodeCommand.added(new Show()))
        .addSubcommand(NodeCommand.added(new Send()));
  }

  /** No subcommand at all. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "show or send is missing");
  }

  /** {@code waggle tx show}. */
  @Command(
      name = "show",
      description = "Shows a transaction that waits for a block, or is in one of the main chain.",
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
        "A memo that is no text, or not to be shown on a terminal, is in hexadecimal digits, and a",
        "long one is cut; --json has all of it.",
        "",
        "Examples:",
        "  ./waggle tx show ID",
        "  ./waggle tx show ID --json"
      })
  static final class Show extends NodeCommand {
    @Parameters(paramLabel = "ID", description = "64 hexadecimal digits.")
    private String id = "";

    @Override
    int run(ControlClient node) throws ControlFailed {
      JsonNode answer = node.ask("tx.show", params().put("id", id));
      if (!printedAsJson(answer)) {
        print("id      " + answer.path("id").asString());
        print("author  " + answer.path("author").asString());
        print("bytes   " + answer.path("bytes").asLong());
        print("block   " + where(answer));
        print("memo    " + Memo.shown(answer.path("memo").asString()));
      }
      return ExitCode.OK;
    }

    private static String where(JsonNode answer) {
      return answer.path("block").isNull()
          ? "none yet"
          : answer.path("block").asString()
              + " at height "
              + answer.path("height").asLong()
              + ", "
              + answer.path("confirmations").asLong()
              + " confirmations";
    }
  }

  /** {@code waggle tx send}. */
  @Command(
      name = "send",
      description = "Publishes a memo in a transaction that the node signs, and prints its id.",
      exitCodeListHeading = NodeCommand.EXIT_CODES,
      exitCodeList = {
        NodeCommand.OK_LINE,
        NodeCommand.FAILED_LINE,
        NodeCommand.USAGE_LINE,
        NodeCommand.NO_NODE_LINE,
        NodeCommand.DENIED_LINE
      },
      footer = {"", "Examples:", "  ./waggle tx send \"hello\"", "  ./waggle tx send --hex c0ffee"})
  static final class Send extends NodeCommand {
    @Parameters(arity = "0..1", paramLabel = "TEXT", description = "The memo, up to 60,262 bytes.")
    private @Nullable String text;

    @Option(names = "--hex", paramLabel = "HEX", description = "Or the memo in hexadecimal digits.")
    private @Nullable String hex;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    int run(ControlClient node) throws ControlFailed {
      JsonNode answer = node.ask("tx.send", memo());
      if (!printedAsJson(answer)) {
        print(answer.path("id").asString());
      }
      return ExitCode.OK;
    }

    private ObjectNode memo() {
      if (text != null && hex == null) {
        return params().put("text", text);
      }
      if (hex != null && text == null) {
        return params().put("hex", hex);
      }
      throw new ParameterException(spec.commandLine(), "expected TEXT or --hex: one of both");
    }
  }
}
