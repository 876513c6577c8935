package dev.waggle.cli.attack;

import dev.waggle.chain.Block;
import dev.waggle.chain.ChainRules;
import dev.waggle.chain.FileBlockStore;
import dev.waggle.chain.MessageIds;
import dev.waggle.chain.NodeService;
import dev.waggle.chain.Transaction;
import dev.waggle.chain.mining.Miner;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.DeliveryFailed;
import dev.waggle.ports.gossip.GossipPublisher;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Blocks as large as may be, mined without a network into a data directory. */
final class LargeChain {
  private static final int TRANSACTIONS = 16;

  /** What is left of a block for each transaction, its own frame and a share of the header off. */
  private static final int MEMO_BYTES = Block.MAX_BYTES / TRANSACTIONS - 64;

  /**
   * Mines on top of the genesis.
   *
   * @return the blocks, the oldest first
   */
  static List<GossipMessage> mine(Path dataDir, int blocks) throws IOException {
    ChainRules rules = ChainRules.of(ConfigKeys.NETWORK.defaultText());
    List<GossipMessage> published = new ArrayList<>();
    try (NodeService chain =
            NodeService.open(
                rules, FileBlockStore.open(dataDir, rules.genesis().id()), InstantSource.system());
        Miner miner = miner(chain, published)) {
      SplittableRandom random = new SplittableRandom(dataDir.hashCode());
      for (int i = 0; i < blocks; i++) {
        for (int t = 0; t < TRANSACTIONS; t++) {
          byte[] memo = new byte[MEMO_BYTES];
          random.nextBytes(memo);
          judge(chain, Transaction.of(random.nextLong(), Bytes.wrap(memo)).toMessage());
        }
        miner.mineOne().toCompletableFuture().join();
      }
    }
    return published;
  }

  private static Miner miner(NodeService chain, List<GossipMessage> published) {
    GossipPublisher alone =
        message -> {
          published.add(message);
          return CompletableFuture.completedFuture(judge(chain, message));
        };
    PeerId nobody = new PeerId(Bytes.wrap(new byte[PeerId.LENGTH]));
    Consumer<Error> onError =
        error -> {
          throw error;
        };
    return new Miner(chain, alone, nobody, InstantSource.system(), Duration.ofMillis(1), onError);
  }

  private static Verdict judge(NodeService chain, GossipMessage message) {
    MessageId id = MessageIds.of(message);
    Delivery delivery = new Delivery(id, message, chain.examine(id, message), null);
    Verdict verdict = chain.validate(delivery);
    if (!(verdict instanceof Verdict.Accept)) {
      throw new AssertionError(verdict);
    }
    try {
      chain.deliver(delivery);
    } catch (DeliveryFailed e) {
      throw new AssertionError(e);
    }
    return verdict;
  }

  private LargeChain() {}
}
