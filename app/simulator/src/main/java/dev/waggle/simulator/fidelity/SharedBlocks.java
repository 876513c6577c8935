package dev.waggle.simulator.fidelity;

import dev.waggle.domain.naming.MessageIds;
import dev.waggle.domain.relay.Reconstruction;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a run that nodes put together: whoever has the parts of one that is there already
 * is given that one. A thousand nodes would hold a thousand copies otherwise.
 */
final class SharedBlocks {
  /** More than are under way at a time; the oldest are forgotten, and put together anew. */
  private static final int MAX_REMEMBERED = 64;

  private record Shared(GossipMessage block, Examination examination) {}

  private final MessageIds ofParts;
  private final Map<MessageId, Shared> blocks = new LinkedHashMap<>();

  SharedBlocks(HashFunction sha256) {
    this.ofParts = new MessageIds(sha256);
  }

  /** See {@link Fidelity#idOfHeader}. */
  MessageId idOfHeader(Bytes header) {
    return ofParts.ofHeader(header);
  }

  /** See {@link Fidelity#idOfItem}. */
  MessageId idOfItem(Bytes payload) {
    return ofParts.ofItem(payload);
  }

  /** A message was examined; if it is a block, it is the one from now on. */
  void add(MessageId id, GossipMessage message, Examination examination) {
    if (message instanceof GossipMessage.Block
        && blocks.putIfAbsent(id, new Shared(message, examination)) == null
        && blocks.size() > MAX_REMEMBERED) {
      blocks.remove(blocks.keySet().iterator().next());
    }
  }

  /** See {@link Fidelity#complete}. */
  @Nullable Delivery complete(
      GossipApplication application, Fidelity fidelity, Reconstruction wanted) {
    Shared found = blocks.get(wanted.id());
    if (found != null && itemsOf(wanted).equals(fidelity.itemsOf(application, found.block))) {
      return new Delivery(
          wanted.id(), found.block, wanted.parts(), found.examination, wanted.from());
    }
    BlockFormat format = application.blockFormat();
    if (format == null) {
      return null;
    }
    Delivery made = wanted.complete(format, application);
    if (made != null) {
      add(made.id(), made.message(), made.examination());
    }
    return made;
  }

  private static List<MessageId> itemsOf(Reconstruction wanted) {
    return wanted.parts().items().stream().map(BlockParts.Item::id).toList();
  }
}
