package dev.waggle.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The distribution in a process of its own, as the launcher starts it. What it prints is collected
 * line by line, and can be waited for.
 */
public class WaggleProcess implements AutoCloseable {
  /** Only a failing test waits that long. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Lines stdout;
  private final Lines stderr;

  private WaggleProcess(Process process) {
    this.process = process;
    this.stdout = new Lines(process.inputReader(StandardCharsets.UTF_8));
    this.stderr = new Lines(process.errorReader(StandardCharsets.UTF_8));
  }

  static WaggleProcess start(String... arguments) throws IOException {
    return startWith(List.of(), arguments);
  }

  /**
   * The distribution in a JVM of another kind.
   *
   * @param flags for the JVM; they must not contradict the usual ones
   */
  static WaggleProcess startWith(List<String> flags, String... arguments) throws IOException {
    return start(new ProcessBuilder(command(flags, arguments)));
  }

  /** The same, which leaves the processors to whoever else wants them. */
  static WaggleProcess startInBackground(List<String> flags, String... arguments)
      throws IOException {
    List<String> command = command(flags, arguments);
    command.addAll(0, List.of("nice", "-n", "10"));
    return start(new ProcessBuilder(command));
  }

  /**
   * The same, run by another command.
   *
   * @param within that command, up to where the words of the one that it runs begin
   */
  static WaggleProcess startWithin(List<String> within, List<String> flags, String... arguments)
      throws IOException {
    List<String> command = command(flags, arguments);
    command.addAll(0, within);
    return start(new ProcessBuilder(command));
  }

  /**
   * The same, none of whose files may grow beyond so many blocks of 512 bytes, until {@link
   * #unlimit}.
   */
  static WaggleProcess startLimited(int blocks, String... arguments) throws IOException {
    List<String> command = command(List.of(), arguments);
    command.addAll(0, List.of("sh", "-c", "ulimit -S -f " + blocks + " && exec \"$@\"", "sh"));
    return start(new ProcessBuilder(command));
  }

  private static List<String> command(List<String> flags, String... arguments) {
    List<String> command = new ArrayList<>(java(lib().resolve("*").toString()));
    command.addAll(1, flags);
    command.addAll(List.of(arguments));
    return command;
  }

  /**
   * The distribution as the launcher starts it.
   *
   * @param environment what it is told beside its arguments, as a shell takes that: {@code
   *     WAGGLE_JAVA_OPTS=-Xmx1g}
   */
  public static WaggleProcess launch(
      LauncherCheckout checkout, List<String> environment, String... arguments) throws IOException {
    List<String> words = new ArrayList<>(environment);
    words.add("./waggle");
    words.addAll(List.of(arguments));
    String commandLine =
        words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    return checkout.run("exec env " + commandLine);
  }

  /** A script in a directory, which finds this JDK's tools. */
  static WaggleProcess shell(Path directory, String script) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", script).directory(directory.toFile());
    String tools = Path.of(System.getProperty("java.home"), "bin").toString();
    builder.environment().merge("PATH", tools, (path, first) -> first + ":" + path);
    return start(builder);
  }

  private static WaggleProcess start(ProcessBuilder builder) throws IOException {
    builder.environment().keySet().removeIf(variable -> variable.startsWith("WAGGLE_"));
    return new WaggleProcess(builder.start());
  }

  /** The folder of the distribution's jars. */
  static Path lib() {
    String lib = System.getProperty("waggle.lib");
    assertThat(lib).as("the system property waggle.lib, which Maven sets").isNotNull();
    return Path.of(lib);
  }

  /** The command that runs Waggle, up to where its arguments begin. */
  static List<String> java(String classPath) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
    // Several JVMs start at once here, and none lives long.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", classPath, "dev.waggle.cli.Main"));
    return command;
  }

  public Lines stdout() {
    return stdout;
  }

  public Lines stderr() {
    return stderr;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Nobody reads its stdout any more. */
  void closeStdout() throws IOException {
    process.getInputStream().close();
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** SIGQUIT. */
  void dumpThreads() throws IOException {
    new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid())).inheritIO().start();
  }

  /** Lets files grow again; by Linux alone. */
  void unlimit() throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    new ProcessBuilder("prlimit", "--pid", pid, "--fsize=unlimited:").inheritIO().start().waitFor();
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitExit();
  }

  public int awaitExit() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
        .as("the process ends\n%s", this)
        .isTrue();
    stdout.awaitEnd();
    stderr.awaitEnd();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  @Override
  public String toString() {
    return "stdout:\n" + stdout + "\nstderr:\n" + stderr;
  }

  /** What a stream has brought so far. */
  public final class Lines {
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;

    private Lines(BufferedReader in) {
      reader = Thread.ofVirtual().start(() -> read(in));
    }

    private void read(BufferedReader in) {
      try (in) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          add(line);
        }
      } catch (IOException _) {
        // Closed by the test, or with the process: no more lines either way.
      }
    }

    private synchronized void add(String line) {
      lines.add(line);
      notifyAll();
    }

    /** The first line, old or new, that the predicate takes. */
    String await(String what, Predicate<String> wanted) throws InterruptedException {
      return await(what, wanted, PATIENCE);
    }

    /** The same with more patience, or less. */
    synchronized String await(String what, Predicate<String> wanted, Duration patience)
        throws InterruptedException {
      long deadlineNanos = System.nanoTime() + patience.toNanos();
      int seen = 0;
      while (true) {
        for (; seen < lines.size(); seen++) {
          if (wanted.test(lines.get(seen))) {
            return lines.get(seen);
          }
        }
        long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
        if (leftMillis <= 0 || (!process.isAlive() && !reader.isAlive())) {
          throw new AssertionError("did not see " + what + "\n" + WaggleProcess.this);
        }
        wait(Math.min(leftMillis, 1000));
      }
    }

    /**
     * The lines from number {@code from} on: at once if there are any, else as soon as there is
     * one; none if there will be none, or after {@code nanos}.
     */
    synchronized List<String> awaitFrom(int from, long nanos) throws InterruptedException {
      long deadlineNanos = System.nanoTime() + nanos;
      while (lines.size() <= from && reader.isAlive()) {
        long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
        if (leftMillis <= 0) {
          break;
        }
        wait(Math.min(leftMillis, 1000));
      }
      return List.copyOf(lines.subList(Math.min(from, lines.size()), lines.size()));
    }

    public synchronized List<String> all() {
      return List.copyOf(lines);
    }

    private void awaitEnd() throws InterruptedException {
      reader.join(PATIENCE);
    }

    @Override
    public String toString() {
      return String.join("\n", all());
    }
  }
}
