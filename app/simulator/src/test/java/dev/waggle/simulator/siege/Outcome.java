package dev.waggle.simulator.siege;

/**
 * How far an attacker came.
 *
 * @param running links of the node's own dialling that it has after the siege
 * @param restarted the same, an hour after the node was started again
 * @param triedShare of the addresses that the node has reached
 * @param newShare of the addresses that the node has heard of
 * @param bookSize addresses in the node's book
 * @param ways how hostile links came about: drawn of new, drawn of tried, on trial
 */
record Outcome(
    int running, int restarted, double triedShare, double newShare, int bookSize, String ways) {}
