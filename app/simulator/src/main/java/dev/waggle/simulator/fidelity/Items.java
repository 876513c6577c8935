package dev.waggle.simulator.fidelity;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.List;

/** Looks into blocks. */
final class Items {
  /** The ids of a block's items; none if it is no block, or cannot be taken apart. */
  static List<MessageId> of(GossipApplication application, GossipMessage message) {
    BlockFormat format = application.blockFormat();
    if (format == null || !(message instanceof GossipMessage.Block(Bytes payload))) {
      return List.of();
    }
    BlockParts parts = format.split(payload);
    return parts == null ? List.of() : parts.items().stream().map(BlockParts.Item::id).toList();
  }

  private Items() {}
}
