package dev.waggle.cli.simulate;

import dev.waggle.cli.config.CliKeys;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.simulator.run.Scenario;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether a simulation is to be compared with real nodes, and which. */
public final class CalibrateOptions {
  /** What two cores carry without being what the network waits for. */
  static final int NODES = 50;

  /** So often that it takes minutes, and so seldom that a block of 1 MiB is over by then. */
  static final Duration BLOCK_EVERY = Duration.ofSeconds(6);

  /** More real nodes than that are more threads than a machine should have. */
  static final int MAX_NODES = 100;

  /** Real nodes do not do that, or there is nothing to compare in it. */
  private static final List<String> EXCLUDED =
      List.of(
          "--known",
          "--seeds",
          "--undialable",
          "--resets-per-hour",
          "--waiting",
          "--waiting-apart",
          "--without",
          "--without-part",
          "--faults",
          "--fault-rate",
          "--check",
          "--shrink",
          "--trace",
          "--csv",
          "--html");

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--calibrate",
      description =
          "Let as many real nodes do the same, in this process and in real time, over sockets whose"
              + " bytes take the time that the model says, and compare. All nodes start at once, and"
              + " each knows only those whom it dials.")
  private boolean calibrate;

  @Option(
      names = "--transport",
      paramLabel = "NAME",
      description = "What moves the bytes of the real nodes, with --calibrate. Default: netty.")
  private @Nullable String transport;

  /**
   * Whether that is asked for.
   *
   * @throws ParameterException about an option that does not go with it, or without it
   */
  public boolean isWanted() {
    if (!calibrate && transport != null) {
      throw problem("--transport is for the real nodes of --calibrate: give that too");
    }
    for (String option : calibrate ? EXCLUDED : List.<String>of()) {
      if (isGiven(option)) {
        throw problem(option + " and --calibrate exclude each other");
      }
    }
    return calibrate;
  }

  /** The name of the real nodes' transport. */
  public String transport() {
    return transport == null ? CliKeys.defaultText(ConfigKeys.TRANSPORT) : transport;
  }

  /** The scenario for real nodes too: fewer of them, and sooner over, unless somebody said so. */
  public Scenario fitted(Scenario asked) {
    Scenario fitted = asked.startingAtOnce();
    if (!isGiven("--nodes")) {
      fitted = fitted.withNodes(NODES);
    }
    if (!isGiven("--block-every")) {
      fitted = fitted.withWorkload(fitted.workload().withBlockEvery(BLOCK_EVERY));
    }
    if (fitted.nodes() > MAX_NODES) {
      throw problem("--nodes: with --calibrate at most " + MAX_NODES + ", not " + fitted.nodes());
    }
    if (fitted.workload().blocks() == 0) {
      throw problem("--blocks: with --calibrate at least 1, not 0");
    }
    return fitted;
  }

  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private ParameterException problem(String words) {
    return new ParameterException(spec.commandLine(), words);
  }
}
