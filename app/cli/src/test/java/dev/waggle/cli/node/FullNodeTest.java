package dev.waggle.cli.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.cli.config.CliConfig;
import dev.waggle.cli.config.CliKeys;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.peers.PeerStoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FullNodeTest {
  @TempDir Path dataDir;

  @Test
  void aDamagedFileOfPeers_isSetAside_andTheNodeStarts() throws Exception {
    Files.writeString(dataDir.resolve("peers.txt"), "damaged");

    try (FullNode node = FullNode.start(config(), null, _ -> {})) {
      assertThat(node.address().port()).isPositive();
      assertThat(dataDir.resolve("peers.txt")).doesNotExist();
      try (Stream<Path> files = Files.list(dataDir)) {
        assertThat(files.filter(file -> file.getFileName().toString().startsWith("peers.damaged-")))
            .singleElement()
            .satisfies(aside -> assertThat(aside).hasContent("damaged"));
      }
    }
  }

  @Test
  void aFileOfPeersThatCannotBeRead_keepsTheNodeFromStarting_andTheChainIsClosed()
      throws Exception {
    Path inTheWay = Files.createDirectory(dataDir.resolve("peers.txt"));

    assertThatExceptionOfType(PeerStoreException.class)
        .isThrownBy(() -> FullNode.start(config(), null, _ -> {}))
        .withMessage(inTheWay + " cannot be read: it is no file");

    Files.delete(inTheWay);
    FullNode.start(config(), null, _ -> {}).close();
  }

  private CliConfig config() {
    return CliConfig.builder()
        .parse(ConfigKeys.P2P_ADDR, "127.0.0.1:0")
        .set(CliKeys.DATA_DIR, dataDir)
        .build();
  }
}
