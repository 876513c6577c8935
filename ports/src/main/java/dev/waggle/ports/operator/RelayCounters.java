package dev.waggle.ports.operator;

/**
 * What compact relay has done since the node started.
 *
 * @param pushed blocks sent unasked without their items
 * @param completeAtOnce blocks of which every item was here, or came along
 * @param completeAfterAsking blocks for which items were asked for
 * @param fellBack blocks that could not be put together, and were asked for whole
 * @param itemsSent items sent to peers that asked for them
 * @param open blocks that are being put together now
 * @param openBytes of items that were fetched for these
 */
public record RelayCounters(
    long pushed,
    long completeAtOnce,
    long completeAfterAsking,
    long fellBack,
    long itemsSent,
    int open,
    long openBytes) {}
