package dev.waggle.ports.operator;

/**
 * What catching up has done since the node started.
 *
 * @param headers taken, of blocks that were not here
 * @param accepted blocks that were got so, and accepted
 * @param heldUp blocks that were asked of another peer, since the first one did not send them
 * @param givenUp chains that came to nothing
 * @param headersSent to peers that asked
 * @param chains that are followed now
 * @param heldBytes of blocks that wait for the ones that they follow
 */
public record SyncCounters(
    long headers,
    long accepted,
    long heldUp,
    long givenUp,
    long headersSent,
    int chains,
    long heldBytes) {}
