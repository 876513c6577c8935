package dev.waggle.ports.gossip;

import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The application above gossip. All methods are called by the node's one thread and must not block.
 */
public interface GossipApplication {
  /** Judges a message that this node has not seen lately; changes nothing. */
  Verdict validate(Delivery candidate);

  /**
   * Hands over an accepted message, right after {@link #validate} accepted it.
   *
   * @throws DeliveryFailed if the environment keeps the application from keeping it, which has
   *     changed nothing then: the message is not forwarded, and may come again from anybody
   */
  void deliver(Delivery accepted) throws DeliveryFailed;

  /**
   * What to announce to a peer that has just connected, so that a node that comes late learns what
   * it missed: for a chain, its tip. At most {@link dev.waggle.ports.wire.WireMessage#MAX_IDS}.
   */
  default List<MessageId> inventory() {
    return List.of();
  }

  /** An accepted message that has left the router's cache, for peers who ask, or null. */
  default @Nullable GossipMessage find(MessageId id) {
    return null;
  }
}
