package dev.waggle.simulator.report;

import dev.waggle.simulator.run.Quantiles;
import dev.waggle.simulator.run.SpreadResult;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How many messages spread, taken together.
 *
 * @param messages how many they are
 * @param bytes of all their payloads
 * @param whole how many of them came to every node
 * @param leastReached nodes that the one had which reached the fewest
 * @param p50 when half of the nodes had each
 * @param last when all nodes had each
 * @param meanHops over all nodes that had one from another; not a number if none had
 * @param duplicates copies beyond the first, for each such node; not a number likewise
 * @param relay of blocks: what it took to bring them to everybody; null if there are none
 */
record Summary(
    int messages,
    long bytes,
    int whole,
    int leastReached,
    Across p50,
    Across p90,
    Across p99,
    Across last,
    double meanHops,
    int mostHops,
    double duplicates,
    @Nullable RelaySummary relay) {

  /**
   * A time in milliseconds over several messages: that of the one in the middle, of the slowest in
   * a hundred, and of the slowest. Not a number where that message never got so far.
   */
  record Across(double median, double p99, double worst) {
    static Across of(List<SpreadResult> messages, int percent) {
      // Not a number sorts behind all others: what never came is the slowest.
      double[] sorted =
          messages.stream().mapToDouble(one -> one.coverage().at(percent)).sorted().toArray();
      return of(sorted);
    }

    static Across of(double[] sorted) {
      return new Across(rank(sorted, 50), rank(sorted, 99), rank(sorted, 100));
    }
  }

  static Summary of(List<SpreadResult> messages, int nodes) {
    return new Summary(
        messages.size(),
        messages.stream().mapToLong(SpreadResult::bytes).sum(),
        (int) messages.stream().filter(one -> one.reached() == nodes).count(),
        messages.stream().mapToInt(SpreadResult::reached).min().orElse(0),
        Across.of(messages, 50),
        Across.of(messages, 90),
        Across.of(messages, 99),
        Across.of(messages, Quantiles.PARTS),
        perReceiver(messages, SpreadResult::meanHops),
        messages.stream().mapToInt(SpreadResult::mostHops).max().orElse(0),
        perReceiver(messages, SpreadResult::duplicates),
        RelaySummary.of(messages));
  }

  /** The nearest rank of sorted values; not a number if there are none. */
  static double rank(double[] sorted, int percent) {
    int needed = Math.max(1, Math.ceilDiv(sorted.length * percent, 100));
    return sorted.length == 0 ? Double.NaN : sorted[needed - 1];
  }

  /** The mean over all who had a message from another node, rather than over messages. */
  private static double perReceiver(
      List<SpreadResult> messages, ToDoubleFunction<SpreadResult> mean) {
    double sum = 0;
    long receivers = 0;
    for (SpreadResult one : messages) {
      sum += mean.applyAsDouble(one) * (one.reached() - 1);
      receivers += one.reached() - 1;
    }
    return receivers == 0 ? Double.NaN : sum / receivers;
  }
}
