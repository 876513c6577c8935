package dev.waggle.simulator.report;

import dev.waggle.simulator.run.ReachResult;
import dev.waggle.simulator.run.ReachResult.Group;
import dev.waggle.simulator.run.ReachResult.Punches;
import java.util.List;
import java.util.stream.Collectors;

/** How nodes fared that are behind routers, in words. */
final class ReachText {
  private final ReachResult reach;

  ReachText(ReachResult reach) {
    this.reach = reach;
  }

  int nodes() {
    return reach.open().nodes() + reach.hidden().nodes();
  }

  /** Which routers there are before how many nodes. */
  String routers() {
    return reach.routers().entrySet().stream()
        .map(kind -> Figures.number(kind.getValue()) + " " + kind.getKey())
        .collect(Collectors.joining(", "));
  }

  String together() {
    return reach.together() == nodes()
        ? "all nodes, over whatever links"
        : "%s of %s nodes, %s of %s that nobody can dial among them"
            .formatted(
                Figures.number(reach.together()),
                Figures.number(nodes()),
                Figures.number(reach.hidden().together()),
                Figures.number(reach.hidden().nodes()));
  }

  /** Links of nodes of one sort; empty if there are none. */
  static String links(Group group) {
    return group.nodes() == 0
        ? ""
        : "dialled %s; others dialled %s; punched %s"
            .formatted(
                Degrees.text(group.outbound()),
                Degrees.text(group.inbound()),
                Degrees.text(group.punched()));
  }

  /** How many of one sort know whether others can dial them, and how long that took. */
  static String knowledge(Group group) {
    List<Long> nanos = group.rightNanos();
    String wrong =
        group.wrong() == 0 ? "" : ", %s have it wrong".formatted(Figures.number(group.wrong()));
    String when =
        nanos.isEmpty()
            ? ""
            : ", half of them after %s, all after %s"
                .formatted(Figures.nanos(middle(nanos)), Figures.nanos(nanos.getLast()));
    return "%s of %s know it%s%s"
        .formatted(Figures.number(group.right()), Figures.number(group.nodes()), when, wrong);
  }

  /** The one in the middle, of one at least. */
  static long middle(List<Long> sorted) {
    return sorted.get((sorted.size() - 1) / 2);
  }

  String punches() {
    Punches all = reach.punchesTogether();
    int over = all.begun() - all.underWay();
    return over == 0
        ? "nobody"
        : "%s of %s that were begun and are over, %s; %s of these links stand"
            .formatted(
                Figures.number(all.linked()),
                Figures.number(over),
                Figures.percent(all.linked(), over),
                Figures.number(all.standing()));
  }

  /** Of one pair of kinds. */
  static String punches(Punches pair) {
    return "%s with %s: %s of %s"
        .formatted(
            pair.one(),
            pair.other(),
            Figures.number(pair.linked()),
            Figures.number(pair.begun() - pair.underWay()));
  }
}
