package dev.waggle.cli.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.chain.AcceptedBlock;
import dev.waggle.chain.BlockStoreException;
import dev.waggle.cli.config.CliConfig;
import dev.waggle.cli.config.CliKeys;
import dev.waggle.cli.events.Event;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.peers.PeerStoreException;
import dev.waggle.ports.PeerIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FullNodeTest {
  @TempDir Path dataDir;

  @Test
  void aDamagedFileOfPeers_isSetAside_andTheNodeStarts() throws Exception {
    Files.writeString(dataDir.resolve("peers.txt"), "damaged");

    try (FullNode node = FullNode.start(config().build(), null, _ -> {})) {
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
        .isThrownBy(() -> FullNode.start(config().build(), null, _ -> {}))
        .withMessage(inTheWay + " cannot be read: it is no file");

    Files.delete(inTheWay);
    FullNode.start(config().build(), null, _ -> {}).close();
  }

  /** So that a block shows which node has mined it. */
  @Test
  void aNodeWhoseKeyTheChainKnows_minesAsItself() throws Exception {
    CliConfig config = config().build();
    PeerIdentity kept = NodeKeys.of(config.node(), null).identity();
    for (PeerIdentity identity : Arrays.asList(null, kept)) {
      Path folder = Files.createDirectory(dataDir.resolve("as-" + (identity == null)));
      CliConfig own = config().set(CliKeys.DATA_DIR, folder).build();
      assertThat(minerOf(own, identity)).isEqualTo("itself");
    }
  }

  @Test
  void aNodeWithAnotherKey_minesWithOneOfItsOwn() throws Exception {
    CliConfig config = config().set(ConfigKeys.SUITE, List.of("mlkem1024-mldsa87")).build();

    assertThat(minerOf(config, null)).isEqualTo("somebody else");
  }

  private static String minerOf(CliConfig config, @Nullable PeerIdentity identity)
      throws Exception {
    BlockingQueue<AcceptedBlock> accepted = new LinkedBlockingQueue<>();
    try (FullNode node =
        FullNode.start(
            config,
            identity,
            event -> {
              if (event instanceof Event.BlockAccepted(AcceptedBlock block)) {
                accepted.add(block);
              }
            })) {
      node.mineOne().toCompletableFuture().get();
      return accepted.take().miner().equals(node.peerId()) ? "itself" : "somebody else";
    }
  }

  @Test
  void blocksOfAnotherVersion_areNamedInOneLine() throws Exception {
    Files.writeString(dataDir.resolve("blocks.dat"), "waggle blocks 1\n" + "x".repeat(1000));

    assertThatExceptionOfType(BlockStoreException.class)
        .isThrownBy(() -> FullNode.start(config().build(), null, _ -> {}))
        .withMessage(
            dataDir.resolve("blocks.dat")
                + " is not a file of blocks of this version; move it away: the peers have the"
                + " blocks of today");
  }

  private CliConfig.Builder config() {
    return CliConfig.builder()
        .parse(ConfigKeys.P2P_ADDR, "127.0.0.1:0")
        .set(CliKeys.DATA_DIR, dataDir);
  }
}
