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
 * @param mode {@code quick} or {@code full}
 * @param complete false if it was interrupted
 * @param command how to repeat it
 * @param commit what was measured, if git knows; it ends in {@code -dirty} where sources differed
 * @param openSsl what openssl gave, if it was asked
 * @param settings what was planned, and in which rhythm
 * @param failures what could not be measured
 * @param benchmarks JMH's own results. Beyond them: {@code warmupScores}, of the first fork.
 *     Without: paths of JVMs and their options, and single samples, of which percentiles are left
 */
record Run(
    int schema,
    String date,
    String mode,
    boolean complete,
    String command,
    @Nullable String commit,
    Machine machine,
    @Nullable OpenSsl openSsl,
    List<Group> settings,
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

  /** The day alone. */
  String day() {
    return date.substring(0, Math.min(date.length(), "2026-01-01".length()));
  }
}
