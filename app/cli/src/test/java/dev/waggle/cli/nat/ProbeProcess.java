package dev.waggle.cli.nat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A {@link Probe} at a host of the lab. Its results complete as it tells of them. */
final class ProbeProcess implements AutoCloseable {
  /** Only a failing test waits that long. */
  private static final long PATIENCE_SECONDS = 30;

  private final Host host;
  private final Process process;
  private final Writer commands;
  private final AtomicInteger dials = new AtomicInteger();

  /** By what is waited for, such as {@code listening 9000}; with the rest of the line. */
  private final ConcurrentMap<String, CompletableFuture<String>> said = new ConcurrentHashMap<>();

  private ProbeProcess(Host host, Process process) {
    this.host = host;
    this.process = process;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** Starts a probe, which has the host's name. */
  static ProbeProcess start(Host host) throws IOException {
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-cp",
            Path.of("target", "test-classes").toAbsolutePath().toString(),
            Probe.class.getName(),
            host.name());
    Process process =
        new ProcessBuilder(host.namespace().command(java))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    ProbeProcess probe = new ProbeProcess(host, process);
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    Thread.ofVirtual().start(() -> probe.read(lines));
    return probe;
  }

  Host host() {
    return host;
  }

  /** What a dial came to. */
  sealed interface Dialled {}

  /**
   * A connection that bytes go through.
   *
   * @param peer the name of the host at its other end
   * @param seen where that host sees this end: HOST:PORT
   */
  record Linked(String peer, String seen) implements Dialled {
    String seenHost() {
      return seen.substring(0, seen.lastIndexOf(':'));
    }

    int seenPort() {
      return Integer.parseInt(seen.substring(seen.lastIndexOf(':') + 1));
    }
  }

  record Failed(String why) implements Dialled {}

  /** Listens at a port from now on. */
  CompletableFuture<String> listen(int port) {
    return tell("listen " + port, "listening " + port);
  }

  /** The name of the first host whose connection was accepted at a port. */
  CompletableFuture<String> accepted(int port) {
    return awaited("accepted " + port);
  }

  /**
   * Dials from a port, which may be one at which it listens.
   *
   * @param remote HOST:PORT, even of IPv6
   */
  CompletableFuture<Dialled> dial(int fromPort, String remote, Duration patience) {
    int id = dials.incrementAndGet();
    int colon = remote.lastIndexOf(':');
    String host = remote.substring(0, colon);
    String port = remote.substring(colon + 1);
    String command = "dial %d %d %s %s %d".formatted(id, fromPort, host, port, patience.toMillis());
    CompletableFuture<Dialled> linked =
        tell(command, "linked " + id)
            .thenApply(rest -> rest.split(" ", 2))
            .thenApply(words -> new Linked(words[0], words[1]));
    CompletableFuture<Dialled> failed = awaited("failed " + id).thenApply(Failed::new);
    return linked
        .applyToEither(failed, dialled -> dialled)
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Has the router let others through to a port: at which of its own, or why it does not. */
  CompletableFuture<String> map(int port) {
    return tell("map " + port, "mapped " + port);
  }

  private CompletableFuture<String> tell(String command, String awaited) {
    CompletableFuture<String> answer = awaited(awaited);
    try {
      synchronized (commands) {
        commands.write(command + "\n");
        commands.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(host + " is gone", e);
    }
    return answer;
  }

  private CompletableFuture<String> awaited(String words) {
    return said.computeIfAbsent(words, _ -> new CompletableFuture<>());
  }

  private void read(BufferedReader lines) {
    try (lines) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", 3);
        awaited(words[0] + " " + words[1]).complete(words.length == 3 ? words[2] : "");
      }
    } catch (IOException _) {
      // It has ended, or was closed.
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
