package dev.waggle.simulator.report;

import dev.waggle.simulator.run.Healing;
import dev.waggle.simulator.run.RunResult;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How long it took at most to heal from those of some faults that were over, in words. */
final class HealingSummary {
  private static final String NEVER = "never";

  private final List<Healing> healings;

  private HealingSummary(RunResult result, Predicate<Healing> which) {
    this.healings =
        result.healings().stream().filter(one -> result.isOver(one.fault())).filter(which).toList();
  }

  static HealingSummary ofPartitions(RunResult result) {
    return new HealingSummary(result, Healing::isOfPartition);
  }

  static HealingSummary ofOthers(RunResult result) {
    return new HealingSummary(result, one -> !one.isOfPartition());
  }

  boolean isEmpty() {
    return healings.isEmpty();
  }

  int count() {
    return healings.size();
  }

  /** Until both sides heard each other, at most. */
  String heard() {
    return longest(Healing::heardNanos);
  }

  /** Until all chains agreed, at most. */
  String agreed() {
    return longest(Healing::agreedNanos);
  }

  private String longest(Function<Healing, @Nullable Long> time) {
    long longest = 0;
    for (Healing healing : healings) {
      Long nanos = time.apply(healing);
      if (nanos == null) {
        return NEVER;
      }
      longest = Math.max(longest, nanos);
    }
    return after(longest);
  }

  /** So long after; null for never. */
  static String after(@Nullable Long nanos) {
    if (nanos == null) {
      return NEVER;
    }
    return nanos == 0 ? "at once" : "after " + Figures.nanos(nanos);
  }
}
