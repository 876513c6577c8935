package dev.waggle.cli.simulate;

import dev.waggle.simulator.run.Features;
import dev.waggle.simulator.run.Scenario;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What nodes have of blocks before these are published, and how they bring them to each other. */
public final class RelayOptions {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--waiting",
      paramLabel = "PART",
      defaultValue = "0",
      description =
          "The part of a block's new transactions, 0 to 1, that wait at all nodes when it is"
              + " published, as if they had come by themselves long before; the others come from its"
              + " miner. Default: ${DEFAULT-VALUE}.")
  private double waiting;

  @Option(
      names = "--waiting-apart",
      description = "Each node lacks others of these, drawn at random; its miner lacks none.")
  private boolean apart;

  @Option(
      names = "--without",
      paramLabel = "FEATURE",
      split = ",",
      description =
          "Features that nodes leave out, as older ones would: compact-blocks, early-notices,"
              + " headers-first; with --private also dial-back, hole-punching. Default: none.")
  private List<String> without = new ArrayList<>();

  @Option(
      names = "--without-part",
      paramLabel = "PART",
      defaultValue = "1",
      description = "The part of nodes that leave them out, 0 to 1. Default: ${DEFAULT-VALUE}.")
  private double withoutPart;

  /** The scenario, with what was asked for. */
  public Scenario applied(Scenario scenario) {
    if (apart && within("--waiting", waiting) == 0) {
      throw problem("--waiting-apart: give --waiting too, which says how many wait");
    }
    List<Integer> ids = without.stream().map(this::feature).sorted().distinct().toList();
    return scenario
        .withWorkload(scenario.workload().withWaiting(within("--waiting", waiting), apart))
        .withFeatures(new Features(ids, within("--without-part", withoutPart)));
  }

  private int feature(String name) {
    Integer id = Features.NAMES.get(name);
    if (id == null) {
      throw problem(
          "--without: expected %s, not '%s'"
              .formatted(String.join(" or ", Features.NAMES.keySet()), name));
    }
    return id;
  }

  private double within(String option, double part) {
    if (!(part >= 0 && part <= 1)) {
      throw problem("%s: expected a number from 0 to 1, not %s".formatted(option, part));
    }
    return part;
  }

  private ParameterException problem(String words) {
    return new ParameterException(spec.commandLine(), words);
  }
}
