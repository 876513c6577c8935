package dev.waggle.simulator.run;

import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * How a message spread.
 *
 * @param publishedNanos virtual time
 * @param bytes of its payload
 * @param reached nodes that had it in the end, its publisher among them
 * @param coverage when which part of the nodes had it
 * @param meanHops from the publisher, over all others that had it
 * @param mostHops of any
 * @param duplicates copies beyond the first that came to a node, on average; of a block also those
 *     without its items
 * @param relay of a block: what it took to bring it to everybody; null of anything else
 */
public record SpreadResult(
    MessageId id,
    GossipMessage.Kind kind,
    int publisher,
    long publishedNanos,
    int bytes,
    int reached,
    Quantiles coverage,
    double meanHops,
    int mostHops,
    double duplicates,
    @Nullable RelayResult relay) {}
