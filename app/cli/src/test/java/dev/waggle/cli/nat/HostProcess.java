package dev.waggle.cli.nat;

import dev.waggle.cli.seeder.Known;
import dev.waggle.node.peers.FilePeerStore;
import dev.waggle.ports.node.KnownAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@link NodesAtHost} at a host of the lab: starts nodes there, and hears of what happens to them.
 */
final class HostProcess implements AutoCloseable {
  private final Host host;
  private final Path dir;
  private final Process process;
  private final Writer commands;
  private final Map<String, HostNode> nodes = new ConcurrentHashMap<>();

  private HostProcess(Host host, Path dir, Process process) {
    this.host = host;
    this.dir = dir;
    this.process = process;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
  }

  /**
   * Starts a process without nodes.
   *
   * @param count how many nodes there will be at most
   * @param dir for the files of the nodes
   */
  static HostProcess start(Host host, int count, Path dir) throws IOException {
    Path tests = Path.of("target", "test-classes").toAbsolutePath();
    Path logs = Files.createDirectories(Path.of("target", "nat"));
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xss512k",
            "-cp",
            tests + ":" + System.getProperty("waggle.lib") + "/*",
            NodesAtHost.class.getName(),
            Integer.toString(count));
    Process process =
        new ProcessBuilder(host.namespace().command(java))
            .redirectError(logs.resolve(host.name() + ".log").toFile())
            .start();
    HostProcess started = new HostProcess(host, dir, process);
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    Thread.ofVirtual().start(() -> started.read(lines));
    return started;
  }

  Host host() {
    return host;
  }

  /**
   * Starts a node.
   *
   * @param name without spaces; unique at this host
   * @param knows endpoints of nodes that it was linked with, as if it had run before
   * @param settings such as {@code nat=off}
   */
  HostNode node(String name, int port, List<String> knows, List<String> settings)
      throws IOException {
    HostNode node = new HostNode(name, this, host.outside() + ":" + port);
    nodes.put(name, node);
    Path data = Files.createDirectory(dir.resolve(host + "-" + name));
    new FilePeerStore(data, InstantSource.system())
        .save(
            Known.memory(
                knows.stream()
                    .map(endpoint -> Known.reached(endpoint, 60))
                    .toArray(KnownAddress[]::new)));
    tell(
        "start %s p2p_addr=0.0.0.0:%d data_dir=%s %s"
            .formatted(name, port, data, String.join(" ", settings)));
    return node;
  }

  /** A line for {@link NodesAtHost}. */
  void tell(String command) {
    try {
      synchronized (commands) {
        commands.write(command + "\n");
        commands.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(host + " is gone; see target/nat/" + host + ".log", e);
    }
  }

  private void read(BufferedReader lines) {
    try (lines) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", 2);
        HostNode node = nodes.get(words[0]);
        if (node != null) {
          node.hear(words[1]);
        }
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
