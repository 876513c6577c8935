package dev.waggle.chain;

import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Hears what becomes of a chain: for events, tables and miners. Called by the node's one thread
 * once {@link ChainReader#view} shows the change; must neither block nor throw.
 */
public interface ChainListener {
  default void blockAccepted(AcceptedBlock block) {}

  /**
   * A block broke a rule.
   *
   * @param from the peer that sent it, or null if it was made here
   */
  default void blockRejected(MessageId id, String why, @Nullable PeerId from) {}

  /**
   * A transaction waits for a block now.
   *
   * @param from the peer that sent it, or null if it was made here
   */
  default void transactionAccepted(MessageId id, @Nullable PeerId from) {}

  /**
   * Blocks cannot be kept at the moment, for example because the disk is full. Until {@link
   * #storeRecovered} the node takes none; it tries again with each one that comes.
   */
  default void storeFailed(IOException why) {}

  /** A block could be kept again. */
  default void storeRecovered() {}
}
