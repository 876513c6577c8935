package dev.waggle.ports.gossip;

import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The application above gossip.
 *
 * <p>A message is examined before it is judged: what can be said of it without knowing anything
 * else is found out beside the node's one thread, which keeps the order of decisions. All other
 * methods are called by that thread, and must not block.
 */
public interface GossipApplication {
  /**
   * Finds out what a message tells by itself: decodes it, checks its proofs and signatures. Called
   * by any thread, by several at once, and at most once for a message that several peers send at
   * the same time. What it returns goes along to {@link #validate} and {@link #deliver}.
   */
  default Examination examine(MessageId id, GossipMessage message) {
    return Examination.NONE;
  }

  /**
   * Whether {@link #examine} takes longer than some 50 microseconds. Then it is called by a thread
   * that is there for that, and what the same peer has sent behind the message waits; otherwise by
   * an I/O thread, or by the one that publishes the message. Called by any thread.
   */
  default boolean takesLong(GossipMessage message) {
    return false;
  }

  /**
   * Whether a message that takes long need not be examined, because {@link #validate} ignores it
   * whatever it says.
   */
  default boolean isKnown(MessageId id) {
    return false;
  }

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

  /** What blocks are made of, always the same; null if they are of one piece. By any thread. */
  default @Nullable BlockFormat blockFormat() {
    return null;
  }

  /**
   * How blocks follow each other, always the same; null if that is not known without judging them.
   * Of use only beside a {@link #blockFormat}. By any thread.
   */
  default @Nullable HeaderChain headerChain() {
    return null;
  }
}
