package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MessageId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a block is to say, before its miner has signed it: {@link Author#sign}.
 *
 * @param height blocks between this one and the genesis, which has height 0
 * @param parent the id of the block before this one
 * @param timeMillis when it was made, in milliseconds since the epoch, not negative
 * @param transactions without duplicates; at most so many that the block stays within {@link
 *     Block#MAX_BYTES}
 */
public record BlockTemplate(
    long height, MessageId parent, long timeMillis, List<Transaction> transactions) {

  public BlockTemplate {
    String defect = defect(height, timeMillis, transactions);
    if (defect != null) {
      throw new IllegalArgumentException(defect);
    }
    transactions = List.copyOf(transactions);
  }

  /**
   * What to mine on top of {@code chain}: its pending transactions, oldest first, as many as a
   * block takes. A clock that is behind the tip's time does not make the block invalid.
   */
  public static BlockTemplate on(ChainView chain, long nowMillis) {
    List<Transaction> chosen = new ArrayList<>();
    long room = Block.MAX_BYTES - Block.OVERHEAD;
    for (Transaction pending : chain.pending()) {
      int length = encodedLength(pending);
      if (length <= room) {
        chosen.add(pending);
        room -= length;
      }
    }
    long timeMillis = Math.max(nowMillis, chain.tipTimeMillis());
    return new BlockTemplate(chain.height() + 1, chain.tip(), timeMillis, chosen);
  }

  /** Why these fields make no block, or null if they do. */
  static @Nullable String defect(long height, long timeMillis, List<Transaction> transactions) {
    if (height < 0 || timeMillis < 0) {
      return "a block's height and time are not negative";
    }
    Set<MessageId> seen = new HashSet<>();
    for (Transaction transaction : transactions) {
      if (!seen.add(transaction.id())) {
        return "transaction " + transaction.id() + " is in the block twice";
      }
    }
    return encodedLength(transactions) > Block.MAX_BYTES
        ? "a block has at most " + Block.MAX_BYTES + " bytes"
        : null;
  }

  /** Bytes of the encoded block. */
  public int encodedLength() {
    return Math.toIntExact(encodedLength(transactions));
  }

  private static long encodedLength(List<Transaction> transactions) {
    return Block.OVERHEAD + transactions.stream().mapToLong(each -> encodedLength(each)).sum();
  }

  private static int encodedLength(Transaction transaction) {
    return Integer.BYTES + transaction.payload().length();
  }

  public Bytes transactionsRoot() {
    return MerkleTree.root(transactions.stream().map(Transaction::id).toList());
  }
}
