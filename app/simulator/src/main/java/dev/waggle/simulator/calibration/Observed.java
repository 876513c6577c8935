package dev.waggle.simulator.calibration;

import dev.waggle.simulator.run.Quantiles;
import dev.waggle.simulator.run.RunResult;
import dev.waggle.simulator.run.SpreadResult;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a network has done, real or simulated, as far as the two are compared.
 *
 * @param nodes how many there are
 * @param blocks when which part of the nodes had each, in the order of their publication
 * @param blockCopies blocks that came to nodes, those that they had already among them
 * @param sentBytes by all nodes, handshakes and records and all
 * @param links who was linked in the end
 */
public record Observed(
    int nodes, List<Quantiles> blocks, long blockCopies, long sentBytes, SortedSet<Pair> links) {

  /** Copies. */
  public Observed {
    blocks = List.copyOf(blocks);
    links = Collections.unmodifiableSortedSet(new TreeSet<>(links));
  }

  /** What a simulated network has done. */
  public static Observed of(RunResult result) {
    return new Observed(
        result.scenario().nodes(),
        result.blocks().stream().map(SpreadResult::coverage).toList(),
        result.blocks().stream().mapToLong(Observed::copies).sum(),
        result.sentBytes(),
        result.links().stream()
            .map(link -> Pair.of(link.from(), link.to()))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static long copies(SpreadResult block) {
    return Math.round((1 + block.duplicates()) * (block.reached() - 1));
  }

  /** Blocks that came to all nodes. */
  public long whole() {
    return blocks.stream().filter(block -> !Double.isNaN(block.last())).count();
  }

  /** Of all blocks the median of the milliseconds until {@code percent} of the nodes had them. */
  double millis(int percent) {
    double[] sorted = blocks.stream().mapToDouble(block -> block.at(percent)).sorted().toArray();
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** Copies of a block beyond the first that came to a node; only if all came to all. */
  double duplicates() {
    long firsts = (nodes - 1L) * blocks.size();
    return whole() < blocks.size() || firsts == 0
        ? Double.NaN
        : (double) (blockCopies - firsts) / firsts;
  }
}
