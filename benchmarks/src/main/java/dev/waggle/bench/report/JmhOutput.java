package dev.waggle.bench.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Lets JMH talk into a log, and listens. Threads that read from the forks come here as well as the
 * one that runs JMH.
 */
final class JmhOutput implements OutputFormat {
  private final OutputFormat log;
  private final Runnable onIteration;
  private final List<Double> warmup = new ArrayList<>();

  /**
   * Listens from the start of one benchmark.
   *
   * @param onIteration told of each that begins
   */
  JmhOutput(PrintStream log, Runnable onIteration) {
    this.log = OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL);
    this.onIteration = onIteration;
  }

  /** The scores of the warm-up. */
  synchronized List<Double> warmup() {
    return List.copyOf(warmup);
  }

  @Override
  public synchronized void iteration(
      BenchmarkParams benchmark, IterationParams params, int iteration) {
    log.iteration(benchmark, params, iteration);
    onIteration.run();
  }

  @Override
  public synchronized void iterationResult(
      BenchmarkParams benchmark, IterationParams params, int iteration, IterationResult data) {
    log.iterationResult(benchmark, params, iteration, data);
    if (params.getType() == IterationType.WARMUP) {
      warmup.add(data.getPrimaryResult().getScore());
    }
  }

  @Override
  public synchronized void startBenchmark(BenchmarkParams benchmark) {
    log.startBenchmark(benchmark);
  }

  @Override
  public synchronized void endBenchmark(BenchmarkResult result) {
    log.endBenchmark(result);
  }

  @Override
  public synchronized void startRun() {
    log.startRun();
  }

  /** JMH closes with advice and a table, which would be repeated for every line of the plan. */
  @Override
  public void endRun(Collection<RunResult> result) {}

  @Override
  public synchronized void print(String text) {
    log.print(text);
  }

  @Override
  public synchronized void println(String text) {
    log.println(text);
  }

  @Override
  public synchronized void flush() {
    log.flush();
  }

  /** The log stays open for the next benchmark. */
  @Override
  public synchronized void close() {
    log.flush();
  }

  @Override
  public synchronized void verbosePrintln(String text) {
    log.verbosePrintln(text);
  }

  @Override
  public synchronized void write(int b) {
    log.write(b);
  }

  @Override
  public synchronized void write(byte[] bytes) throws java.io.IOException {
    log.write(bytes);
  }
}
