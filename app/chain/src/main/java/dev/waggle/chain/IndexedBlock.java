package dev.waggle.chain;

import dev.waggle.ports.wire.MessageId;
import java.nio.ByteBuffer;

/**
 * What the index knows of a block: its place in the tree, and where its body is. Blocks are
 * numbered in the order in which they were accepted; the genesis has number 0.
 *
 * @param parent the number of the block before it; the genesis is its own
 * @param jump the number of an ancestor further back, by which {@link BlockTree} climbs
 * @param position in the block store; the genesis is {@link #NOT_STORED}
 */
record IndexedBlock(
    long number,
    MessageId id,
    long parent,
    long jump,
    long height,
    long timeMillis,
    long position,
    int transactions) {

  static final long NOT_STORED = -1;

  static final int BYTES = MessageId.LENGTH + 5 * Long.BYTES + Integer.BYTES;

  static IndexedBlock read(long number, ByteBuffer in) {
    MessageId id = new MessageId(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    return new IndexedBlock(
        number,
        id,
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getInt());
  }

  ByteBuffer encode() {
    return ByteBuffer.allocate(BYTES)
        .put(id.toArray())
        .putLong(parent)
        .putLong(jump)
        .putLong(height)
        .putLong(timeMillis)
        .putLong(position)
        .putInt(transactions)
        .flip();
  }
}
