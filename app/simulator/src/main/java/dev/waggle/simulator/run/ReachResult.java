package dev.waggle.simulator.run;

import java.util.List;
import java.util.SortedMap;

/**
 * How nodes fared some of which are behind routers.
 *
 * @param routers how many nodes are behind a router of each kind; those behind none are {@value
 *     Reaches#NO_ROUTER}
 * @param together nodes that are all connected with each other in the end, over whatever links
 * @param open those that others can dial: behind no router, or one that lets in everybody
 * @param hidden all others
 * @param punches between two nodes that were to dial each other, by kinds of routers
 * @param failures of punching, by reason; each of the two counts its own
 */
public record ReachResult(
    SortedMap<String, Integer> routers,
    int together,
    Group open,
    Group hidden,
    List<Punches> punches,
    SortedMap<String, Long> failures) {

  /**
   * Nodes of one sort.
   *
   * @param nodes how many
   * @param together those of them that are with most others
   * @param outbound links of each that it has dialled, in the end, ascending
   * @param inbound links of each that others have dialled, in the end, ascending
   * @param punched links of each that were punched, in the end, ascending
   * @param right nodes that know rightly whether others can dial them
   * @param wrong nodes that have it wrong; the others do not know
   * @param rightNanos how long after its start each of {@code right} knew for good, ascending
   */
  public record Group(
      int nodes,
      int together,
      List<Integer> outbound,
      List<Integer> inbound,
      List<Integer> punched,
      int right,
      int wrong,
      List<Long> rightNanos) {}

  /**
   * Attempts of two nodes to dial each other at the same moment, with all their tries.
   *
   * @param one kind of a router
   * @param other kind of the other's
   * @param begun how many
   * @param linked that led to a link
   * @param underWay that are not over
   * @param standing links of these that stand in the end
   */
  public record Punches(
      String one, String other, int begun, int linked, int underWay, int standing) {
    /** Those that came to nothing. */
    public int failed() {
      return begun - linked - underWay;
    }
  }

  /** Of all kinds. */
  public Punches punchesTogether() {
    int begun = 0;
    int linked = 0;
    int underWay = 0;
    int standing = 0;
    for (Punches pair : punches) {
      begun += pair.begun;
      linked += pair.linked;
      underWay += pair.underWay;
      standing += pair.standing;
    }
    return new Punches("", "", begun, linked, underWay, standing);
  }
}
