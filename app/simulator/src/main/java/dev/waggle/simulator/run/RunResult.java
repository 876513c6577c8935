package dev.waggle.simulator.run;

import dev.waggle.simulator.faults.Fault;
import dev.waggle.simulator.faults.FaultPlan;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a run.
 *
 * @param seed that repeats it
 * @param fidelity {@code messages} or {@code bytes}
 * @param suite whose sizes and costs count
 * @param traceHash the same for the same scenario, seed and suite, everywhere
 * @param virtualNanos that passed in it
 * @param realNanos that it took
 * @param events that happened
 * @param memoryBytes that all nodes, and what was measured, took in the end
 * @param blocks how each spread, in the order of their publication
 * @param transactions likewise
 * @param messages that arrived, by what they are
 * @param sentBytes by all nodes, handshakes and records and all
 * @param usefulBytes of payloads that came to a node for the first time
 * @param rejected messages that applications rejected
 * @param failures of dials and ends of links, by reason
 * @param degrees links of each node in the end
 * @param places where each node is, by number of the place
 * @param links pairs of nodes that were linked in the end
 * @param faults what went wrong on purpose
 * @param healings from each fault, in the same order
 * @param apart how many chains differed from that of most nodes, among those that keep to the
 *     protocol: the most in each of many equal parts of the run
 * @param tips chains that differ, among the nodes that keep to the protocol
 * @param astray of these nodes the numbers of those whose chain is not that of most of them
 * @param agreedNanos since when all chains agree, or null if they do not
 * @param late how those fared that came late
 * @param reach how those fared that are behind routers, and the others; null if nobody is
 */
public record RunResult(
    Scenario scenario,
    long seed,
    String fidelity,
    String suite,
    long traceHash,
    long virtualNanos,
    long realNanos,
    long events,
    long memoryBytes,
    List<SpreadResult> blocks,
    List<SpreadResult> transactions,
    SortedMap<String, Long> messages,
    long sentBytes,
    long usefulBytes,
    long rejected,
    SortedMap<String, Long> failures,
    List<Integer> degrees,
    List<Integer> places,
    List<Link> links,
    FaultPlan faults,
    List<Healing> healings,
    List<Integer> apart,
    int tips,
    List<Integer> astray,
    @Nullable Long agreedNanos,
    List<LateResult> late,
    @Nullable ReachResult reach) {

  /** Two nodes that are linked; the first has dialled. */
  public record Link(int from, int to) {}

  public double eventsPerSecond() {
    return events * 1e9 / Math.max(1, realNanos);
  }

  /** Bytes sent for each byte of use; not a number if none was of use. */
  public double overhead() {
    return usefulBytes == 0 ? Double.NaN : (double) sentBytes / usefulBytes;
  }

  /** Whether a fault ended within the run. */
  public boolean isOver(Fault fault) {
    return fault.until().toNanos() <= virtualNanos;
  }

  /**
   * Whether all chains agree, and every block came to all nodes; unless something went wrong on
   * purpose, since then a block may have lost against another before it came to everybody.
   */
  public boolean isWhole() {
    return tips <= 1
        && late.stream().allMatch(LateResult::isWhole)
        && (!faults.faults().isEmpty()
            || blocks.stream().allMatch(block -> block.reached() == scenario.nodes()));
  }
}
