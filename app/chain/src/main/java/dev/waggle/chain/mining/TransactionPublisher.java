package dev.waggle.chain.mining;

import dev.waggle.chain.Author;
import dev.waggle.chain.Transaction;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.GossipPublisher;
import dev.waggle.ports.wire.MessageId;
import java.util.concurrent.CompletionStage;

/** Puts local notes before the network. Safe from any thread. */
public final class TransactionPublisher {
  private final GossipPublisher publisher;
  private final Author author;

  /**
   * A publisher of transactions.
   *
   * @param author signs them, and salts them, so that the same memo may be published again; safe
   *     from any thread
   */
  public TransactionPublisher(GossipPublisher publisher, Author author) {
    this.publisher = publisher;
    this.author = author;
  }

  /**
   * Publishes {@code memo} in a new transaction. Takes as long as signing; never blocks.
   *
   * @return the transaction's id once the own node has accepted it, or {@link NotAccepted}
   * @throws IllegalArgumentException if the memo has more than {@link Transaction#MAX_MEMO_BYTES}
   */
  public CompletionStage<MessageId> publish(Bytes memo) {
    Transaction transaction = author.write(memo);
    return Publication.publish(publisher, transaction.id(), transaction.toMessage());
  }
}
