package dev.waggle.cli.simulate;

import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.engine.Seeds.Purpose;
import dev.waggle.simulator.faults.Fault;
import dev.waggle.simulator.faults.FaultPlan;
import dev.waggle.simulator.report.ReportFile;
import dev.waggle.simulator.run.Scenario;
import dev.waggle.simulator.run.Shrinker.Case;
import dev.waggle.simulator.run.Workload;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** What goes wrong on purpose, and whether all is looked at. */
public final class TroubleOptions {
  private static final double MOST = 1000;

  /** What is not the same in a smaller run, or of no use there. */
  private static final Set<String> REPLACED =
      Set.of(
          "--nodes",
          "--blocks",
          "--transactions",
          "--faults",
          "--fault-rate",
          "--shrink",
          "--json",
          "--html",
          "--csv",
          "--trace");

  private static final Duration LEAST = Duration.ofMinutes(1);

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--faults",
      paramLabel = "FILE",
      description =
          "What goes wrong, as a table: crashes, stalls, partitions, nodes that lie, and others.")
  private @Nullable Path file;

  @Option(
      names = "--fault-rate",
      paramLabel = "N",
      description =
          "So many faults for each node, on average, of all kinds, drawn from the seed, and up to a"
              + " third of the nodes lie; all heals before the end.")
  private @Nullable Double rate;

  @Option(
      names = "--check",
      description =
          "After every event, look whether all is true that must be, and end with 1 and one line"
              + " if it is not. In the end, whether the network has healed; but not with"
              + " --resets-per-hour, since then somebody has always just lost a peer.")
  private boolean check;

  @Option(
      names = "--shrink",
      paramLabel = "FILE",
      description =
          "Where --check finds something, search for a smaller run that shows it, and write its"
              + " faults there.")
  private @Nullable Path shrunk;

  /** Where the faults of the smallest run that fails are to be written, or null. */
  public @Nullable Path shrunk() {
    return shrunk;
  }

  /**
   * Writes the faults of a run down, and says what plays it.
   *
   * @param given what the larger one was asked for with
   */
  public String commandOf(Case smallest, ParseResult given) {
    Workload work = smallest.scenario().workload();
    StringBuilder command = new StringBuilder("./waggle simulate");
    for (OptionSpec option : given.matchedOptions()) {
      if (!REPLACED.contains(option.longestName())) {
        command.append(' ').append(option.longestName());
        if (option.arity().max() > 0) {
          option
              .originalStringValues()
              .forEach(value -> command.append(' ').append(ShellWords.quoted(value)));
        }
      }
    }
    command.append(" --nodes ").append(smallest.scenario().nodes());
    command.append(" --blocks ").append(work.blocks());
    command.append(" --transactions ").append(work.transactions());
    if (shrunk != null && !smallest.faults().faults().isEmpty()) {
      ReportFile.write(shrunk, smallest.faults().text());
      command.append(" --faults ").append(ShellWords.quoted(shrunk.toString()));
    }
    return command.toString();
  }

  public boolean check() {
    return check;
  }

  /** What was asked for. */
  public FaultPlan plan(Scenario scenario, long seed) {
    if (shrunk != null && !check) {
      throw problem("--shrink searches for what --check finds: give that too");
    }
    if (file != null && rate != null) {
      throw problem("--faults and --fault-rate exclude each other: give one of them");
    }
    if (file != null) {
      FaultPlan read = FaultPlan.read(file);
      read.faults().forEach(fault -> tellIfNobodys(fault, scenario.nodes()));
      return read;
    }
    if (rate == null) {
      return FaultPlan.NONE;
    }
    if (!(rate > 0 && rate <= MOST)) {
      throw problem("--fault-rate: expected a number above 0 and up to " + MOST + ", not " + rate);
    }
    return FaultPlan.random(
        new Seeds(seed).random(Purpose.FAULTS), scenario.nodes(), duration(scenario), rate);
  }

  /** It may be a slip; in a smaller run that was searched for it is none. */
  private void tellIfNobodys(Fault fault, int nodes) {
    if (IntStream.range(0, nodes).noneMatch(fault.who()::contains)) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf(
          "waggle: --faults: this happens to nobody, for nodes are 0 to %d: %s%n",
          nodes - 1, fault.line());
      err.flush();
    }
  }

  /** As long as something is published. */
  private static Duration duration(Scenario scenario) {
    Workload work = scenario.workload();
    Duration published = work.blockEvery().multipliedBy(work.blocks());
    Duration all = scenario.startWithin().plus(scenario.settle()).plus(published);
    return all.compareTo(LEAST) < 0 ? LEAST : all;
  }

  private ParameterException problem(String words) {
    return new ParameterException(spec.commandLine(), words);
  }
}
