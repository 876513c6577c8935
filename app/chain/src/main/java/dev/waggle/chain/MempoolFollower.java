package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps the mempool in step with the main chain: transactions of new blocks leave it, those of
 * abandoned ones return to it (CHAIN §7).
 */
final class MempoolFollower {
  /** So much of what a reorganisation abandons is read back: what the mempool takes. */
  static final long MAX_RETURNED_BYTES = Mempool.MAX_TOTAL_BYTES;

  private final Mempool mempool;
  private final BlockTree tree;
  private final BlockReader reader;

  MempoolFollower(Mempool mempool, BlockTree tree, BlockReader reader) {
    this.mempool = mempool;
    this.tree = tree;
    this.reader = reader;
  }

  /**
   * The main chain has changed.
   *
   * @param tip its new end
   * @throws IOException if the index cannot be read; the mempool may hold what is in the chain then
   */
  void follow(Block tip, BlockTree.Change change) throws IOException {
    Set<MessageId> obsolete = new HashSet<>();
    tip.transactions().forEach(transaction -> obsolete.add(transaction.id()));
    mempool.removeIf(obsolete::contains);
    if (change.abandonedBlocks() > 0) {
      removeWhatIsInMainChain();
      returnFrom(change.abandoned());
    }
  }

  private void removeWhatIsInMainChain() throws IOException {
    Set<MessageId> obsolete = new HashSet<>();
    for (Transaction waiting : mempool.snapshot()) {
      if (tree.isInMainChain(waiting.id())) {
        obsolete.add(waiting.id());
      }
    }
    mempool.removeIf(obsolete::contains);
  }

  private void returnFrom(List<IndexedBlock> abandoned) throws IOException {
    long left = MAX_RETURNED_BYTES;
    for (IndexedBlock block : abandoned) {
      Bytes payload = block.transactions() == 0 || left <= 0 ? null : reader.read(block);
      if (payload != null) {
        left -= payload.length();
        for (Transaction transaction : decoded(block, payload).transactions()) {
          if (!tree.isInMainChain(transaction.id())) {
            mempool.add(copyOf(transaction));
          }
        }
      }
    }
  }

  /** Or each would keep the block in memory in which it lies. */
  private static Transaction copyOf(Transaction transaction) {
    try {
      Bytes payload = Bytes.wrap(transaction.payload().toArray());
      return Transaction.decode(transaction.id(), payload);
    } catch (MalformedMessage e) {
      throw new IllegalStateException(transaction.id() + " was decoded before", e);
    }
  }

  private static Block decoded(IndexedBlock block, Bytes payload) {
    try {
      return Block.decode(payload);
    } catch (MalformedMessage e) {
      throw new IllegalStateException("block " + block.id() + " was decoded before", e);
    }
  }
}
