package dev.waggle.domain.relay;

import dev.waggle.domain.naming.MessageIds;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;

/**
 * An outline of a block that has arrived, and what was found out about it by looking at nothing
 * else.
 *
 * @param id of the block, by its header
 * @param header what {@link BlockFormat#examineHeader} has said
 */
public record OutlineArrival(MessageId id, WireMessage.Outline outline, Examination header) {
  /** Finds out all that there is, which may take as long as checking a signature. */
  public static OutlineArrival examined(
      WireMessage.Outline outline, BlockFormat format, MessageIds ids) {
    MessageId id = ids.ofHeader(outline.header());
    int items = outline.ids().size();
    return new OutlineArrival(
        id, outline, format.examineHeader(id, outline.header(), outline.proof(), items));
  }
}
