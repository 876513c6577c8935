package dev.waggle.ports.operator;

import java.time.Duration;

/**
 * How busy a node is.
 *
 * @param busy how long the node's one thread has worked since the start: never decreases
 * @param waitingSources links, and the node's own publishers, whose messages wait for that thread
 * @param waitingPublished messages published here that wait for it
 * @param incomingBytes taken of the memory that links share for what has arrived
 * @param incomingLimitBytes there are of it
 * @param outgoingBytes taken of the memory that links share for what is to be sent
 * @param outgoingLimitBytes there are of it
 */
public record LoadStatus(
    Duration busy,
    int waitingSources,
    long waitingPublished,
    long incomingBytes,
    long incomingLimitBytes,
    long outgoingBytes,
    long outgoingLimitBytes) {}
