package dev.waggle.simulator.fidelity;

import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way, with what need not be found out again.
 *
 * @param id of the gossip message that it carries, or null if it carries none
 * @param headBytes of its length, and of what the codec puts before the payload
 * @param payloadBytes of the payload
 * @param items bytes of each item of a block that it carries, behind the head
 */
record Parcel(
    WireMessage message,
    @Nullable MessageId id,
    int headBytes,
    int payloadBytes,
    List<Integer> items) {
  /** What the codec puts before each item: its index, and its length. */
  static final int ITEM_HEAD_BYTES = Short.BYTES + Long.BYTES;
}
