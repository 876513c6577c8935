package dev.waggle.chain.mining;

import dev.waggle.chain.Transaction;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.gossip.GossipPublisher;
import dev.waggle.ports.wire.MessageId;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** Puts local notes before the network. Safe from any thread. */
public final class TransactionPublisher {
  private final GossipPublisher publisher;
  private final RandomSource random;

  /**
   * A publisher of transactions.
   *
   * @param random salts them, so that the same memo may be published again; safe from any thread
   */
  public TransactionPublisher(GossipPublisher publisher, RandomSource random) {
    this.publisher = publisher;
    this.random = random;
  }

  /**
   * Publishes {@code memo} in a new transaction. Never blocks.
   *
   * @return the transaction's id once the own node has accepted it, or {@link NotAccepted}
   * @throws IllegalArgumentException if the memo has more than {@link Transaction#MAX_MEMO_BYTES}
   */
  public CompletionStage<MessageId> publish(Bytes memo) {
    long salt = ByteBuffer.wrap(random.bytes(Long.BYTES)).getLong();
    Transaction transaction = Transaction.of(salt, memo);
    return Publication.publish(publisher, transaction.id(), transaction.toMessage());
  }
}
