package dev.waggle.cli;

import dev.waggle.cli.control.ControlClient;
import dev.waggle.cli.control.ControlFailed;
import dev.waggle.cli.control.TextTable;
import dev.waggle.cli.control.TextTable.Column;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.config.DurationText;
import java.time.Duration;
import java.util.List;
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

/** {@code waggle ban}: whom a running node has nothing to do with. */
@Command(
    name = "ban",
    description =
        "Shuts peers, addresses and subnets out of a running node, and lets them in again.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Bans are kept over restarts.",
      "",
      "Examples:",
      "  ./waggle ban add 192.0.2.0/24 --for 48h --reason \"port scans\"",
      "  ./waggle ban list",
      "  ./waggle ban remove 192.0.2.0/24"
    })
final class BanCommand implements Runnable {
  private static final String SUBJECT = "A PeerId, an IP address, or a subnet.";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  static CommandLine create() {
    return new CommandLine(new BanCommand())
        .addSubcommand(NodeCommand.added(new Add()))
        .addSubcommand(NodeCommand.added(new Remove()))
        .addSubcommand(NodeCommand.added(new Show()));
  }

  /** No subcommand at all. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "add, remove or list is missing");
  }

  /** {@code waggle ban add}. */
  @Command(
      name = "add",
      description = "Ends links with a peer, an address or a subnet, and allows none for a time.",
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
        "  ./waggle ban add 192.0.2.7",
        "  ./waggle ban add 2001:db8::/32 --for 720h --reason \"floods\"",
        "  ./waggle ban add PEERID"
      })
  static final class Add extends NodeCommand {
    @Parameters(paramLabel = "SUBJECT", description = SUBJECT)
    private String subject = "";

    @Option(
        names = "--for",
        paramLabel = "TIME",
        defaultValue = "24h",
        description = "How long, up to 87600h. Default: ${DEFAULT-VALUE}.")
    private String time = "24h";

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "A line for whoever reads the list.")
    private @Nullable String reason;

    @Override
    int run(ControlClient node) throws ControlFailed {
      ObjectNode params = params().put("subject", subject).put("seconds", seconds());
      if (reason != null) {
        params.put("reason", reason);
      }
      JsonNode answer = node.ask("ban.add", params);
      if (!printedAsJson(answer)) {
        print("banned " + answer.path("subject").asString() + " for " + time);
      }
      return ExitCode.OK;
    }

    private long seconds() {
      try {
        Duration parsed = DurationText.parse(time);
        if (parsed.toSeconds() > 0) {
          return parsed.toSeconds();
        }
      } catch (IllegalArgumentException e) {
        // Said below.
      }
      throw ConfigProblem.expected("--for", time, "a time from 1s to 87600h, for example 48h");
    }
  }

  /** {@code waggle ban remove}. */
  @Command(
      name = "remove",
      description = "Takes bans back, whoever has made them; of a subnet all that lie in it.",
      exitCodeListHeading = NodeCommand.EXIT_CODES,
      exitCodeList = {
        NodeCommand.OK_LINE,
        ExitCode.FAILED + ":there was none, or the node does not answer",
        NodeCommand.USAGE_LINE,
        NodeCommand.NO_NODE_LINE,
        NodeCommand.DENIED_LINE
      },
      footer = {
        "",
        "Examples:",
        "  ./waggle ban remove 192.0.2.7",
        "  ./waggle ban remove 0.0.0.0/0      all IPv4 addresses"
      })
  static final class Remove extends NodeCommand {
    @Parameters(paramLabel = "SUBJECT", description = SUBJECT)
    private String subject = "";

    @Override
    int run(ControlClient node) throws ControlFailed {
      JsonNode answer = node.ask("ban.remove", params().put("subject", subject));
      boolean removed = answer.path("removed").asBoolean();
      if (!printedAsJson(answer)) {
        print(removed ? "let in again: " + subject : "there is no ban of " + subject);
      }
      return removed ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  /** {@code waggle ban list}. */
  @Command(
      name = "list",
      description = {
        "Lists the bans of the operator and of the node itself (misbehaviour), and the addresses",
        "from which somebody has misbehaved (discouraged: others go first)."
      },
      exitCodeListHeading = NodeCommand.EXIT_CODES,
      exitCodeList = {
        NodeCommand.OK_LINE,
        NodeCommand.FAILED_LINE,
        NodeCommand.USAGE_LINE,
        NodeCommand.NO_NODE_LINE,
        NodeCommand.DENIED_LINE
      },
      footer = {"", "Examples:", "  ./waggle ban list", "  ./waggle ban list --json"})
  static final class Show extends NodeCommand {
    @Override
    int run(ControlClient node) throws ControlFailed {
      JsonNode answer = node.ask("ban.list", params());
      if (!printedAsJson(answer)) {
        TextTable table =
            new TextTable(
                List.of(
                    Column.words("kind"),
                    Column.number("for"),
                    Column.words("subject"),
                    Column.words("reason")));
        for (JsonNode ban : answer.path("bans")) {
          table.add(
              List.of(
                  ban.path("kind").asString(),
                  TextTable.time(ban.path("secondsLeft").asLong()),
                  ban.path("subject").asString(),
                  ban.path("reason").asString()));
        }
        table.lines(Integer.MAX_VALUE).forEach(this::print);
      }
      return ExitCode.OK;
    }
  }
}
