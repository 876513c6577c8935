package dev.waggle.cli.attack;

import dev.waggle.chain.Author;
import dev.waggle.chain.ChainRules;
import dev.waggle.chain.FileBlockStore;
import dev.waggle.chain.MessageIds;
import dev.waggle.chain.NodeService;
import dev.waggle.chain.Transaction;
import dev.waggle.chain.mining.Miner;
import dev.waggle.crypto.SystemRandom;
import dev.waggle.ports.Bytes;
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

/** Blocks of a mebibyte, mined without a network into a data directory. */
final class LargeChain {
  /** As large as may be, each. */
  private static final int TRANSACTIONS = 16;

  /**
   * Mines on top of the genesis.
   *
   * @return the blocks, the oldest first
   */
  static List<GossipMessage> mine(Path dataDir, int blocks) throws IOException {
    ChainRules rules = Signing.rules();
    Author author = Author.drawn(rules, new SystemRandom());
    List<GossipMessage> published = new ArrayList<>();
    try (NodeService chain =
            NodeService.open(rules, FileBlockStore.open(dataDir, rules), InstantSource.system());
        Miner miner = miner(chain, author, published)) {
      SplittableRandom random = new SplittableRandom(dataDir.hashCode());
      for (int i = 0; i < blocks; i++) {
        for (int t = 0; t < TRANSACTIONS; t++) {
          byte[] memo = new byte[Transaction.MAX_MEMO_BYTES];
          random.nextBytes(memo);
          judge(chain, author.write(Bytes.wrap(memo)).toMessage());
        }
        miner.mineOne().toCompletableFuture().join();
      }
    }
    return published;
  }

  private static Miner miner(NodeService chain, Author author, List<GossipMessage> published) {
    GossipPublisher alone =
        message -> {
          published.add(message);
          return CompletableFuture.completedFuture(judge(chain, message));
        };
    Consumer<Error> onError =
        error -> {
          throw error;
        };
    return new Miner(chain, alone, author, InstantSource.system(), Duration.ofMillis(1), onError);
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
