package dev.waggle.simulator.report;

import dev.waggle.simulator.run.ReachResult;
import dev.waggle.simulator.run.ReachResult.Group;
import dev.waggle.simulator.run.ReachResult.Punches;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * How nodes fared that are behind routers, and the others; for programs.
 *
 * @param routers how many nodes are behind a router of each kind, or behind none
 * @param together nodes that are all connected with each other in the end
 * @param reachable nodes that others can dial
 * @param unreachable all others
 * @param punches by kinds of routers
 * @param punchesTogether of all kinds
 * @param failures of punching, by reason; each of the two counts its own
 */
public record ReachReport(
    SortedMap<String, Integer> routers,
    int together,
    GroupReport reachable,
    GroupReport unreachable,
    List<PunchReport> punches,
    PunchReport punchesTogether,
    SortedMap<String, Long> failures) {

  /**
   * Nodes of one sort.
   *
   * @param together those that are with most others
   * @param dialledMean links that each has dialled, in the end
   * @param inboundMean links of each that others have dialled
   * @param punchedMean links of each that were punched; they count as dialled, or as inbound, too
   * @param right nodes that know whether others can dial them
   * @param wrong nodes that have it wrong
   * @param secondsRightP50 after which half of {@code right} knew for good; null if none did
   */
  public record GroupReport(
      int nodes,
      int together,
      @Nullable Double dialledMean,
      @Nullable Double inboundMean,
      @Nullable Double punchedMean,
      int right,
      int wrong,
      @Nullable Double secondsRightP50,
      @Nullable Double secondsRightLast) {
    private static GroupReport of(Group group) {
      List<Long> nanos = group.rightNanos();
      return new GroupReport(
          group.nodes(),
          group.together(),
          mean(group.outbound()),
          mean(group.inbound()),
          mean(group.punched()),
          group.right(),
          group.wrong(),
          nanos.isEmpty() ? null : ReachText.middle(nanos) / Figures.NANOS_PER_SECOND,
          nanos.isEmpty() ? null : nanos.getLast() / Figures.NANOS_PER_SECOND);
    }

    private static @Nullable Double mean(List<Integer> links) {
      return links.isEmpty()
          ? null
          : (double) links.stream().mapToInt(Integer::intValue).sum() / links.size();
    }
  }

  /**
   * Attempts of two nodes to dial each other at the same moment.
   *
   * @param one kind of a router; null of all together
   * @param linked that led to a link
   * @param failed that came to nothing
   * @param standing links of these that stand in the end
   */
  public record PunchReport(
      @Nullable String one,
      @Nullable String other,
      int begun,
      int linked,
      int failed,
      int standing) {
    private static PunchReport of(Punches pair) {
      return new PunchReport(
          pair.one().isEmpty() ? null : pair.one(),
          pair.other().isEmpty() ? null : pair.other(),
          pair.begun(),
          pair.linked(),
          pair.failed(),
          pair.standing());
    }
  }

  static ReachReport of(ReachResult reach) {
    return new ReachReport(
        reach.routers(),
        reach.together(),
        GroupReport.of(reach.open()),
        GroupReport.of(reach.hidden()),
        reach.punches().stream().map(PunchReport::of).toList(),
        PunchReport.of(reach.punchesTogether()),
        reach.failures());
  }
}
