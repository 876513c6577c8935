package dev.waggle.ports.operator;

import java.time.Duration;
import java.util.List;

/**
 * A node at one moment.
 *
 * @param uptime since it was started
 * @param links in use, the oldest first
 * @param traffic of all links since the start, those that have ended included: never decreases
 * @param bans of all kinds
 * @param reach whether others can dial it
 */
public record NodeStatus(
    Duration uptime,
    List<LinkStatus> links,
    Traffic traffic,
    GossipCounters gossip,
    RelayCounters relay,
    SyncCounters sync,
    Excess excess,
    BookStatus book,
    int bans,
    LoadStatus load,
    ReachStatus reach) {}
