package dev.waggle.cli;

import dev.waggle.cli.calibrate.RealNetwork;
import dev.waggle.cli.simulate.CalibrateOptions;
import dev.waggle.cli.simulate.HeapNeed;
import dev.waggle.cli.simulate.HistoryOptions;
import dev.waggle.cli.simulate.ProgressLine;
import dev.waggle.cli.simulate.Quantities;
import dev.waggle.cli.simulate.RelayOptions;
import dev.waggle.cli.simulate.RouterOptions;
import dev.waggle.cli.simulate.ScenarioOptions;
import dev.waggle.cli.simulate.ShellWords;
import dev.waggle.cli.simulate.TroubleOptions;
import dev.waggle.crypto.CipherSuites;
import dev.waggle.crypto.CryptoChoice;
import dev.waggle.crypto.CryptoUnavailable;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.simulator.calibration.Comparison;
import dev.waggle.simulator.calibration.Lateness;
import dev.waggle.simulator.calibration.Observed;
import dev.waggle.simulator.checks.InvariantViolated;
import dev.waggle.simulator.costs.Costs;
import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.faults.FaultPlan;
import dev.waggle.simulator.fidelity.Depth;
import dev.waggle.simulator.node.TableCharges;
import dev.waggle.simulator.report.CalibrationJson;
import dev.waggle.simulator.report.CalibrationText;
import dev.waggle.simulator.report.CannotWrite;
import dev.waggle.simulator.report.CsvReport;
import dev.waggle.simulator.report.JsonReport;
import dev.waggle.simulator.report.ReportFile;
import dev.waggle.simulator.report.RunPage;
import dev.waggle.simulator.report.TextReport;
import dev.waggle.simulator.report.TraceFile;
import dev.waggle.simulator.run.Progress;
import dev.waggle.simulator.run.Run;
import dev.waggle.simulator.run.RunResult;
import dev.waggle.simulator.run.Scenario;
import dev.waggle.simulator.run.Shrinker;
import dev.waggle.simulator.run.Shrinker.Case;
import dev.waggle.simulator.table.BadTable;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code waggle simulate}: thousands of whole nodes under virtual time and one seed. */
@Command(
    name = "simulate",
    description = {
      "Simulates a network of whole nodes: the same rules, sessions, admission and chain as in a"
          + " real one, under virtual time. One seed gives one run, on every machine.",
      "Exit code 0 only if all chains agree in the end, and every block reached every node, unless"
          + " something went wrong on purpose.",
      "With --history, the network has a chain already, and nodes come late with nothing of it: how"
          + " long it takes them to get it, and how many bytes, beside what the blocks' bytes take"
          + " on their lines.",
      "With --calibrate, real nodes do the same over sockets, and both are compared: coverage may"
          + " differ by 15 %%, bytes sent by 2 %%."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK + ":all chains agree, and every block reached every node",
      ExitCode.FAILED
          + ":not so, or something was not true that must be, or a file cannot be written",
      ExitCode.USAGE + ":an option or a file is at fault",
      ExitCode.NODE_FAILED + ":the memory did not suffice, or a real node failed",
      ExitCode.DIFFERENT + ":simulated nodes differ from real ones by more than they may",
      ExitCode.BUG + ":a bug",
      ExitCode.INTERRUPTED + ":ended by Ctrl-C"
    },
    footer = {
      "",
      "Examples:",
      "  ./waggle simulate",
      "  ./waggle simulate --nodes 10000 --seed 7 --json",
      "  ./waggle simulate --html run.html",
      "  ./waggle simulate --nodes 200 --seeds 3",
      "  ./waggle simulate --nodes 30 --fault-rate 1 --check",
      "  ./waggle simulate --nodes 100 --fidelity bytes --suite mlkem768-mldsa65",
      "  ./waggle simulate --waiting 0.95 --without compact-blocks,early-notices",
      "  ./waggle simulate --history 100000 --latency 50ms",
      "  ./waggle simulate --history 10000 --late 1 --liars 16 --latency 50ms --bandwidth 50Mbit",
      "  ./waggle simulate --latency 50ms --bandwidth 20Mbit --undialable 0.5",
      "  ./waggle simulate --private 60%%",
      "  ./waggle simulate --calibrate --transport nio"
    })
final class SimulateCommand implements Callable<Integer> {
  @Mixin private final ScenarioOptions network = new ScenarioOptions();
  @Mixin private final RelayOptions relay = new RelayOptions();
  @Mixin private final RouterOptions routers = new RouterOptions();
  @Mixin private final HistoryOptions history = new HistoryOptions();
  @Mixin private final TroubleOptions trouble = new TroubleOptions();
  @Mixin private final CalibrateOptions calibration = new CalibrateOptions();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What all chance comes from. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--fidelity",
      paramLabel = "messages|bytes",
      defaultValue = "messages",
      converter = Quantities.Fidelity.class,
      description =
          "'messages' hands messages over, and charges what they would take; 'bytes' makes, seals,"
              + " opens and reads every byte. Default: ${DEFAULT-VALUE}.")
  private Depth fidelity = Depth.MESSAGES;

  @Option(
      names = "--suite",
      paramLabel = "NAME",
      defaultValue = "mlkem768-mldsa65",
      description =
          "The cipher suite that is computed, or charged; '"
              + Depth.TOY
              + "' has no security, and is fast. Default: ${DEFAULT-VALUE}.")
  private String suite = "";

  @Option(
      names = "--costs",
      paramLabel = "FILE",
      description =
          "What work costs a processor, as './waggle bench --costs FILE' writes it. Default: as"
              + " measured on the machine that the sources name.")
  private @Nullable Path costs;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Write every event there, one JSON object a line. Long runs fill disks.")
  private @Nullable Path trace;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write there how each message spread, one a line.")
  private @Nullable Path csv;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with curves and the graph of the network there.")
  private @Nullable Path html;

  @Option(names = "--json", description = "Print one JSON object on stdout, progress on stderr.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Logging.level(Level.ERROR);
    try {
      Scenario scenario = history.applied(routers.applied(relay.applied(network.scenario())));
      charges(chosenSuite());
      if (calibration.isWanted()) {
        return calibrate(calibration.fitted(scenario));
      }
      FaultPlan plan = history.applied(trouble.plan(scenario, seed), scenario);
      Case asked = new Case(scenario, plan);
      requireWritable();
      return playInHeap(asked);
    } catch (CannotWrite problem) {
      throw new CommandFailed(ExitCode.FAILED, String.valueOf(problem.getMessage()));
    } catch (BadTable bad) {
      throw new CommandFailed(ExitCode.USAGE, String.valueOf(bad.getMessage()));
    }
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  private Run.Parts parts(FaultPlan faults, @Nullable TraceFile lines) {
    Seeds seeds = new Seeds(seed);
    CipherSuite chosen = chosenSuite();
    return new Run.Parts(
        seeds,
        fidelity.begin(seeds, chosen),
        fidelity.toString(),
        charges(chosen),
        faults,
        trouble.check(),
        lines);
  }

  private TableCharges charges(@Nullable CipherSuite chosen) {
    Costs table = costs == null ? Costs.standard() : Costs.read(costs);
    // Nobody has measured the toys: they are charged as the suite that is first in the table.
    String charged = chosen == null ? table.suites().getFirst() : chosen.name();
    if (!table.suites().contains(charged)) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--costs %s has no costs of the suite %s, only of %s; add them, or give another --suite"
              .formatted(costs, charged, String.join(", ", table.suites())));
    }
    return new TableCharges(table, charged);
  }

  /** What cannot be written in the end is better told now. */
  private void requireWritable() {
    Map<Path, String> taken = new HashMap<>();
    requireWritable("--trace", trace, taken);
    requireWritable("--csv", csv, taken);
    requireWritable("--html", html, taken);
    requireWritable("--shrink", trouble.shrunk(), taken);
  }

  private void requireWritable(String option, @Nullable Path file, Map<Path, String> taken) {
    if (file == null) {
      return;
    }
    String other = taken.put(file.toAbsolutePath().normalize(), option);
    if (other != null) {
      throw new ParameterException(
          spec.commandLine(), option + ": give another file than " + other + " writes");
    }
    ReportFile.requireWritable(file);
  }

  /** The suite that was asked for, or null for the toys. */
  private @Nullable CipherSuite chosenSuite() {
    if (suite.equals(Depth.TOY)) {
      return null;
    }
    List<String> names = new ArrayList<>(List.of(Depth.TOY));
    try {
      for (CipherSuite registered : CipherSuites.create(CryptoChoice.AUTO).all()) {
        if (registered.name().equals(suite)) {
          return registered;
        }
        names.add(registered.name());
      }
    } catch (CryptoUnavailable e) {
      throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()));
    }
    throw new ParameterException(
        spec.commandLine(),
        "--suite: there is no '" + suite + "', only " + String.join(", ", names));
  }

  private int playInHeap(Case asked) {
    Scenario scenario = asked.scenario();
    HeapNeed need =
        new HeapNeed(scenario.nodes(), scenario.history(), Runtime.getRuntime().maxMemory());
    if (need.isTooMuch()) {
      Failures.say(spec.commandLine(), need.words());
    }
    try {
      return play(asked);
    } catch (OutOfMemoryError _) { // Of what took it nothing is left here.
      throw new CommandFailed(ExitCode.NODE_FAILED, "out of memory: " + need.words());
    }
  }

  private int play(Case asked) {
    ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), isTerminal());
    RunResult result;
    try (TraceFile lines = trace == null ? null : TraceFile.create(trace)) {
      result = new Run(asked.scenario(), parts(asked.faults(), lines)).play(progress);
    } catch (InvariantViolated found) {
      progress.end();
      throw new CommandFailed(ExitCode.FAILED, found.getMessage() + smaller(asked));
    } finally {
      progress.end();
    }
    report(result);
    return result.isWhole() ? ExitCode.OK : ExitCode.FAILED;
  }

  /** What repeats a run in which something was not true; a smaller one, if that was asked for. */
  private String smaller(Case failing) {
    if (trouble.shrunk() == null) {
      return "; this repeats it: " + commandLine();
    }
    PrintWriter err = spec.commandLine().getErr();
    err.println("searching for a smaller run that fails ...");
    err.flush();
    Shrinker shrinker = new Shrinker(this::fails);
    Case smallest = shrinker.shrink(failing);
    return "; of %d runs the smallest that fails: %s"
        .formatted(
            shrinker.tried() + 1, trouble.commandOf(smallest, spec.commandLine().getParseResult()));
  }

  private boolean fails(Case smaller) {
    try {
      new Run(smaller.scenario(), parts(smaller.faults(), null)).play(Progress.NONE);
      return false;
    } catch (InvariantViolated _) {
      return true;
    }
  }

  /** Plays a scenario with simulated nodes, and then with real ones. */
  private int calibrate(Scenario scenario) throws InterruptedException {
    if (suite.equals(Depth.TOY)) {
      throw new ParameterException(spec.commandLine(), "--suite: real nodes use no toys");
    }
    ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), isTerminal());
    Comparison comparison;
    Lateness lateness;
    Observed simulated = Observed.of(new Run(scenario, parts(FaultPlan.NONE, null)).play(progress));
    try (RealNetwork real = new RealNetwork(scenario, new Seeds(seed), realNode())) {
      comparison = new Comparison(real.play(progress.ofRealNodes()), simulated);
      lateness = real.lateness();
    } catch (ListenFailed | IOException e) {
      throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()));
    } catch (ExecutionException e) {
      throw new CommandFailed(ExitCode.NODE_FAILED, "a real node failed: " + e.getCause());
    } finally {
      progress.end();
    }
    report(
        CalibrationText.of(comparison, lateness),
        CalibrationJson.of(comparison, lateness, seed, calibration.transport(), suite).json());
    return comparison.isWithin() ? ExitCode.OK : ExitCode.DIFFERENT;
  }

  private NodeConfig realNode() {
    return NodeConfig.builder()
        .set(ConfigKeys.TRANSPORT, calibration.transport())
        .set(ConfigKeys.SUITE, List.of(suite))
        .set(ConfigKeys.IO_THREADS, 1)
        .build();
  }

  private void report(RunResult result) {
    report(TextReport.of(result), JsonReport.of(result).json());
    if (csv != null) {
      ReportFile.write(csv, CsvReport.of(result));
    }
    if (html != null) {
      ReportFile.write(html, RunPage.of(result, commandLine()).html());
    }
  }

  private void report(String text, String object) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter words = json ? spec.commandLine().getErr() : out;
    words.print(text);
    words.flush();
    if (json) {
      out.println(object);
      out.flush();
    }
  }

  /** What repeats the run. */
  private String commandLine() {
    List<String> words = new ArrayList<>(List.of("./waggle"));
    words.addAll(spec.commandLine().getParseResult().originalArgs());
    return ShellWords.line(words);
  }
}
