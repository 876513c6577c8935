package dev.waggle.ports.gossip;

import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * A gossip message on its way to the application.
 *
 * @param parts what a block is made of, if that is known; it travels whole otherwise
 * @param examination what {@link GossipApplication#examine} has said; {@link Examination#NONE} if
 *     nobody has asked it, since the message was thought to be known
 * @param from the peer that sent it to us first, or null if it was published here
 */
public record Delivery(
    MessageId id,
    GossipMessage message,
    @Nullable BlockParts parts,
    Examination examination,
    @Nullable PeerId from) {

  /** A message of one piece. */
  public Delivery(
      MessageId id, GossipMessage message, Examination examination, @Nullable PeerId from) {
    this(id, message, null, examination, from);
  }
}
