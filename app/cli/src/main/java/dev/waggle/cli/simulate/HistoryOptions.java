package dev.waggle.cli.simulate;

import dev.waggle.chain.Block;
import dev.waggle.node.config.DurationText;
import dev.waggle.simulator.faults.Fault;
import dev.waggle.simulator.faults.FaultPlan;
import dev.waggle.simulator.faults.Lie;
import dev.waggle.simulator.faults.Nodes;
import dev.waggle.simulator.run.History;
import dev.waggle.simulator.run.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A chain that is there when the run begins, and nodes that have to catch up with it. */
public final class HistoryOptions {
  private static final int MOST_BLOCKS = 1_000_000;
  private static final int MOST_LATE = 100;
  private static final int MOST_LIARS = 1000;

  /** Nodes that have the chain, unless somebody says how many. */
  private static final int EARLY = 8;

  private static final Duration LEAST_WITHIN = Duration.ofMinutes(1);
  private static final Duration MOST_WITHIN = Duration.ofDays(100);

  /** When those who lie are up, a moment after their start. */
  private static final Duration MOMENT = Duration.ofMillis(10);

  /** They are about what is published, or depend on who is who. */
  private static final List<String> EXCLUDED =
      List.of(
          "--blocks",
          "--block-every",
          "--block-bytes",
          "--block-transactions",
          "--transactions",
          "--waiting",
          "--seeds",
          "--fault-rate",
          "--shrink",
          "--calibrate");

  private static final List<String> NEEDING =
      List.of("--history-bytes", "--late", "--late-within", "--liars", "--lie");

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--history",
      paramLabel = "N",
      description =
          "Begin with a chain of so many blocks, up to "
              + MOST_BLOCKS
              + ", into which nodes come late with nothing. Nothing is published then; --nodes are 8"
              + " that have the chain, unless given, and those who lie or come late.")
  private int blocks;

  @Option(
      names = "--history-bytes",
      paramLabel = "BYTES",
      defaultValue = "" + Block.OVERHEAD,
      converter = Quantities.Bytes.class,
      description =
          "Length of each of these blocks, as --block-bytes. Default: ${DEFAULT-VALUE}, of one"
              + " without transactions.")
  private int blockBytes;

  @Option(
      names = "--late",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Nodes that come with nothing when the others are there, the last ones by their numbers."
              + " Default: ${DEFAULT-VALUE}.")
  private int late;

  @Option(
      names = "--late-within",
      paramLabel = "TIME",
      defaultValue = "1h",
      converter = Quantities.Time.class,
      description =
          "The run ends soon after these have the whole chain, or when so much time has passed."
              + " Default: ${DEFAULT-VALUE}.")
  private Duration within = Duration.ZERO;

  @Option(
      names = "--liars",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Nodes that lie, start together with those who come late, and dial them."
              + " Default: ${DEFAULT-VALUE}.")
  private int liars;

  @Option(
      names = "--lie",
      paramLabel = "LIE",
      split = ",",
      description =
          "How they lie, by turns, as in a file for --faults with a '-' for each space. Default: in"
              + " every way that is about chains.")
  private List<String> lies = new ArrayList<>();

  /** The scenario, with what was asked for. */
  public Scenario applied(Scenario scenario) {
    if (!isGiven("--history")) {
      for (String option : NEEDING) {
        if (isGiven(option)) {
          throw problem(option + " is about the chain of --history: give that too");
        }
      }
      return scenario;
    }
    for (String option : EXCLUDED) {
      if (isGiven(option)) {
        throw problem(option + " and --history exclude each other");
      }
    }
    within("--history", blocks, 1, MOST_BLOCKS);
    within("--late", late, 1, MOST_LATE);
    within("--liars", liars, 0, MOST_LIARS);
    if (blockBytes < Block.OVERHEAD || blockBytes > Block.MAX_BYTES) {
      throw problem(
          "--history-bytes: expected %d to %d, not %d"
              .formatted(Block.OVERHEAD, Block.MAX_BYTES, blockBytes));
    }
    if (within.compareTo(LEAST_WITHIN) < 0 || within.compareTo(MOST_WITHIN) > 0) {
      throw problem(
          "--late-within: expected a time from %s to %s, not %s"
              .formatted(
                  DurationText.format(LEAST_WITHIN),
                  DurationText.format(MOST_WITHIN),
                  DurationText.format(within)));
    }
    int nodes = isGiven("--nodes") ? scenario.nodes() : EARLY + liars + late;
    if (nodes <= liars + late) {
      throw problem(
          "--nodes: with --history at least %d, of whom one has the chain, not %d"
              .formatted(liars + late + 1, nodes));
    }
    return scenario
        .withNodes(nodes)
        .withWorkload(scenario.workload().withCounts(0, 0))
        .withHistory(new History(blocks, blockBytes, liars, late, within));
  }

  /** What goes wrong, and who lies besides. */
  public FaultPlan applied(FaultPlan plan, Scenario scenario) {
    List<Lie> how = lies.isEmpty() ? Lie.ABOUT_CHAINS : lies.stream().map(this::lie).toList();
    if (!lies.isEmpty() && liars == 0) {
      throw problem("--lie: give --liars too, which says how many lie");
    }
    History history = scenario.history();
    int first = scenario.nodes() - history.late() - history.liars();
    List<Fault> faults = new ArrayList<>(plan.faults());
    for (int liar = 0; liar < history.liars(); liar++) {
      faults.add(
          new Fault.Lying(
              scenario.lateAt().plus(MOMENT),
              history.within(),
              Nodes.of(first + liar),
              how.get(liar % how.size())));
    }
    return new FaultPlan(faults);
  }

  private Lie lie(String name) {
    return Arrays.stream(Lie.values())
        .filter(lie -> named(lie).equals(name))
        .findAny()
        .orElseThrow(
            () ->
                problem(
                    "--lie: expected one of %s, not '%s'"
                        .formatted(
                            Stream.of(Lie.values())
                                .map(HistoryOptions::named)
                                .collect(Collectors.joining(", ")),
                            name)));
  }

  private static String named(Lie lie) {
    return lie.title().replace(' ', '-');
  }

  private void within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw problem(
          "%s: expected a whole number from %d to %d, not %d"
              .formatted(option, least, most, value));
    }
  }

  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private ParameterException problem(String words) {
    return new ParameterException(spec.commandLine(), words);
  }
}
