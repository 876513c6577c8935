package dev.waggle.simulator.run;

import java.time.Duration;

/**
 * What is published in a run.
 *
 * @param blocks how many, each by a node drawn at random
 * @param blockEvery between two of them
 * @param blockBytes of each
 * @param blockTransactions in each, at least: some have been waiting, and others nobody knows yet
 * @param transactions how many, each by a node drawn at random
 * @param transactionBytes of each
 * @param transactionsWithin evenly, from the first block on
 */
public record Workload(
    int blocks,
    Duration blockEvery,
    int blockBytes,
    int blockTransactions,
    int transactions,
    int transactionBytes,
    Duration transactionsWithin) {

  /** The same, but for how often, and with transactions as long as there are blocks. */
  public Workload withBlockEvery(Duration every) {
    return new Workload(
        blocks,
        every,
        blockBytes,
        blockTransactions,
        transactions,
        transactionBytes,
        every.multipliedBy(Math.max(1, blocks)));
  }

  /** The same, but for how many. */
  public Workload withCounts(int fewerBlocks, int fewerTransactions) {
    return new Workload(
        fewerBlocks,
        blockEvery,
        blockBytes,
        blockTransactions,
        fewerTransactions,
        transactionBytes,
        transactionsWithin);
  }
}
