package dev.waggle.bench.report;

import dev.waggle.bench.machine.Others;
import dev.waggle.bench.report.Results.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A run as JMH would have given it, put together figure by figure. */
final class RunFixture {
  static final Machine MACHINE =
      new Machine("Test CPU", List.of("aes", "vaes"), 2, 4L << 30, "Linux 6.1", "Temurin-25");

  private static final JsonMapper MAPPER = new JsonMapper();

  private final List<JsonNode> benchmarks = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private @Nullable Load load;
  private @Nullable OwnParts ownParts;
  private OpenSsl openSsl = new OpenSsl("OpenSSL 3", List.of(4e9, 4e9, 4e9), null);

  RunFixture score(String benchmark, double score, double error, String unit, String... params) {
    benchmarks.add(json(benchmark, score, error, unit, params));
    return this;
  }

  /** One more metric of the benchmark added last. */
  RunFixture secondary(String metric, double score, double error, String unit) {
    metric(((ObjectNode) benchmarks.getLast()).withObject("secondaryMetrics"), metric)
        .setAll(metric(score, error, unit));
    return this;
  }

  /** One more counter of the benchmark added last, by what its iterations gave. */
  RunFixture counter(String name, double... iterations) {
    ObjectNode counter =
        metric(((ObjectNode) benchmarks.getLast()).withObject("secondaryMetrics"), name);
    counter.setAll(metric(Arrays.stream(iterations).average().orElse(0), 0, "ops/s"));
    ArrayNode fork = counter.putArray("rawData").addArray();
    Arrays.stream(iterations).forEach(fork::add);
    return this;
  }

  /** A percentile of the benchmark added last, by JMH's name. */
  RunFixture percentile(String name, double score) {
    ((ObjectNode) benchmarks.getLast().get("primaryMetric"))
        .withObject("scorePercentiles")
        .put(name, score);
    return this;
  }

  /** What others used of two processors while the benchmark added last was measured. */
  RunFixture others(double... ofForks) {
    ArrayNode others = ((ObjectNode) benchmarks.getLast()).putArray("others");
    Arrays.stream(ofForks).forEach(used -> others.addObject().put("used", used).put("of", 2));
    return this;
  }

  /** What they used of two before. */
  RunFixture load(double used) {
    load = new Load(new Others(used, 2), 3.5);
    return this;
  }

  RunFixture ownParts(OwnParts parts) {
    ownParts = parts;
    return this;
  }

  RunFixture failed(String benchmark, String why, Map<String, String> params) {
    failures.add(new Failure(benchmark, params, why));
    return this;
  }

  RunFixture openSsl(OpenSsl asked) {
    openSsl = asked;
    return this;
  }

  Run run() {
    return new Run(
        Run.SCHEMA,
        "2026-01-02T03:04:05Z",
        Plan.QUICK,
        true,
        "./waggle bench --quick",
        "0123456789ab",
        MACHINE,
        load,
        openSsl,
        List.of(),
        ownParts,
        failures,
        benchmarks);
  }

  Results results() {
    return run().results();
  }

  List<Measurement> measurements() {
    return results().measurements();
  }

  /** Nothing but JMH's array. */
  String plainJson() {
    return MAPPER.writeValueAsString(benchmarks);
  }

  private static ObjectNode json(
      String benchmark, double score, double error, String unit, String... params) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("benchmark", "dev.waggle.bench." + benchmark)
        .put("mode", unit.equals(Units.OPS_PER_SECOND) ? "thrpt" : "avgt")
        .put("forks", 1)
        .put("warmupIterations", 2)
        .put("warmupTime", "1 s")
        .put("measurementIterations", 5)
        .put("measurementTime", "600 ms");
    ObjectNode values = json.putObject("params");
    for (int i = 0; i < params.length; i += 2) {
      values.put(params[i], params[i + 1]);
    }
    json.set("primaryMetric", metric(score, error, unit));
    return json;
  }

  private static ObjectNode metric(ObjectNode metrics, String name) {
    return metrics.putObject(name);
  }

  private static ObjectNode metric(double score, double error, String unit) {
    ObjectNode metric = MAPPER.createObjectNode().put("score", score);
    if (Double.isNaN(error)) {
      metric.put("scoreError", "NaN"); // as JMH writes it
    } else {
      metric.put("scoreError", error);
    }
    return metric.put("scoreUnit", unit);
  }
}
