package dev.waggle.chain;

import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.wire.MessageId;

/**
 * Headers that follow each other, each of which proves its work (CHAIN §5). Who has signed their
 * blocks, and whether the first fits the block that they follow, is not known.
 *
 * @param after the block that the first of them names as its parent
 * @param first where the first of them stands
 * @param lastId the id of the last of them, which may be the first
 * @param last where that stands; none of them has a later time
 */
record HeaderStretch(MessageId after, Place first, MessageId lastId, Place last)
    implements Examination {
  /** Two ids, two places and this. */
  private static final int HELD_BYTES = 192;

  @Override
  public long heldBytes() {
    return HELD_BYTES;
  }
}
