package dev.waggle.cli.nat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A home router's daemon, Debian's {@code miniupnpd}, which opens ports by PCP, NAT-PMP and UPnP.
 * It does so in the chains that {@link RouterRules} have for it.
 */
final class MiniUpnpd implements AutoCloseable {
  private static final String CONFIGURATION =
      """
      ext_ifname=wan
      listening_ip=lan
      enable_natpmp=yes
      enable_upnp=yes
      secure_mode=yes
      system_uptime=no
      uuid=8d2bd1b4-2d5c-4b3c-9d1b-3f4bfb2f5a07
      allow 1024-65535 192.168.1.0/24 1024-65535
      deny 0-65535 0.0.0.0/0 0-65535
      """;

  /** The last thing that it says before it serves. */
  private static final String READY = "Listening for NAT-PMP/PCP traffic";

  private static final long PATIENCE_SECONDS = 20;

  private final Process process;
  private final StringBuilder said = new StringBuilder();
  private final CompletableFuture<Boolean> ready = new CompletableFuture<>();

  private MiniUpnpd(Process process) {
    this.process = process;
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    Thread.ofVirtual().start(() -> read(lines));
  }

  /**
   * Starts one, and waits until it serves.
   *
   * @param dir for its files
   */
  static MiniUpnpd start(Namespace router, Path dir) throws IOException, InterruptedException {
    Path configuration = dir.resolve(router.name() + ".conf");
    Files.writeString(configuration, CONFIGURATION);
    List<String> command =
        List.of("miniupnpd", "-d", "-f", configuration.toString(), "-P", configuration + ".pid");
    MiniUpnpd daemon =
        new MiniUpnpd(
            new ProcessBuilder(router.command(command)).redirectErrorStream(true).start());
    try {
      if (daemon.ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return daemon;
      }
    } catch (ExecutionException | TimeoutException _) {
      // Said below.
    }
    daemon.close();
    throw new IOException("miniupnpd does not serve:\n" + daemon);
  }

  private void read(BufferedReader lines) {
    try (lines) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (said) {
          said.append(line).append('\n');
        }
        if (line.contains(READY)) {
          ready.complete(true);
        }
      }
    } catch (IOException _) {
      // It has ended, or was closed.
    }
    ready.complete(false);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** All that it has said. */
  @Override
  public String toString() {
    synchronized (said) {
      return said.toString();
    }
  }
}
