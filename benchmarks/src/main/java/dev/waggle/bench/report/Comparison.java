package dev.waggle.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two runs, old and new, figure by figure: of each benchmark its score, and what else it costs.
 *
 * <p>A figure changed beyond its error if the two 99.9 % intervals do not overlap, and the
 * difference is {@linkplain Score#isNoticeablyUnlike one to notice}: between two that were measured
 * exactly, any difference would do otherwise. A figure of a single iteration has no error, and so
 * proves no change.
 */
final class Comparison {
  private final List<Change> changes = new ArrayList<>();
  private final List<String> onlyOld = new ArrayList<>();
  private final List<String> onlyNew = new ArrayList<>();
  private int pairs;
  private int figures;
  private int unknown;

  /**
   * One that changed.
   *
   * @param metric what of it, if not the score itself: garbage or memory; else empty
   * @param better faster, or less of what should be little
   * @param ratio the new figure by the old
   */
  record Change(Key key, String metric, Score old, Score now, boolean better, Score ratio) {
    /** In a word. */
    String word() {
      if (!metric.isEmpty()) {
        return better ? "less" : "more";
      }
      return better ? "faster" : "slower";
    }
  }

  /** JMH may measure the same in several modes. */
  private record Pairing(Key key, String mode) {
    @Override
    public String toString() {
      return key.toString();
    }
  }

  /** Figures besides the score whose growth is a regression, in words. */
  private static final Map<String, String> COSTS =
      new LinkedHashMap<>(Map.of(Measurement.GARBAGE, "garbage", "bytesPerLink", "memory"));

  Comparison(List<Measurement> old, List<Measurement> now) {
    Map<Pairing, Measurement> olds = byPairing(old);
    Map<Pairing, Measurement> news = byPairing(now);
    olds.forEach(
        (pairing, measurement) -> {
          Measurement other = news.get(pairing);
          if (other == null) {
            onlyOld.add(pairing.toString());
          } else {
            compare(measurement, other);
          }
        });
    news.keySet().stream()
        .filter(pairing -> !olds.containsKey(pairing))
        .map(Pairing::toString)
        .forEach(onlyNew::add);
  }

  private static Map<Pairing, Measurement> byPairing(List<Measurement> measurements) {
    Map<Pairing, Measurement> map = new LinkedHashMap<>();
    measurements.forEach(one -> map.put(new Pairing(one.key(), one.mode()), one));
    return map;
  }

  private void compare(Measurement old, Measurement now) {
    pairs++;
    compare(old, "", old.score(), now.score());
    COSTS.forEach(
        (metric, word) -> {
          Score before = old.secondary().get(metric);
          Score after = now.secondary().get(metric);
          if (before != null && after != null) {
            compare(old, word, before, after);
          }
        });
  }

  private void compare(Measurement measurement, String metric, Score old, Score now) {
    figures++;
    if (!old.hasError() || !now.hasError() || !old.unit().equals(now.unit())) {
      unknown++;
    } else if (old.differsFrom(now) && old.isNoticeablyUnlike(now)) {
      boolean grew = now.value() > old.value();
      boolean shouldGrow = metric.isEmpty() && measurement.moreIsBetter();
      changes.add(
          new Change(measurement.key(), metric, old, now, grew == shouldGrow, now.dividedBy(old)));
    }
  }

  List<Change> changes() {
    return List.copyOf(changes);
  }

  List<String> onlyOld() {
    return List.copyOf(onlyOld);
  }

  List<String> onlyNew() {
    return List.copyOf(onlyNew);
  }

  /** How many benchmarks are in both. */
  int pairs() {
    return pairs;
  }

  /** How many figures of those are in both: a benchmark has one or more. */
  int figures() {
    return figures;
  }

  /** How many of the figures cannot be compared: no error in one of the runs, or other units. */
  int unknown() {
    return unknown;
  }
}
