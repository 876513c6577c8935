package dev.waggle.cli.attack;

import dev.waggle.cli.config.CliConfig;
import dev.waggle.cli.config.CliKeys;
import dev.waggle.cli.events.Event;
import dev.waggle.cli.node.FullNode;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.transport.ListenFailed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A full node of this process that tells which blocks it accepts, and from whom. */
final class HonestNode implements AutoCloseable {
  /** Only a failing test waits that long. */
  private static final int PATIENCE_SECONDS = 60;

  private final BlockingQueue<Event.BlockAccepted> blocks = new LinkedBlockingQueue<>();
  private final BlockingQueue<PeerInfo> peers = new LinkedBlockingQueue<>();
  private final String name;
  private final FullNode node;

  private HonestNode(String name, CliConfig config) throws ListenFailed, IOException {
    this.name = name;
    node = FullNode.start(config, null, this::happened);
  }

  /** A node on loopback; without {@code seed} it dials nobody. */
  static HonestNode start(Path dataDir, @Nullable String seed) throws ListenFailed, IOException {
    CliConfig.Builder config =
        CliConfig.builder()
            .parse(ConfigKeys.P2P_ADDR, "127.0.0.1:0")
            .parse(CliKeys.DATA_DIR, dataDir.toString())
            .parse(CliKeys.MINE_INTERVAL, "1s");
    if (seed != null) {
      config.parse(ConfigKeys.SEEDS, seed);
    }
    return new HonestNode(dataDir.getFileName().toString(), config.build());
  }

  private void happened(Event event) {
    if (event instanceof Event.BlockAccepted block) {
      blocks.add(block);
    } else if (event instanceof Event.PeerConnected(PeerInfo peer)) {
      peers.add(peer);
    }
  }

  /** As others name it among their seeds. */
  String seed() {
    return node.peerId() + "@" + node.address();
  }

  void startMining() {
    node.startMining();
  }

  /** Waits for the next link that gets established. */
  PeerId awaitPeer() throws InterruptedException {
    return await(peers, "peer").id();
  }

  /** Waits for the next block. */
  Event.BlockAccepted awaitBlock() throws InterruptedException {
    return await(blocks, "block");
  }

  private <T> T await(BlockingQueue<T> queue, String what) throws InterruptedException {
    T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError(
          "the honest node '%s' got no %s within %d s".formatted(name, what, PATIENCE_SECONDS));
    }
    return next;
  }

  @Override
  public void close() {
    node.close();
  }
}
