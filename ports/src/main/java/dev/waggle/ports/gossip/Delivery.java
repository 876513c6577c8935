package dev.waggle.ports.gossip;

import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * A gossip message on its way to the application.
 *
 * @param from the peer that sent it to us first, or null if it was published here
 */
public record Delivery(MessageId id, GossipMessage message, @Nullable PeerId from) {}
