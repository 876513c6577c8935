package dev.waggle.simulator.chain;

import dev.waggle.chain.Author;
import dev.waggle.chain.Block;
import dev.waggle.chain.BlockTemplate;
import dev.waggle.chain.ChainRules;
import dev.waggle.chain.ChainView;
import dev.waggle.chain.SignedTemplate;
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
  private static final int TRANSACTION_OVERHEAD = Integer.BYTES + Transaction.OVERHEAD;

  private static final int LARGEST = Integer.BYTES + Transaction.MAX_BYTES;

  /** Behind version, height, parent, time, root and miner. */
  private static final int COUNT_AT = 1 + 8 + 32 + 8 + 32 + 32;

  private final ChainRules rules;
  private final SplittableRandom random;
  private final Author author;

  /** A maker that signs all of it with one key, which is nobody else's. */
  public BlockMaker(ChainRules rules, SplittableRandom random) {
    this.rules = rules;
    this.random = random;
    this.author = Author.drawn(rules, random::nextBytes);
  }

  /** Whom its blocks name. */
  public PeerId miner() {
    return author.id();
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

  /** A transaction of so many bytes, or of as few, or as many, as one may have. */
  public Transaction transaction(int bytes) {
    int memo = Math.clamp(bytes - Transaction.OVERHEAD, 0, Transaction.MAX_MEMO_BYTES);
    byte[] filling = new byte[memo];
    random.nextBytes(filling);
    return author.write(Bytes.wrap(filling));
  }

  /**
   * A block on top of {@code chain}: of what waits there as much as fits, and filled up with
   * transactions that nobody has seen before.
   *
   * @param bytes that it shall have, at most {@link Block#MAX_BYTES}
   * @param count transactions that it shall have at least, if so many fit in
   */
  public Block on(ChainView chain, long nowMillis, int bytes, int count) {
    return of(chain, nowMillis, transactions(chain, bytes, count));
  }

  /** What {@link #on} puts into such a block: what waits first, and then what nobody has seen. */
  public List<Transaction> transactions(ChainView chain, int bytes, int count) {
    List<Transaction> transactions = new ArrayList<>();
    int missing = bytes - Block.OVERHEAD;
    for (Transaction waiting : chain.pending()) {
      int length = Integer.BYTES + waiting.payload().length();
      if (length <= missing && transactions.size() < Block.MAX_TRANSACTIONS) {
        transactions.add(waiting);
        missing -= length;
      }
    }
    while (missing >= TRANSACTION_OVERHEAD && transactions.size() < Block.MAX_TRANSACTIONS) {
      int share = share(missing, Math.max(1, count - transactions.size()));
      Transaction filling = transaction(share - Integer.BYTES);
      transactions.add(filling);
      missing -= Integer.BYTES + filling.payload().length();
    }
    return transactions;
  }

  /** A block of these on top of {@code chain}. */
  public Block of(ChainView chain, long nowMillis, List<Transaction> transactions) {
    long millis = Math.max(nowMillis, chain.tipTimeMillis());
    return mined(new BlockTemplate(chain.height() + 1, chain.tip(), millis, transactions));
  }

  /** What the first of so many takes of the room: not so much that too little is left for one. */
  private static int share(int room, int among) {
    int even = Math.clamp(room / among, TRANSACTION_OVERHEAD, LARGEST);
    int left = room - even;
    if (left == 0 || left >= TRANSACTION_OVERHEAD) {
      return even;
    }
    return room <= LARGEST ? room : room - TRANSACTION_OVERHEAD;
  }

  /** A block of that template. */
  public Block mined(BlockTemplate template) {
    return mined(author.sign(template));
  }

  /** Finds a nonce; simulated networks have so little difficulty that this is soon done. */
  public Block mined(SignedTemplate signed) {
    long nonce = random.nextLong();
    while (!rules.isProvenBy(signed.idWith(nonce))) {
      nonce++;
    }
    return signed.with(nonce);
  }
}
