package dev.waggle.simulator.fidelity;

import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way, with what need not be found out again.
 *
 * @param id of the gossip message that it carries, or null if it carries none
 * @param headBytes of its length, and of what the codec puts before the payload
 * @param payloadBytes of the payload
 */
record Parcel(WireMessage message, @Nullable MessageId id, int headBytes, int payloadBytes) {}
