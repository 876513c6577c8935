package dev.waggle.ports.wire;

import dev.waggle.ports.Bytes;

/**
 * An item of a block, and where in it.
 *
 * @param index from 0 on
 * @param payload of the Transaction that carries it by itself; so no longer than one may be
 */
public record IndexedItem(int index, Bytes payload) {
  public IndexedItem {
    if (index < 0) {
      throw new IllegalArgumentException("no item has the index " + index);
    }
    if (payload.length() > GossipMessage.MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException("no item has " + payload.length() + " bytes");
    }
  }
}
