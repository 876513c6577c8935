package dev.waggle.bench.report;

import dev.waggle.bench.report.Results.Failure;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * All that is known of one run: what {@code results.json} holds.
 *
 * @param schema the version of this format
 * @param date when it ended, or was last written, in ISO 8601
 * @param mode {@code quick}, {@code full} or {@code parts}
 * @param complete false if it was interrupted
 * @param command how to repeat it
 * @param commit what was measured, if git knows; it ends in {@code -dirty} where sources differed
 * @param load how busy the machine was before; null if it was not asked
 * @param openSsl what openssl gave, if it was asked
 * @param settings what was planned, and in which rhythm
 * @param ownParts what somebody measured beside Waggle's own; null where the run was about targets
 * @param failures what could not be measured
 * @param benchmarks JMH's own results. Beyond them: {@code warmupScores}, of the first fork, and
 *     {@code others}, how many processors others used, fork by fork. Without: paths of JVMs and
 *     their options, and single samples, of which percentiles are left
 */
record Run(
    int schema,
    String date,
    String mode,
    boolean complete,
    String command,
    @Nullable String commit,
    Machine machine,
    @Nullable Load load,
    @Nullable OpenSsl openSsl,
    List<Group> settings,
    @Nullable OwnParts ownParts,
    List<Failure> failures,
    List<JsonNode> benchmarks) {
  static final int SCHEMA = 1;

  Run {
    Objects.requireNonNull(date);
    Objects.requireNonNull(mode);
    Objects.requireNonNull(command);
    Objects.requireNonNull(machine);
    settings = List.copyOf(settings);
    failures = List.copyOf(failures);
    benchmarks = List.copyOf(benchmarks);
  }

  Results results() {
    return new Results(benchmarks.stream().map(Measurement::of).toList(), failures, openSsl);
  }

  /** What kind of run it was, in a word or two at the beginning of a sentence. */
  String kind() {
    if (!complete) {
      return "Interrupted " + mode;
    }
    return switch (mode) {
      case Plan.FULL -> "Full";
      case Plan.PARTS -> "Own-parts";
      default -> "Quick";
    };
  }

  /** The day alone. */
  String day() {
    return date.substring(0, Math.min(date.length(), "2026-01-01".length()));
  }
}
