package dev.waggle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.cli.seeder.Known;
import dev.waggle.node.peers.FilePeerStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsSeedCommandTest {
  private static final long TWO_DAYS = 172_800;

  @TempDir Path dir;

  @BeforeEach
  void rememberNodes() throws IOException {
    new FilePeerStore(dir, InstantSource.system())
        .save(
            Known.memory(
                Known.reached("9.0.0.1:9000", 60),
                Known.reached("9.0.0.2:9000", TWO_DAYS),
                Known.reached("127.0.0.1:9000", 60)));
  }

  private Outcome dnsSeed(String subcommand, String... more) {
    List<String> words =
        new ArrayList<>(List.of("dns-seed", subcommand, "--zone", "seed.example.org"));
    words.addAll(List.of("--name-server", "ns.example.org", "--data-dir", dir.toString()));
    words.addAll(List.of(more));
    return Outcome.of(words.toArray(String[]::new));
  }

  @Test
  void zone_isPrinted_withTheNodesThatOthersCanDial() {
    Outcome outcome = dnsSeed("print");
    assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .startsWith("; 2 nodes of 2, at ")
        .containsPattern("seed\\.example\\.org\\.\\s.*SOA\\s+ns\\.example\\.org\\.")
        .contains("9.0.0.1", "9.0.0.2")
        .doesNotContain("127.0.0.1");
  }

  @Test
  void options_sayWhoIsTold() {
    assertThat(dnsSeed("print", "--allow-private").out()).contains("9.0.0.1", "127.0.0.1");
    assertThat(dnsSeed("print", "--reached-within", "47h").out())
        .contains("9.0.0.1")
        .doesNotContain("9.0.0.2");
  }

  @Test
  void zoneWithoutNodes_isNotPrinted_withExitCode1() throws IOException {
    new FilePeerStore(dir, InstantSource.system()).save(Known.memory());
    Outcome outcome = dnsSeed("print");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            "waggle: "
                + dir.resolve("peers.txt")
                + " names no node that was reached within 168h and that others can dial"
                + System.lineSeparator());
  }

  @ParameterizedTest
  @ValueSource(strings = {"print", "serve"})
  void fileThatIsMissingOrDamaged_isNamed_withExitCode1_andStays(String subcommand)
      throws IOException {
    Path file = dir.resolve("peers.txt");
    String[] more =
        subcommand.equals("serve") ? new String[] {"--listen", "127.0.0.1:0"} : new String[0];
    Files.writeString(file, "waggle-peers 1\n");
    Outcome damaged = dnsSeed(subcommand, more);
    assertThat(damaged.exitCode()).as(damaged.toString()).isEqualTo(1);
    assertThat(damaged.err().lines())
        .singleElement()
        .asString()
        .startsWith("waggle: " + file + " ");
    assertThat(file).hasContent("waggle-peers 1\n");

    Files.delete(file);
    Outcome missing = dnsSeed(subcommand, more);
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.err())
        .isEqualTo(
            "waggle: "
                + file
                + " is not there; --data-dir names the directory of a node"
                + System.lineSeparator());
  }

  @Test
  void addressInUse_isNamed_withExitCode2() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      Outcome outcome = dnsSeed("serve", "--listen", address);
      assertThat(outcome.exitCode()).isEqualTo(2);
      assertThat(outcome.err().lines())
          .singleElement()
          .asString()
          .startsWith("waggle: --listen = '" + address + "': cannot serve DNS at ");
    }
  }
}
