package dev.waggle.ports.operator;

/**
 * What gossip has done since the node started, and what it holds now.
 *
 * @param accepted messages that the application accepted, its own included
 * @param ignored messages that it ignored
 * @param rejected messages that it rejected
 * @param duplicates messages received again
 * @param pushed messages sent without having been asked for
 * @param served messages sent on request
 * @param dropped messages not sent because a queue was full
 * @param requested ids asked for
 * @param announced ids announced
 * @param seen ids in the seen-cache now
 * @param recentBytes of messages kept now to be asked for
 * @param waiting messages that wait for another one now
 * @param wanted ids known now but not yet received
 */
public record GossipCounters(
    long accepted,
    long ignored,
    long rejected,
    long duplicates,
    long pushed,
    long served,
    long dropped,
    long requested,
    long announced,
    int seen,
    long recentBytes,
    int waiting,
    int wanted) {}
