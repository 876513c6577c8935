package dev.waggle.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From {@code ./waggle run} to the line that says where the node listens: launcher, JVM, node.
 *
 * <pre>java -Dwaggle.launcher=./waggle -cp 'benchmarks/target/waggle/lib/*' \
 *     org.openjdk.jmh.Main StartupBenchmark</pre>
 *
 * <p>The property names the launcher; without it, that of the current folder. Each shot is a
 * process of its own. A start before the first one builds what is not built yet, and makes the
 * node's identity, as a first start does once.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 10)
@Fork(1)
public class StartupBenchmark {
  private static final String LISTENING = "seed";
  private static final long END_SECONDS = 10;

  private @Nullable Path dataDir;
  private @Nullable Process node;

  @Setup
  public void startOnce() throws IOException, InterruptedException {
    dataDir = Files.createTempDirectory("waggle-startup");
    run();
    end();
  }

  /** The launcher, until the node listens. */
  @Benchmark
  public String run() throws IOException {
    Path launcher = Path.of(System.getProperty("waggle.launcher", "waggle")).toAbsolutePath();
    node =
        new ProcessBuilder(
                launcher.toString(),
                "run",
                "--p2p-addr",
                "127.0.0.1:0",
                "--data-dir",
                Objects.requireNonNull(dataDir).toString())
            .redirectError(log().toFile())
            .start();
    BufferedReader lines = node.inputReader();
    String line = lines.readLine();
    while (line != null && !line.startsWith(LISTENING)) {
      line = lines.readLine();
    }
    if (line == null) {
      throw new IllegalStateException(
          launcher + " does not listen: " + String.join(" | ", Files.readAllLines(log())));
    }
    return line;
  }

  private Path log() {
    return Objects.requireNonNull(dataDir).resolve("bench.log");
  }

  /** SIGTERM, which ends a node with exit code 0. */
  @TearDown(Level.Invocation)
  public void end() throws InterruptedException {
    if (node != null) {
      node.destroy();
      if (!node.waitFor(END_SECONDS, TimeUnit.SECONDS) || node.exitValue() != 0) {
        node.destroyForcibly();
        throw new IllegalStateException("the node does not end as it should");
      }
      node = null;
    }
  }

  @TearDown
  public void deleteDataDir() throws IOException {
    try (Stream<Path> files = Files.walk(Objects.requireNonNull(dataDir))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
