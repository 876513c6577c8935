package dev.waggle.simulator.chain;

import dev.waggle.chain.Block;
import dev.waggle.chain.BlockTemplate;
import dev.waggle.chain.ChainRules;
import dev.waggle.chain.ChainView;
import dev.waggle.chain.Transaction;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes blocks and transactions of wanted lengths, the same from the same chance. */
public final class BlockMaker {
  /** What a transaction takes in a block beyond its memo. */
  private static final int TRANSACTION_OVERHEAD = 4 + 13;

  /** Behind version, height, parent, time, root and miner. */
  private static final int COUNT_AT = 1 + 8 + 32 + 8 + 32 + 32;

  private final ChainRules rules;
  private final SplittableRandom random;

  public BlockMaker(ChainRules rules, SplittableRandom random) {
    this.rules = rules;
    this.random = random;
  }

  /** How many transactions an encoded block says that it has (CHAIN §3); 0 if it is none. */
  public static int transactionsIn(Bytes block) {
    if (block.length() < COUNT_AT + Integer.BYTES) {
      return 0;
    }
    int[] count = new int[1];
    block.lendTo(
        (array, offset, _) ->
            count[0] =
                ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN).getInt(offset + COUNT_AT));
    return Math.clamp(count[0], 0, Block.MAX_TRANSACTIONS);
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
   * @param count transactions that it shall have at least, if so many fit in
   */
  public Block on(ChainView chain, PeerId miner, long nowMillis, int bytes, int count) {
    BlockTemplate template = BlockTemplate.on(chain, miner, nowMillis);
    List<Transaction> transactions = new ArrayList<>(template.transactions());
    int missing = bytes - template.encode(0).length;
    while (missing > TRANSACTION_OVERHEAD) {
      int left = Math.max(1, count - transactions.size());
      Transaction filling = transaction(missing / left);
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
