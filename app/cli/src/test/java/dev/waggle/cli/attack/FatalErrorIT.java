package dev.waggle.cli.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.cli.process.LauncherCheckout;
import dev.waggle.cli.process.NodeProcess;
import dev.waggle.cli.process.WaggleProcess;
import dev.waggle.ports.Endpoint;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that an {@link Error} ends after all: better gone than half dead. */
class FatalErrorIT {
  /** What {@code --help} promises for it. */
  private static final int NODE_FAILED = 3;

  @TempDir Path dir;

  @SuppressWarnings("NullAway.Init") // before each test
  private LauncherCheckout checkout;

  @BeforeEach
  void makeCheckout() throws Exception {
    checkout = LauncherCheckout.in(Files.createDirectory(dir.resolve("it")));
  }

  @AfterEach
  void unlink() throws Exception {
    checkout.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {FatalTransport.OUT_OF_MEMORY, FatalTransport.STACK_OVERFLOW})
  void error_endsTheProcessWithACodeOfItsOwn(String transport) throws Exception {
    try (NodeProcess node =
        NodeProcess.launch(
            checkout, environment(), dir.resolve("node"), "--transport", transport)) {
      Endpoint address = Endpoint.parse(node.await("listening").get("address").asString());
      try (Socket _ = new Socket(address.host(), address.port())) {
        assertThat(node.process().awaitExit()).as("%s", node.process()).isEqualTo(NODE_FAILED);
      }
    }
  }

  @Test
  void errorInANodeOfADevnet_endsTheProcessWithThatCode_andSaysWhichNodeAndWhy() throws Exception {
    try (WaggleProcess devnet =
        WaggleProcess.launch(
            checkout, environment(), "devnet", "--transport", FatalTransport.STACK_OVERFLOW)) {
      assertThat(devnet.awaitExit()).as("%s", devnet).isEqualTo(NODE_FAILED);
      assertThat(devnet.stdout().all().getLast())
          .matches("failed: node \\d has failed: java.lang.StackOverflowError");
      assertThat(devnet.stderr().all())
          .anyMatch(
              line -> line.matches("waggle: node \\d has failed: java.lang.StackOverflowError"));
      // The header of the JDK's own handler, which others' lines would come in between.
      assertThat(devnet.stderr().all())
          .noneMatch(line -> line.matches("\\w{3} \\d+, \\d{4} .* dev\\.waggle\\..*"));
    }
  }

  private List<String> environment() throws Exception {
    Path classes =
        Path.of(FatalTransport.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path services = FatalTransport.offerIn(Files.createDirectories(dir.resolve("fatal")));
    return List.of(
        "WAGGLE_JAVA_OPTS=-Xmx256m -XX:AOTMode=off",
        "WAGGLE_CLASSPATH=" + services + ":" + classes);
  }
}
