package dev.waggle.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes {@code results.json}; reads JMH's own files, too. */
final class ResultsFile {
  static final String NAME = "results.json";

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final String BENCHMARKS = "benchmarks";

  /** Half of a comparison: all of a run that JMH's own file tells, and the machine if known. */
  record Half(List<Measurement> measurements, @Nullable Machine machine) {}

  /** The text: a benchmark a line, so that two files can be compared by eye as well. */
  static String text(Run run) {
    ObjectNode envelope = MAPPER.valueToTree(run);
    envelope.remove(BENCHMARKS);
    String head = MAPPER.writeValueAsString(envelope).stripTrailing();
    return run.benchmarks().stream()
        .map(JsonNode::toString)
        .collect(
            Collectors.joining(
                ",\n    ",
                head.substring(0, head.length() - 1).stripTrailing()
                    + ",\n  \""
                    + BENCHMARKS
                    + "\" : [\n    ",
                "\n  ]\n}\n"));
  }

  /**
   * Reads what {@code ./waggle bench} wrote.
   *
   * @throws BenchFailed if it is not that
   */
  static Run read(Path file) {
    try {
      JsonNode tree = tree(file);
      if (tree.path("schema").asInt(0) == Run.SCHEMA) {
        Run run = MAPPER.treeToValue(tree, Run.class);
        var _ = run.results();
        return run;
      }
    } catch (JacksonException | IllegalArgumentException _) {
      // Then it is something else:
    }
    throw new BenchFailed(file + ": not a results.json of this version of waggle bench");
  }

  /**
   * Reads that, or the array that JMH writes.
   *
   * @throws BenchFailed if it is neither
   */
  static Half readAny(Path file) {
    JsonNode tree = tree(file);
    if (!tree.isArray()) {
      Run run = read(file);
      return new Half(run.results().measurements(), run.machine());
    }
    try {
      return new Half(tree.valueStream().map(Measurement::of).toList(), null);
    } catch (IllegalArgumentException e) {
      throw new BenchFailed(file + ": not results of JMH: " + e.getMessage());
    }
  }

  private static JsonNode tree(Path file) {
    try {
      return MAPPER.readTree(Files.readString(file));
    } catch (JacksonException _) {
      throw new BenchFailed(file + ": not JSON");
    } catch (IOException e) {
      throw BenchFailed.reading(file, e);
    }
  }

  private ResultsFile() {}
}
