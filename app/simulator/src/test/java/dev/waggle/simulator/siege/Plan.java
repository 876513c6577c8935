package dev.waggle.simulator.siege;

import java.time.Duration;

/**
 * What an attacker has, when it comes, and what the others are like.
 *
 * @param addresses that it has, each answers dials
 * @param groups network groups in which they are, as many in each
 * @param garbage share of what it tells that is invented, to fill tables
 * @param hearsay share of its addresses in what the honest tell
 * @param patient whether the honest know and tell of its addresses from the beginning; it does
 *     nothing else before the siege
 * @param calm how long the node has run before
 * @param siege how long the attack lasts until the links are counted
 * @param uptime how long an honest node runs on the average
 * @param absent share of the honest that stay away for a day on the average when they go; the
 *     others are back after ten minutes
 * @param full share of the honest that have no place for a new link during the siege
 * @param knocksEvery how often the attacker puts an honest node that the victim has chosen out of
 *     the network for an hour; zero is never
 */
record Plan(
    int addresses,
    int groups,
    double garbage,
    double hearsay,
    boolean patient,
    Duration calm,
    Duration siege,
    Duration uptime,
    double absent,
    double full,
    Duration knocksEvery) {

  private static Plan plan(
      int addresses, int groups, double hearsay, Duration calm, Duration siege) {
    return new Plan(
        addresses,
        groups,
        0.5,
        hearsay,
        false,
        calm,
        siege,
        Duration.ofHours(12),
        0.2,
        0,
        Duration.ZERO);
  }

  /** 10,000 addresses of one /16. Of these, books take few: so little is told of them. */
  static Plan narrow(Duration calm, Duration siege) {
    return plan(10_000, 1, 0.1, calm, siege);
  }

  /**
   * 1,000 addresses in 200 groups. The honest tell of these as often as of as many groups of their
   * own, a sixth; three times as often is assumed here.
   */
  static Plan wide(Duration calm, Duration siege) {
    return plan(1_000, 200, 0.5, calm, siege);
  }

  Plan garbage(double share) {
    return new Plan(
        addresses, groups, share, hearsay, patient, calm, siege, uptime, absent, full, knocksEvery);
  }

  Plan hearsay(double share) {
    return new Plan(
        addresses, groups, garbage, share, patient, calm, siege, uptime, absent, full, knocksEvery);
  }

  Plan fromTheBeginning() {
    return new Plan(
        addresses, groups, garbage, hearsay, true, calm, siege, uptime, absent, full, knocksEvery);
  }

  Plan churn(Duration time, double share) {
    return new Plan(
        addresses, groups, garbage, hearsay, patient, calm, siege, time, share, full, knocksEvery);
  }

  Plan full(double share) {
    return new Plan(
        addresses,
        groups,
        garbage,
        hearsay,
        patient,
        calm,
        siege,
        uptime,
        absent,
        share,
        knocksEvery);
  }

  Plan knocksEvery(Duration time) {
    return new Plan(
        addresses, groups, garbage, hearsay, patient, calm, siege, uptime, absent, full, time);
  }
}
