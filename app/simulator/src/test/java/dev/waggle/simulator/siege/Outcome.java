package dev.waggle.simulator.siege;

/**
 * How far an attacker came.
 *
 * @param running links that the node has chosen and keeps, and that lead to the attacker after the
 *     siege
 * @param restarted the same, an hour after the node was started again
 * @param wandering whether the one that wanders leads there after the siege
 * @param guards the node's guards, by whose order it chooses
 * @param hostileGuards those of them that are the attacker's
 * @param triedShare the attacker's share of the addresses that the node has reached
 * @param newShare the same of those that the node has heard of
 */
record Outcome(
    int running,
    int restarted,
    boolean wandering,
    int guards,
    int hostileGuards,
    double triedShare,
    double newShare) {}
