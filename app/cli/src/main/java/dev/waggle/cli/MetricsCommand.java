package dev.waggle.cli;

import dev.waggle.operator.metrics.MetricsFiles;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code waggle metrics}: what goes with metrics at those who read them. */
@Command(
    name = "metrics",
    description =
        "Prints a board for Grafana, or rules for Prometheus's alerts, that fit what a node exports"
            + " at its metrics_addr.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  ./waggle run --metrics-addr 9100 &",
      "  curl -s http://127.0.0.1:9100/metrics",
      "  ./waggle metrics alerts > /etc/prometheus/waggle.yaml",
      "  ./waggle metrics board > waggle.json"
    })
final class MetricsCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  static CommandLine create() {
    return new CommandLine(new MetricsCommand())
        .addSubcommand(new Board())
        .addSubcommand(new Alerts());
  }

  /** No subcommand at all. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "board or alerts is missing");
  }

  /** {@code waggle metrics board}. */
  @Command(
      name = "board",
      description = "Prints a board, as JSON that Grafana imports (Dashboards, New, Import).")
  static final class Board extends Printing {
    @Override
    String text() {
      return MetricsFiles.board();
    }
  }

  /** {@code waggle metrics alerts}. */
  @Command(
      name = "alerts",
      description =
          "Prints rules, as YAML that Prometheus reads (rule_files), for nodes scraped as the job"
              + " waggle.")
  static final class Alerts extends Printing {
    @Override
    String text() {
      return MetricsFiles.alerts();
    }
  }

  /** What the subcommands have in common. */
  abstract static class Printing implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    abstract String text();

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      out.print(text());
      out.flush();
      return ExitCode.OK;
    }
  }
}
