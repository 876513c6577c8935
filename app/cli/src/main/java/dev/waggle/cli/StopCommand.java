package dev.waggle.cli;

import dev.waggle.cli.control.ControlClient;
import dev.waggle.cli.control.ControlFailed;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code waggle stop}: ends a running node. */
@Command(
    name = "stop",
    description =
        "Ends a running node in good order, as Ctrl-C does, and waits until its process has ended,"
            + " if that is one of this machine.",
    exitCodeListHeading = NodeCommand.EXIT_CODES,
    exitCodeList = {
      ExitCode.OK + ":it has ended, or is about to on another machine",
      ExitCode.FAILED + ":it has not ended within 10 s, or does not answer",
      NodeCommand.USAGE_LINE,
      NodeCommand.NO_NODE_LINE,
      NodeCommand.DENIED_LINE
    },
    footer = {
      "",
      "Examples:",
      "  ./waggle stop",
      "  ./waggle stop --data-dir /tmp/a && ./waggle run --data-dir /tmp/a"
    })
final class StopCommand extends NodeCommand {
  private static final Duration TIME = Duration.ofSeconds(10);

  @Option(names = "--no-wait", description = "Do not wait.")
  private boolean noWait;

  @Override
  int run(ControlClient node) throws ControlFailed, InterruptedException {
    // Found before it ends, or another process might have its number by then.
    long pid = node.ask("status", params()).path("pid").asLong();
    Optional<ProcessHandle> process =
        noWait || pid == ProcessHandle.current().pid() || !isLocal()
            ? Optional.empty()
            : ProcessHandle.of(pid);
    JsonNode answer = node.ask("stop", params());
    if (process.isPresent()) {
      awaitEnd(process.get());
    }
    if (!printedAsJson(answer)) {
      print(process.isPresent() ? "the node has ended" : "the node ends");
    }
    return ExitCode.OK;
  }

  private static void awaitEnd(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(TIME.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new CommandFailed(
          ExitCode.FAILED,
          "process " + process.pid() + " has not ended within " + TIME.toSeconds() + " s");
    }
  }
}
