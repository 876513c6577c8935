package dev.waggle.simulator.report;

import dev.waggle.charts.Fact;
import dev.waggle.charts.Facts;
import dev.waggle.charts.Section;
import dev.waggle.charts.Table;
import dev.waggle.charts.Table.Cell;
import dev.waggle.simulator.run.ReachResult;
import dev.waggle.simulator.run.ReachResult.Punches;
import java.util.ArrayList;
import java.util.List;

/** How nodes fared that are behind routers, on a page. */
final class ReachSection {
  static Section of(ReachResult reach) {
    ReachText text = new ReachText(reach);
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Routers before nodes", text.routers()));
    facts.add(new Fact("Connected in the end", text.together()));
    if (reach.open().nodes() > 0) {
      facts.add(new Fact("Links of who can be dialled", ReachText.links(reach.open())));
      facts.add(new Fact("Of these", ReachText.knowledge(reach.open())));
    }
    if (reach.hidden().nodes() > 0) {
      facts.add(new Fact("Links of the others", ReachText.links(reach.hidden())));
      facts.add(new Fact("Of these", ReachText.knowledge(reach.hidden())));
    }
    List<List<Cell>> rows = new ArrayList<>();
    for (Punches pair : reach.punches()) {
      rows.add(
          List.of(
              Cell.text(pair.one()),
              Cell.text(pair.other()),
              Cell.figure(Figures.number(pair.begun())),
              Cell.figure(Figures.number(pair.linked())),
              Cell.figure(Figures.number(pair.failed())),
              Cell.figure(Figures.number(pair.standing()))));
    }
    return new Section(
        "routers",
        "Who can be dialled, and who is reached nevertheless?",
        "Two that nobody can dial dial each other at the same moment: " + text.punches() + ".",
        List.of(
            new Facts(facts),
            new Table(
                List.of("Router", "The other's", "Begun", "Linked", "Failed", "Stand in the end"),
                rows,
                false)));
  }

  private ReachSection() {}
}
