package dev.waggle.domain.relay;

import dev.waggle.domain.naming.MessageIds;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * A compact block that has arrived, and what was found out about it by looking at nothing else.
 *
 * @param id of the block, by its header
 * @param header what {@link BlockFormat#examineHeader} has said; {@link Examination#NONE} if nobody
 *     has asked it, since the block was thought to be known
 * @param prefilled the ids of the prefilled items, in their order
 */
public record CompactArrival(
    MessageId id, WireMessage.Compact compact, Examination header, List<MessageId> prefilled) {

  /** Names a compact block: a microsecond, and what hashing the prefilled items takes. */
  public static MessageId nameOf(WireMessage.Compact compact, MessageIds ids) {
    return ids.ofHeader(compact.header());
  }

  /** Finds out all that there is, which may take as long as checking a signature. */
  public static CompactArrival examined(
      MessageId id, WireMessage.Compact compact, BlockFormat format, MessageIds ids) {
    List<MessageId> prefilled = new ArrayList<>(compact.prefilled().size());
    for (IndexedItem item : compact.prefilled()) {
      prefilled.add(ids.ofItem(item.payload()));
    }
    Examination header =
        format.examineHeader(id, compact.header(), compact.proof(), compact.items());
    return new CompactArrival(id, compact, header, prefilled);
  }
}
