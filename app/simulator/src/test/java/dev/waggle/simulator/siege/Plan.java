package dev.waggle.simulator.siege;

import java.time.Duration;

/**
 * What an attacker has, and when it comes.
 *
 * @param addresses that it has, each answers dials
 * @param groups network groups in which they are, as many in each
 * @param garbage share of what it tells that is invented, to fill tables
 * @param hearsay share of its addresses in what the honest tell
 * @param calm how long the node has run before
 * @param siege how long the attack lasts until the links are counted
 */
record Plan(
    int addresses, int groups, double garbage, double hearsay, Duration calm, Duration siege) {
  /** The same with another share of invented addresses. */
  Plan garbage(double share) {
    return new Plan(addresses, groups, share, hearsay, calm, siege);
  }

  /** 10,000 addresses of one /16. Of these, books take few: so little is told of them. */
  static Plan narrow(Duration calm, Duration siege) {
    return new Plan(10_000, 1, 0.5, 0.1, calm, siege);
  }

  /** 1,000 addresses in 200 groups: as many as the honest have, so half of what is told. */
  static Plan wide(Duration calm, Duration siege) {
    return new Plan(1_000, 200, 0.5, 0.5, calm, siege);
  }
}
