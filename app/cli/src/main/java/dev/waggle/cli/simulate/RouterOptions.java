package dev.waggle.cli.simulate;

import dev.waggle.simulator.network.NatKind;
import dev.waggle.simulator.run.BehindRouters;
import dev.waggle.simulator.run.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which nodes are behind routers that translate addresses. */
public final class RouterOptions {
  /** Through so many nodes all join, unless somebody says how many. */
  static final int SEEDS = 3;

  /** Real nodes are behind none, and a history says who knows whom. */
  private static final List<String> EXCLUDED = List.of("--known", "--history", "--calibrate");

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--private",
      paramLabel = "PART",
      defaultValue = "0",
      converter = Quantities.Part.class,
      description =
          "The part of nodes behind routers that translate addresses (NAT), 0 to 1 or as in '60%%';"
              + " no seeds are among them, of which there are "
              + SEEDS
              + " then, unless --seeds says how many. Nodes find out whether others can dial them,"
              + " and those that nobody can dial punch holes. Default: ${DEFAULT-VALUE}.")
  private double share;

  @Option(
      names = "--nat-kinds",
      paramLabel = "KIND=PARTS",
      split = ",",
      description =
          "How these routers are mixed. Default: full-cone=10,restricted=15,port-restricted=55,"
              + "symmetric=20, which is an assumption.")
  private List<String> kinds = new ArrayList<>();

  /** The scenario, with what was asked for. */
  public Scenario applied(Scenario scenario) {
    if (!isGiven("--private")) {
      if (isGiven("--nat-kinds")) {
        throw problem("--nat-kinds is about the routers of --private: give that too");
      }
      return scenario;
    }
    for (String option : EXCLUDED) {
      if (isGiven(option)) {
        throw problem(option + " and --private exclude each other");
      }
    }
    return scenario.withBehindRouters(new BehindRouters(share, parts()));
  }

  private SortedMap<NatKind, Integer> parts() {
    if (kinds.isEmpty()) {
      return BehindRouters.USUAL;
    }
    SortedMap<NatKind, Integer> parts = new TreeMap<>();
    for (String each : kinds) {
      String[] words = each.split("=", 2);
      NatKind kind = kind(words[0]);
      int count =
          words.length < 2 || !words[1].matches("[0-9]{1,6}") ? -1 : Integer.parseInt(words[1]);
      if (kind == null || count < 0 || parts.put(kind, count) != null) {
        throw expected(each);
      }
    }
    if (parts.values().stream().allMatch(count -> count == 0)) {
      throw expected(String.join(",", kinds));
    }
    return parts;
  }

  private static @Nullable NatKind kind(String name) {
    return Arrays.stream(NatKind.values())
        .filter(kind -> kind.toString().equals(name))
        .findAny()
        .orElse(null);
  }

  private ParameterException expected(String text) {
    return problem(
        "--nat-kinds: expected parts of %s, each kind once, as in symmetric=1,full-cone=2, not '%s'"
            .formatted(
                Arrays.stream(NatKind.values())
                    .map(NatKind::toString)
                    .collect(Collectors.joining(", ")),
                text));
  }

  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private ParameterException problem(String words) {
    return new ParameterException(spec.commandLine(), words);
  }
}
