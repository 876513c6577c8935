package dev.waggle.bench.report;

import dev.waggle.bench.report.Target.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The targets that a run was about and how they fared, or how somebody's own parts did, as a table
 * of words: for a terminal, and as Markdown.
 */
final class RatioTable {
  static final String NAME = "ratios.md";

  private static final List<String> HEADS =
      List.of("what", "measured", "against", "ratio", "target", "verdict");

  private final Run run;
  private final WordTable table;

  /** What the table does not show, and who is in it; sentences, or empty. */
  private final String leftOut;

  private final String peers;

  RatioTable(Run run) {
    this.run = run;
    OwnParts own = run.ownParts();
    if (own != null) {
      PartsTable parts = new PartsTable(own, run.results());
      table = new WordTable(PartsTable.HEADS, parts.rows().stream().map(parts::cells).toList());
      leftOut = "";
      peers = "";
    } else {
      List<Row> all = Targets.in(run.results());
      List<Row> tried = all.stream().filter(Row::tried).toList();
      int untried = all.size() - tried.size();
      table = new WordTable(HEADS, tried.stream().map(RatioTable::cells).toList());
      leftOut = untried == 0 ? "" : "Targets that are not in this run: " + untried + ".";
      peers = Targets.PEERS;
    }
  }

  /** The whole file. */
  String file() {
    return "# Waggle's targets, and a run\n\n" + markdown() + "\n";
  }

  /** Caption, table and who the peers in it are, without a break at the end. */
  String markdown() {
    List<String> lines = new ArrayList<>();
    lines.add(caption());
    lines.add("");
    lines.addAll(table.markdown());
    lines.add("");
    lines.add((peers + " " + leftOut).strip());
    return String.join("\n", lines).stripTrailing();
  }

  /** Where the figures come from, in a sentence or two. */
  String caption() {
    String disturbance = new Disturbance(run).describe();
    return "%s run of `%s`%s on %s, on %s. Errors are half of 99.9 %% intervals.%s"
        .formatted(
            run.kind(),
            run.command(),
            run.commit() == null ? "" : " at " + run.commit(),
            run.day(),
            run.machine().describe(),
            disturbance.isEmpty() ? "" : " " + disturbance);
  }

  /** Columns of equal width. */
  String text() {
    List<String> lines = new ArrayList<>(table.text());
    Disturbance disturbance = new Disturbance(run);
    if (disturbance.isAny()) {
      lines.add(disturbance.describe());
    }
    if (!leftOut.isEmpty()) {
      lines.add(leftOut);
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static List<String> cells(Row row) {
    return List.of(
        row.target().what(),
        row.measured().describe(),
        against(row),
        ratio(row.ratio()),
        row.target().bound().text(),
        row.verdict().sign() + " " + row.judgement());
  }

  /** The yardstick: its name, and its figure if there is one. */
  static String against(Row row) {
    String figure = row.against() == null ? "" : row.against().describe();
    return row.target().againstWhat() + (figure.isEmpty() ? "" : ": " + figure);
  }

  private static String ratio(@Nullable Score ratio) {
    return ratio == null ? "" : Numbers.withError(ratio);
  }
}
