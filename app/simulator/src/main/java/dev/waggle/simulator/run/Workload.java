package dev.waggle.simulator.run;

import java.time.Duration;

/**
 * What is published in a run.
 *
 * @param blocks how many, each by a node drawn at random
 * @param blockEvery between two of them
 * @param blockBytes of each
 * @param transactions how many, each by a node drawn at random
 * @param transactionBytes of each
 * @param transactionsWithin evenly, from the first block on
 */
public record Workload(
    int blocks,
    Duration blockEvery,
    int blockBytes,
    int transactions,
    int transactionBytes,
    Duration transactionsWithin) {}
