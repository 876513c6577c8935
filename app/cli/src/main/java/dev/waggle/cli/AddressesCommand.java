package dev.waggle.cli;

import dev.waggle.cli.control.ControlClient;
import dev.waggle.cli.control.ControlFailed;
import dev.waggle.cli.control.TextTable;
import dev.waggle.cli.control.TextTable.Column;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code waggle addresses}: what a running node knows of others. */
@Command(
    name = "addresses",
    description = "Lists a running node's address book, those first that it was linked with last.",
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
      "linked, dialled: how long ago the node was linked with it, and dialled it; seen: how long",
      "ago somebody was linked with it, by hearsay.",
      "",
      "Examples:",
      "  ./waggle addresses --limit 20",
      "  ./waggle addresses --json"
    })
final class AddressesCommand extends NodeCommand {
  @Option(names = "--limit", paramLabel = "N", description = "How many at most; else all.")
  private long limit = Long.MAX_VALUE;

  @Override
  int run(ControlClient node) throws ControlFailed {
    JsonNode answer = node.ask("addresses", params().put("limit", limit));
    if (!printedAsJson(answer)) {
      TextTable table =
          new TextTable(
              List.of(
                  Column.words("table"),
                  Column.number("linked"),
                  Column.number("dialled"),
                  Column.number("failed"),
                  Column.number("seen"),
                  Column.words("address"),
                  Column.words("told by")));
      for (JsonNode address : answer.path("addresses")) {
        table.add(
            List.of(
                address.path("tried").asBoolean() ? "reached" : "known",
                ago(address.path("linkedSecondsAgo")),
                ago(address.path("dialledSecondsAgo")),
                address.path("failures").asString(),
                ago(address.path("seenSecondsAgo")),
                address.path("address").asString(),
                address.path("source").asString()));
      }
      table.lines(Integer.MAX_VALUE).forEach(this::print);
      print(answer.path("addresses").size() + " of " + answer.path("known").asLong());
    }
    return ExitCode.OK;
  }

  private static String ago(JsonNode seconds) {
    return seconds.isNumber() ? TextTable.time(seconds.asLong()) : "-";
  }
}
