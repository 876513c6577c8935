package dev.waggle.domain.peers;

import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.PeerInfo;
import java.util.OptionalLong;

/**
 * A connected peer as an operator sees it.
 *
 * @param kept whether it is one of those that the node has chosen itself, and keeps
 * @param punched whether neither end could have dialled the other alone (PROTOCOL §9.10)
 * @param sinceNanos when the link was established, by the clock that drives the node
 * @param roundTripNanos of the last answered Ping, if there was one
 * @param leastRoundTripNanos of all answered Pings
 * @param lastTransactionNanos when it was last the first to bring a transaction, or evidence, that
 *     was accepted, by the same clock
 * @param lastBlockNanos the same for a block
 * @param group of the peer's address (PROTOCOL §9.4), for people to read
 * @param duplicates messages that the peer has brought although they were here
 * @param score its credit for usefulness, up to 25, less the points for offences that have not
 *     faded yet (PROTOCOL §8.3); at -100 the peer is banned
 */
public record PeerStatus(
    LinkId link,
    PeerInfo info,
    boolean kept,
    boolean punched,
    long sinceNanos,
    OptionalLong roundTripNanos,
    OptionalLong leastRoundTripNanos,
    OptionalLong lastTransactionNanos,
    OptionalLong lastBlockNanos,
    String group,
    long duplicates,
    int score) {}
