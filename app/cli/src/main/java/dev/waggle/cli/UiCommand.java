package dev.waggle.cli;

import dev.waggle.cli.page.Unbound;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.operator.page.LivePage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code waggle ui}: the page without a node, for what has happened already. */
@Command(
    name = "ui",
    description = {
      "Shows an exported session, or the trace of a simulation, in the browser, until Ctrl-C.",
      "A running node shows itself: see --ui-addr of 'waggle run', and --ui of 'waggle devnet'."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK + ":ended by a signal",
      ExitCode.USAGE + ":an option or the file is at fault",
      ExitCode.BUG + ":a bug"
    },
    footer = {
      "",
      "Examples:",
      "  ./waggle ui waggle-session.json",
      "  ./waggle simulate --nodes 200 --trace trace.jsonl && ./waggle ui trace.jsonl"
    })
final class UiCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "A session or a trace; without it the page asks for one.")
  private @Nullable Path file;

  @Option(
      names = "--addr",
      paramLabel = "[HOST:]PORT",
      defaultValue = "0",
      description =
          "Where the page is served; a port alone is one of the loopback address. Default: a free"
              + " port.")
  private String address = "";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (file != null && !(Files.isRegularFile(file) && Files.isReadable(file))) {
      throw ConfigProblem.expected("FILE", file.toString(), "a readable file");
    }
    try (Shutdown shutdown = Shutdown.install(line -> Failures.say(spec.commandLine(), line));
        LivePage page = LivePage.replay(UiOption.address("--addr", address), file)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("page     " + page.url());
      out.println("Ctrl-C ends it.");
      out.flush();
      return shutdown.await();
    } catch (IOException e) {
      throw Unbound.problem("--addr", address, e);
    }
  }
}
