package dev.waggle.bench.report;

import dev.waggle.bench.report.Jmh.Fork;
import dev.waggle.bench.report.Jmh.NotMeasured;
import dev.waggle.bench.report.Results.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Measures all that a plan names, one after the other, and keeps what that gives.
 *
 * <p>Where a group gets several forks, it is measured in as many rounds, and not one benchmark of
 * it after the other: a machine that is slow for a minute then is so for those that are compared.
 */
final class Suite {
  /** What openssl is the yardstick of; the two are measured side by side. */
  private static final String SEND_PATH = "HotPathBenchmark.send";

  private final Plan plan;
  private final Jmh jmh;
  private final Progress progress;
  private final BooleanSupplier isEnding;
  private final Load load;
  private final Map<Key, List<Fork>> forks = new HashMap<>();
  private final Map<Key, JsonNode> benchmarks = new LinkedHashMap<>();
  private final Map<Key, Failure> failures = new LinkedHashMap<>();
  private @Nullable OpenSsl openSsl;

  /**
   * Prepares.
   *
   * @param load how busy the machine is, for the record
   * @param isEnding tells that this process was told to end, and its forks with it
   */
  Suite(Plan plan, Jmh jmh, Load load, Progress progress, BooleanSupplier isEnding) {
    this.plan = plan;
    this.jmh = jmh;
    this.load = load;
    this.progress = progress;
    this.isEnding = isEnding;
  }

  /** What there is so far. */
  record Outcome(
      Load load,
      List<JsonNode> benchmarks,
      List<Failure> failures,
      @Nullable OpenSsl openSsl,
      boolean complete) {
    boolean isEmpty() {
      return benchmarks.isEmpty();
    }
  }

  /**
   * Runs.
   *
   * @param keep gets what there is, after each benchmark
   * @throws InterruptedException if this process was told to end
   */
  Outcome run(Consumer<Outcome> keep) throws InterruptedException {
    for (Group group : plan.groups()) {
      for (int round = 0; round < group.rhythm().forks(); round++) {
        for (Key key : group.keys()) {
          if (openSsl == null && key.benchmark().equals(SEND_PATH)) {
            openSsl = OpenSsl.measure();
          }
          measure(key, group.rhythm());
          keep.accept(outcome(false));
        }
      }
    }
    return outcome(true);
  }

  private void measure(Key key, Rhythm rhythm) throws InterruptedException {
    if (failures.containsKey(key)) {
      progress.skips(rhythm.ofFork());
      return;
    }
    progress.starts(key, rhythm.ofFork());
    try {
      List<Fork> all = forks.computeIfAbsent(key, _ -> new ArrayList<>());
      all.add(jmh.measure(key, rhythm, progress::show));
      JsonNode result = Jmh.json(key, all);
      benchmarks.put(key, result);
      progress.measured(Measurement.of(result));
    } catch (NotMeasured e) {
      if (isEnding.getAsBoolean()) {
        throw new InterruptedException();
      }
      String why = String.valueOf(e.getMessage());
      benchmarks.remove(key);
      failures.put(key, new Failure(key.benchmark(), key.params(), why));
      progress.notMeasured(why);
    }
  }

  private Outcome outcome(boolean complete) {
    return new Outcome(
        load, List.copyOf(benchmarks.values()), List.copyOf(failures.values()), openSsl, complete);
  }
}
