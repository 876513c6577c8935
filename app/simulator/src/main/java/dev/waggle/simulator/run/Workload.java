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
 * @param waiting the share of a block's new transactions that wait at nodes already when it is
 *     published, as if they had come by themselves before; 0 to 1
 * @param waitingApart whether each node lacks others, drawn at random; or else all but the miner
 *     lack the same
 */
public record Workload(
    int blocks,
    Duration blockEvery,
    int blockBytes,
    int blockTransactions,
    int transactions,
    int transactionBytes,
    Duration transactionsWithin,
    double waiting,
    boolean waitingApart) {

  /** Checks. */
  public Workload {
    if (!(waiting >= 0 && waiting <= 1)) {
      throw new IllegalArgumentException("no share: " + waiting);
    }
  }

  /** One of whose blocks' new transactions only the miner knows. */
  public Workload(
      int blocks,
      Duration blockEvery,
      int blockBytes,
      int blockTransactions,
      int transactions,
      int transactionBytes,
      Duration transactionsWithin) {
    this(
        blocks,
        blockEvery,
        blockBytes,
        blockTransactions,
        transactions,
        transactionBytes,
        transactionsWithin,
        0,
        false);
  }

  /** The same, but for how often, and with transactions as long as there are blocks. */
  public Workload withBlockEvery(Duration every) {
    return new Workload(
        blocks,
        every,
        blockBytes,
        blockTransactions,
        transactions,
        transactionBytes,
        every.multipliedBy(Math.max(1, blocks)),
        waiting,
        waitingApart);
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
        transactionsWithin,
        waiting,
        waitingApart);
  }

  /** The same, but for what waits. */
  public Workload withWaiting(double share, boolean apart) {
    return new Workload(
        blocks,
        blockEvery,
        blockBytes,
        blockTransactions,
        transactions,
        transactionBytes,
        transactionsWithin,
        share,
        apart);
  }
}
