package dev.waggle.domain.relay;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All parts of a block, to be put together. That takes as long as copying and examining the block,
 * so it is done beside the node thread.
 *
 * @param id of the block, whose header commits to these parts
 * @param from who was the first to send its header
 */
public record Reconstruction(MessageId id, BlockParts parts, PeerId from) {

  /**
   * Puts the block together and examines it.
   *
   * @return null if it is longer than a message may be
   */
  public @Nullable Delivery complete(BlockFormat format, GossipApplication application) {
    List<Bytes> items = new ArrayList<>(parts.items().size());
    long bytes = 0;
    for (BlockParts.Item item : parts.items()) {
      items.add(item.payload());
      bytes += item.payload().length();
    }
    if (bytes > GossipMessage.MAX_PAYLOAD_BYTES) {
      return null; // Before as much memory is taken for it.
    }
    Bytes payload = format.join(parts.header(), parts.proof(), items);
    if (payload.length() > GossipMessage.MAX_PAYLOAD_BYTES) {
      return null;
    }
    GossipMessage block = new GossipMessage.Block(payload);
    return new Delivery(id, block, parts, application.examine(id, block), from);
  }
}
