package dev.waggle.ports.gossip;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A block taken apart, see {@link BlockFormat}. Immutable.
 *
 * @param header commits to every byte of the block: no two blocks have the same; 1 to {@link
 *     WireMessage#MAX_HEADER_BYTES}
 * @param proof what shows, with the header alone, that the block was worth making; at most {@link
 *     WireMessage#MAX_PROOF_BYTES}
 * @param items in the block's order, at most {@link WireMessage#MAX_ITEMS}
 */
public record BlockParts(Bytes header, Bytes proof, List<Item> items) {
  public BlockParts {
    items = Collections.unmodifiableList(new ArrayList<>(items));
  }

  /**
   * A part of a block that peers may have already.
   *
   * @param id of the Transaction that carries it by itself
   * @param payload of that
   */
  public record Item(MessageId id, Bytes payload) {}
}
