package dev.waggle.cli.simulate;

import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.engine.Seeds.Purpose;
import dev.waggle.simulator.faults.FaultPlan;
import dev.waggle.simulator.run.Scenario;
import dev.waggle.simulator.run.Workload;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What goes wrong on purpose, and whether all is looked at. */
public final class TroubleOptions {
  private static final double MOST = 1000;
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
              + " if it is not.")
  private boolean check;

  public boolean check() {
    return check;
  }

  /** What was asked for. */
  public FaultPlan plan(Scenario scenario, long seed) {
    if (file != null && rate != null) {
      throw problem("--faults and --fault-rate exclude each other: give one of them");
    }
    if (file != null) {
      return FaultPlan.read(file);
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
