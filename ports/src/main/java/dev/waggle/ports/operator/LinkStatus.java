package dev.waggle.ports.operator;

import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.PeerInfo;
import java.time.Duration;
import java.util.Optional;

/**
 * A link in use, and the peer at its other end.
 *
 * @param kept whether it is one of those that the node has chosen itself, and keeps
 * @param punched whether neither end could have dialled the other alone (PROTOCOL §9.10)
 * @param age since the handshake
 * @param ping the last round trip, if a Ping was answered
 * @param leastPing the shortest of all
 * @param sinceTransaction how long ago the peer was the first to bring a transaction, or evidence,
 *     that was accepted
 * @param sinceBlock the same for a block
 * @param score its credit for usefulness, up to 25, less the points for offences that have not
 *     faded yet (PROTOCOL §8.3); at -100 the peer is banned
 * @param group the network group of its address (PROTOCOL §9.4)
 * @param duplicates messages that the peer has brought although they were here
 * @param queuedBytes that wait to be sent
 * @param sealingKeys how many keys have sealed what was sent, the present one included (PROTOCOL
 *     §6.3)
 * @param openingKeys the same for what was received
 */
public record LinkStatus(
    LinkId link,
    PeerInfo peer,
    boolean kept,
    boolean punched,
    Duration age,
    Optional<Duration> ping,
    Optional<Duration> leastPing,
    Optional<Duration> sinceTransaction,
    Optional<Duration> sinceBlock,
    int score,
    String group,
    long duplicates,
    long queuedBytes,
    long sealingKeys,
    long openingKeys,
    Traffic traffic) {}
