package dev.waggle.bench.report;

import dev.waggle.bench.machine.Others;
import dev.waggle.bench.machine.OthersMeter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs one benchmark in a fork of this JVM, with its options, by JMH. */
final class Jmh {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** Where JMH's own words go. */
  private final PrintStream log;

  private final OthersMeter meter;

  Jmh(PrintStream log, OthersMeter meter) {
    this.log = log;
    this.meter = meter;
  }

  /** It was not measured, for a reason that one line tells. */
  static final class NotMeasured extends Exception {
    private static final long serialVersionUID = 1L;

    NotMeasured(String why) {
      super(why, null, false, false);
    }
  }

  /**
   * What one fork gave.
   *
   * @param warmup the scores of its warm-up
   * @param others while it ran
   */
  record Fork(RunResult result, List<Double> warmup, Others others) {}

  /** Measures in one fork. */
  Fork measure(Key key, Rhythm rhythm, Runnable onIteration)
      throws NotMeasured, InterruptedException {
    OthersMeter.Span span = meter.begin();
    JmhOutput output = new JmhOutput(log, onIteration);
    Collection<RunResult> results;
    try {
      results = new Runner(options(key, rhythm), output).run();
    } catch (NoBenchmarksException _) {
      throw new NotMeasured("no such benchmark");
    } catch (RunnerException e) {
      e.printStackTrace(log);
      throw new NotMeasured(reason(e));
    }
    if (results.size() != 1) {
      throw new NotMeasured("JMH gave " + results.size() + " results for it");
    }
    return new Fork(results.iterator().next(), output.warmup(), span.end());
  }

  private static org.openjdk.jmh.runner.options.Options options(Key key, Rhythm rhythm) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("\\." + Pattern.quote(key.benchmark()) + "$")
            .forks(1)
            .warmupIterations(rhythm.warmups())
            .warmupTime(TimeValue.milliseconds(rhythm.warmupMillis()))
            .measurementIterations(rhythm.iterations())
            .measurementTime(TimeValue.milliseconds(rhythm.iterationMillis()))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true);
    for (Map.Entry<String, String> param : key.params().entrySet()) {
      options = options.param(param.getKey(), param.getValue());
    }
    return options.build();
  }

  /** JMH's own JSON of what all forks of one benchmark gave, in order. */
  static JsonNode json(Key key, List<Fork> forks) throws NotMeasured {
    Fork first = forks.getFirst();
    List<BenchmarkResult> all =
        forks.stream().flatMap(fork -> fork.result().getBenchmarkResults().stream()).toList();
    ObjectNode result = json(new RunResult(first.result().getParams(), all));
    if (!Measurement.of(result).key().equals(key)) {
      throw new NotMeasured("has no such parameters");
    }
    result.put("forks", forks.size());
    result.remove(List.of("jvm", "jvmArgs"));
    ((ObjectNode) result.get("primaryMetric")).remove("rawDataHistogram");
    ArrayNode scores = result.putArray("warmupScores");
    first.warmup().forEach(scores::add);
    ArrayNode others = result.putArray(Measurement.OTHERS);
    forks.forEach(fork -> others.add(MAPPER.<JsonNode>valueToTree(fork.others())));
    return result;
  }

  private static ObjectNode json(RunResult result) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(List.of(result));
    out.flush();
    return (ObjectNode) MAPPER.readTree(bytes.toString(StandardCharsets.UTF_8)).get(0);
  }

  /** The innermost cause, without the names of its class where it says something itself. */
  static String reason(Throwable thrown) {
    Throwable innermost = thrown;
    while (true) {
      if (innermost.getCause() != null) {
        innermost = innermost.getCause();
      } else if (innermost.getSuppressed().length > 0) { // JMH keeps a fork's failures so.
        innermost = innermost.getSuppressed()[0];
      } else {
        break;
      }
    }
    String message = innermost.getMessage();
    return (message == null || message.isBlank() ? innermost.toString() : message)
        .strip()
        .lines()
        .findFirst()
        .orElse(innermost.getClass().getSimpleName());
  }
}
