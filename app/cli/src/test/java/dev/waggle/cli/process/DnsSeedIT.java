package dev.waggle.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.cli.seeder.Known;
import dev.waggle.dns.DnsSeedDirectory;
import dev.waggle.node.peers.FilePeerStore;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.node.KnownAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DnsSeedIT {
  private static final String ZONE = "seed.example.org";
  private static final Pattern SERVING =
      Pattern.compile("serving " + ZONE + " at (\\S+), 1 node; Ctrl-C ends it");

  @TempDir Path dir;

  @Test
  void zone_isPrinted() throws Exception {
    remember("9.0.0.1:9000");
    try (WaggleProcess process = start("print")) {
      assertThat(process.awaitExit()).as("%s", process).isZero();
      assertThat(process.stderr().all()).isEmpty();
      assertThat(process.stdout().all())
          .anySatisfy(line -> assertThat(line).matches(ZONE + "\\..*\\sA\\s+9\\.0\\.0\\.1"));
    }
  }

  @Test
  void zone_isServed_changesWithTheFile_andEndsWithASignal() throws Exception {
    remember("9.0.0.1:9000");
    try (WaggleProcess process =
        start("serve", "--listen", "127.0.0.1:0", "--look-every", "100ms")) {
      Matcher serving =
          SERVING.matcher(
              process.stdout().await("the greeting", line -> SERVING.matcher(line).matches()));
      assertThat(serving.matches()).isTrue();
      IpEndpoint server = Objects.requireNonNull(IpEndpoint.of(Endpoint.parse(serving.group(1))));
      DnsSeedDirectory directory = new DnsSeedDirectory(List.of(server), DnsSeedDirectory.DEADLINE);
      assertThat(directory.lookUp(ZONE)).containsExactly(PeerAddress.parse("9.0.0.1:9000"));

      remember("9.0.0.1:9000", "9.0.0.2:9123");
      process.stdout().await("the new number", "2 nodes"::equals);
      // The server asks for the nodes at most once a second.
      awaitAnswer(directory, PeerAddress.parse("9.0.0.2:9123"));

      process.terminate();
      assertThat(process.awaitExit()).as("%s", process).isZero();
      assertThat(process.stderr().all()).isEmpty();
    }
  }

  /** Asks again and again, with pauses, until the answer has {@code address}. */
  private static void awaitAnswer(DnsSeedDirectory directory, PeerAddress address)
      throws Exception {
    CompletableFuture<PeerAddress> answered = new CompletableFuture<>();
    try (ScheduledExecutorService asking = Executors.newSingleThreadScheduledExecutor()) {
      var _ =
          asking.scheduleWithFixedDelay(
              () -> {
                try {
                  if (directory.lookUp(ZONE).contains(address)) {
                    answered.complete(address);
                  }
                } catch (IOException e) {
                  answered.completeExceptionally(e);
                }
              },
              0,
              200,
              TimeUnit.MILLISECONDS);
      try {
        var _ = answered.get(WaggleProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } finally {
        asking.shutdownNow();
      }
    }
  }

  private WaggleProcess start(String subcommand, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("dns-seed", subcommand, "--zone", ZONE));
    words.addAll(List.of("--name-server", "ns.example.org", "--data-dir", dir.toString()));
    words.addAll(List.of(more));
    return WaggleProcess.start(words.toArray(String[]::new));
  }

  private void remember(String... endpoints) throws IOException {
    new FilePeerStore(dir, InstantSource.system())
        .save(
            Known.memory(
                Arrays.stream(endpoints)
                    .map(endpoint -> Known.reached(endpoint, 60))
                    .toArray(KnownAddress[]::new)));
  }
}
