package dev.waggle.chain;

import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * A block that has just become part of what a node keeps.
 *
 * @param timeMillis when its miner says that it was made, in milliseconds since the epoch
 * @param from the peer that sent it, or null if it was made here
 * @param becameTip whether its branch has the most work now; otherwise it lies on a side branch
 * @param abandonedBlocks how many blocks left the main chain for it; above 0 this is a
 *     reorganisation
 * @param transactions how many it has
 * @param bytes of all of it
 */
public record AcceptedBlock(
    MessageId id,
    long height,
    long timeMillis,
    PeerId miner,
    @Nullable PeerId from,
    boolean becameTip,
    int abandonedBlocks,
    int transactions,
    int bytes) {}
