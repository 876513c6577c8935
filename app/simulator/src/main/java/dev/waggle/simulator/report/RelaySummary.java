package dev.waggle.simulator.report;

import dev.waggle.simulator.report.Summary.Across;
import dev.waggle.simulator.run.RelayResult;
import dev.waggle.simulator.run.RelayResult.Traffic;
import dev.waggle.simulator.run.SpreadResult;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What it took to bring blocks to everybody, taken together.
 *
 * @param blocks how many
 * @param overheadByBlock bytes for each byte of use
 * @param nodeP50 what came to half of the nodes at most for each byte of use, block by block
 * @param unasked nodes, over all blocks; see {@link RelayResult}
 */
record RelaySummary(
    int blocks,
    long bytes,
    long usefulBytes,
    Across overheadByBlock,
    Across nodeP50,
    Across nodeP99,
    long unasked,
    long onRequest,
    long withItems,
    long whole,
    SortedMap<String, Traffic> messages) {

  /** Of those messages that are blocks; null if there are none. */
  static @Nullable RelaySummary of(List<SpreadResult> messages) {
    List<RelayResult> all =
        messages.stream().map(SpreadResult::relay).filter(Objects::nonNull).toList();
    if (all.isEmpty()) {
      return null;
    }
    SortedMap<String, Traffic> kinds = new TreeMap<>();
    all.forEach(
        one -> one.messages().forEach((kind, some) -> kinds.merge(kind, some, Traffic::plus)));
    return new RelaySummary(
        all.size(),
        sum(all, RelayResult::bytes),
        sum(all, RelayResult::usefulBytes),
        across(all, RelayResult::overhead),
        across(all, RelayResult::nodeP50),
        across(all, RelayResult::nodeP99),
        sum(all, RelayResult::unasked),
        sum(all, RelayResult::onRequest),
        sum(all, RelayResult::withItems),
        sum(all, RelayResult::whole),
        kinds);
  }

  private static long sum(List<RelayResult> all, ToLongFunction<RelayResult> figure) {
    return all.stream().mapToLong(figure).sum();
  }

  private static Across across(List<RelayResult> all, ToDoubleFunction<RelayResult> figure) {
    return Across.of(all.stream().mapToDouble(figure).sorted().toArray());
  }

  /** Bytes for each byte of use; not a number if none was of use. */
  double overhead() {
    return usefulBytes == 0 ? Double.NaN : (double) bytes / usefulBytes;
  }

  /** Nodes that had one from others. */
  long receivers() {
    return unasked + onRequest + withItems + whole;
  }
}
