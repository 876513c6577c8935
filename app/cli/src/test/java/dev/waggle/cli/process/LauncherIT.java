package dev.waggle.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The launcher in a checkout that is built already. */
@Tag("long")
class LauncherIT {
  private static final String LOG_CLASSES = "WAGGLE_JAVA_OPTS=-Xlog:class+load ";

  @TempDir Path dir;

  @SuppressWarnings("NullAway.Init") // before each test
  private LauncherCheckout checkout;

  @BeforeEach
  void makeCheckout() throws IOException {
    checkout = LauncherCheckout.in(dir);
  }

  @AfterEach
  void unlink() throws IOException {
    checkout.close();
  }

  @Test
  void firstStart_makesACacheThatLaterOnesUse() throws Exception {
    try (WaggleProcess first = run("./waggle --version")) {
      assertThat(first.stderr().all())
          .singleElement()
          .asString()
          .startsWith("waggle: preparing a faster start");
    }
    try (WaggleProcess later = run(LOG_CLASSES + "./waggle --version")) {
      assertThat(later.stderr().all()).isEmpty();
      assertThat(later.stdout().all()).anyMatch(LauncherIT::isWaggleFromCache);
    }
    // Jars of one's own come behind those that the cache was made with.
    try (WaggleProcess more = run("WAGGLE_CLASSPATH=. " + LOG_CLASSES + "./waggle --version")) {
      assertThat(more.stderr().all()).isEmpty();
      assertThat(more.stdout().all()).anyMatch(LauncherIT::isWaggleFromCache);
    }
    // No cache can be used with this collector, which is nothing to complain of.
    try (WaggleProcess other = run("WAGGLE_JAVA_OPTS=-XX:+UseZGC ./waggle --version")) {
      assertThat(other.stderr().all()).isEmpty();
      assertThat(other.stdout().all()).hasSize(2);
    }
  }

  @Test
  void cacheThatCouldNotBeMade_isNotTriedAgain_andWaggleStarts() throws Exception {
    run("./waggle --version").close();
    Path cache = cache();
    Files.write(cache, new byte[0]); // what a training run that failed leaves

    try (WaggleProcess later = run(LOG_CLASSES + "./waggle --version")) {
      assertThat(later.stderr().all()).isEmpty();
      assertThat(later.stdout().all()).noneMatch(LauncherIT::isWaggleFromCache);
      assertThat(later.stdout().all()).anyMatch(line -> line.startsWith("waggle "));
    }
    assertThat(cache).isEmptyFile();
  }

  @Test
  void threadDump_goesToStderr_soThatStdoutHasNothingButEvents() throws Exception {
    String node = "run --events --p2p-addr 127.0.0.1:0 --data-dir data";
    try (WaggleProcess process =
        checkout.run("WAGGLE_JAVA_OPTS=-XX:AOTMode=off exec ./waggle " + node)) {
      process.stdout().await("an event", line -> line.contains("\"listening\""));
      process.dumpThreads();
      process.stderr().await("a thread dump", line -> line.contains("waggle-node"));
      process.terminate();
      assertThat(process.awaitExit()).as("%s", process).isZero();

      JsonMapper mapper = new JsonMapper();
      assertThat(process.stdout().all())
          .isNotEmpty()
          .allSatisfy(line -> assertThat(mapper.readTree(line).has("event")).isTrue());
    }
  }

  @Test
  void memoryThatRunsOut_endsTheProcess_withACodeOfItsOwn() throws Exception {
    String smallHeap = "export WAGGLE_JAVA_OPTS='-XX:AOTMode=off -Xmx8m'; ";
    try (WaggleProcess process =
        checkout.run(smallHeap + "exec ./waggle devnet --nodes 100 --json")) {
      assertThat(process.awaitExit()).as("%s", process).isEqualTo(3);
      assertThat(process.stdout().all()).isEmpty();
      assertThat(process.stderr().all()).anyMatch(line -> line.contains("OutOfMemoryError"));
    }
  }

  private Path cache() throws IOException {
    try (Stream<Path> caches = Files.list(checkout.distribution())) {
      return caches.filter(file -> file.toString().endsWith(".aot")).findFirst().orElseThrow();
    }
  }

  private static boolean isWaggleFromCache(String line) {
    return line.contains("dev.waggle.cli.Main source: shared objects file");
  }

  /** Runs a command line to its end, which must be a good one. */
  private WaggleProcess run(String commandLine) throws Exception {
    WaggleProcess process = checkout.run(commandLine);
    assertThat(process.awaitExit()).as("%s", process).isZero();
    return process;
  }
}
