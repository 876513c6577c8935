package dev.waggle.simulator.chain;

import dev.waggle.chain.Block;
import dev.waggle.chain.BlockTemplate;
import dev.waggle.chain.ChainRules;
import dev.waggle.chain.ChainView;
import dev.waggle.chain.Transaction;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes blocks and transactions of wanted lengths, the same from the same chance. */
public final class BlockMaker {
  /** What a transaction takes in a block beyond its memo. */
  private static final int TRANSACTION_OVERHEAD = 4 + 13;

  private final ChainRules rules;
  private final SplittableRandom random;

  public BlockMaker(ChainRules rules, SplittableRandom random) {
    this.rules = rules;
    this.random = random;
  }

  /** A transaction of about so many bytes. */
  public Transaction transaction(int bytes) {
    int memo = Math.clamp(bytes - TRANSACTION_OVERHEAD, 0, Transaction.MAX_MEMO_BYTES);
    byte[] filling = new byte[memo];
    random.nextBytes(filling);
    return Transaction.of(random.nextLong(), Bytes.wrap(filling));
  }

  /**
   * A block on top of {@code chain}: what waits there, and filled up with transactions that nobody
   * has seen before.
   *
   * @param bytes that it shall have, at most {@link Block#MAX_BYTES}
   */
  public Block on(ChainView chain, PeerId miner, long nowMillis, int bytes) {
    BlockTemplate template = BlockTemplate.on(chain, miner, nowMillis);
    List<Transaction> transactions = new ArrayList<>(template.transactions());
    int missing = bytes - template.encode(0).length;
    while (missing > TRANSACTION_OVERHEAD) {
      Transaction filling = transaction(missing);
      transactions.add(filling);
      missing -= Integer.BYTES + filling.payload().length();
    }
    BlockTemplate filled =
        new BlockTemplate(
            template.height(), template.parent(), template.timeMillis(), miner, transactions);
    return mined(filled);
  }

  /** Finds a nonce; simulated networks have so little difficulty that this is soon done. */
  private Block mined(BlockTemplate template) {
    long nonce = random.nextLong();
    Block block = Block.of(template, nonce);
    while (!rules.isProvenBy(block.id())) {
      block = Block.of(template, ++nonce);
    }
    return block;
  }
}
