package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.wire.GossipMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes blocks and transactions for tests. */
public final class TestBlocks {
  /** Few enough bits for thousands of blocks, and enough for a check that can fail. */
  public static final ChainRules RULES = new ChainRules("waggle-test", 4);

  public static final Block GENESIS = RULES.genesis();

  /** The id of a node, all its bytes being {@code number}. */
  public static PeerId peer(int number) {
    byte[] hash = new byte[PeerId.LENGTH];
    Arrays.fill(hash, (byte) number);
    return new PeerId(Bytes.wrap(hash));
  }

  public static Transaction transaction(long salt) {
    return Transaction.of(salt, Bytes.wrap("note".getBytes(StandardCharsets.US_ASCII)));
  }

  /** A valid block one second after {@code parent}. */
  public static Block blockOn(Block parent, int miner, Transaction... transactions) {
    return blockOn(parent, parent.timeMillis() + 1000, miner, transactions);
  }

  static Block blockOn(Block parent, long timeMillis, int miner, Transaction... transactions) {
    return mined(
        new BlockTemplate(
            parent.height() + 1, parent.id(), timeMillis, peer(miner), List.of(transactions)));
  }

  static Block mined(BlockTemplate template) {
    return withProof(template, true);
  }

  /** The first block of this template that proves its work, or that does not. */
  static Block withProof(BlockTemplate template, boolean proven) {
    long nonce = 0;
    Block block = Block.of(template, nonce);
    while (RULES.isProvenBy(block.id()) != proven) {
      block = Block.of(template, ++nonce);
    }
    return block;
  }

  /** The encoding of what a decoded block says. */
  static Bytes encodedAgain(Block decoded) {
    BlockTemplate template =
        new BlockTemplate(
            decoded.height(),
            decoded.parent(),
            decoded.timeMillis(),
            decoded.miner(),
            decoded.transactions());
    return Block.of(template, decoded.nonce()).payload();
  }

  static Delivery delivery(Block block, @Nullable PeerId from) {
    return new Delivery(block.id(), block.toMessage(), Examination.NONE, from);
  }

  static Delivery delivery(Transaction transaction, @Nullable PeerId from) {
    return new Delivery(transaction.id(), transaction.toMessage(), Examination.NONE, from);
  }

  static Delivery delivery(GossipMessage message, @Nullable PeerId from) {
    return new Delivery(MessageIds.of(message), message, Examination.NONE, from);
  }

  private TestBlocks() {}
}
