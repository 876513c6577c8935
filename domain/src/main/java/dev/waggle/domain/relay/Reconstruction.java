package dev.waggle.domain.relay;

import dev.waggle.domain.gossip.MessageIds;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All parts of a block, to be put together. That takes as long as hashing and examining the block,
 * so it is done beside the node thread.
 *
 * @param id that the block must have
 * @param from who was the first to send its header
 */
public record Reconstruction(MessageId id, BlockParts parts, PeerId from) {

  /**
   * Puts the block together, names it and examines it.
   *
   * @param ids the calling thread's
   * @return null if it is another block: an item is not the one that the header commits to
   */
  public @Nullable Delivery complete(
      BlockFormat format, MessageIds ids, GossipApplication application) {
    List<Bytes> items = parts.items().stream().map(BlockParts.Item::payload).toList();
    Bytes payload = format.join(parts.header(), parts.proof(), items);
    if (payload.length() > GossipMessage.MAX_PAYLOAD_BYTES) {
      return null;
    }
    GossipMessage block = new GossipMessage.Block(payload);
    if (!ids.of(block).equals(id)) {
      return null;
    }
    return new Delivery(id, block, application.examine(id, block), from);
  }
}
