package dev.waggle.bench.report;

import dev.waggle.bench.machine.Others;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How far others disturbed a run, in words. */
final class Disturbance {
  private final @Nullable Load load;
  private final List<Measurement> measured;
  private final List<Measurement> disturbed;

  Disturbance(Run run) {
    load = run.load();
    measured = run.results().measurements();
    disturbed = measured.stream().filter(Measurement::isDisturbed).toList();
  }

  /** Was there any that would put the figures in doubt? */
  boolean isAny() {
    return !disturbed.isEmpty() || (load != null && load.others().disturb());
  }

  /** One sentence or two; empty where nobody asked. */
  String describe() {
    Others most = most();
    if (most == null) {
      return "";
    }
    if (!isAny()) {
      return "Others used at most " + most.describe() + ".";
    }
    return ("The machine was busy: others used up to %s. What that disturbed, %d of %d"
            + " measurements, is not judged.")
        .formatted(most.describe(), disturbed.size(), measured.size());
  }

  /** What others used when they used most; null if nobody can tell. */
  private @Nullable Others most() {
    return Stream.concat(
            Stream.ofNullable(load).map(Load::others),
            measured.stream().map(Measurement::others).filter(Objects::nonNull))
        .filter(Others::known)
        .reduce(Others::orMore)
        .orElse(null);
  }
}
