package dev.waggle.cli;

import dev.waggle.cli.control.ControlClient;
import dev.waggle.cli.control.ControlFailed;
import dev.waggle.cli.control.PeersTable;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.config.DurationText;
import java.io.Console;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code waggle peers}: the links of a running node. */
@Command(
    name = "peers",
    description =
        "Shows whether others can dial a running node, and whom it is linked with, the oldest link"
            + " first.",
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
      "The columns:",
      "  dir    in: the peer has dialled; out: the node has; *: it has chosen it, and keeps it;",
      "         +: neither can be dialled, both have punched a hole",
      "  age    of the link; ping, min: the last and the shortest round trip, in milliseconds",
      "  recv   bytes received; sent: bytes sent; m-in, m-out: messages",
      "  block  how long ago the peer was the first to bring a block; tx: a transaction",
      "  score  credit less offences, at -100 it is banned; dups: messages that were here already",
      "  queue  bytes that wait to be sent; keys: how many have sealed what was sent / received",
      "",
      "--json has all of it, and the messages by their type.",
      "",
      "Examples:",
      "  ./waggle peers",
      "  ./waggle peers --watch --every 5s",
      "  ./waggle peers --json | jq '.peers[].address'"
    })
final class PeersCommand extends NodeCommand {
  private static final String CLEAR = "\u001b[H\u001b[2J";
  private static final Duration LEAST = Duration.ofMillis(100);

  @Option(
      names = "--wide",
      description = "Show whole ids and names, keys, groups, local addresses.")
  private boolean wide;

  @Option(names = "--watch", description = "Show them again and again, until Ctrl-C.")
  private boolean watch;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      defaultValue = "2s",
      description = "How often. Default: ${DEFAULT-VALUE}.")
  private String every = "2s";

  @Override
  int run(ControlClient node) throws ControlFailed, InterruptedException {
    Duration pause = pause();
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    boolean again = false;
    do {
      if (again) {
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      }
      JsonNode answer = node.ask("peers", params());
      if (watch && terminal) {
        control(CLEAR);
      }
      if (!printedAsJson(answer)) {
        PeersTable.lines(answer, wide).forEach(this::print);
      }
      again = true;
    } while (watch);
    return ExitCode.OK;
  }

  private Duration pause() {
    try {
      Duration pause = DurationText.parse(every);
      if (pause.compareTo(LEAST) >= 0) {
        return pause;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw ConfigProblem.expected("--every", every, "a time from 100ms, for example 2s");
  }
}
