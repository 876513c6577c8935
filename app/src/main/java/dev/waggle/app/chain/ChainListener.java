package dev.waggle.app.chain;

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
   * The chain cannot be kept any more, for example because the disk is full. From now on the node
   * takes no block; its operator must help and start it again. Called at most once.
   */
  default void storeFailed(IOException why) {}
}
