package dev.waggle.bench.report;

import dev.waggle.bench.report.Target.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The targets that a run was about and how they fared, as a table of words: for a terminal, and as
 * Markdown.
 */
final class RatioTable {
  static final String NAME = "ratios.md";

  private static final List<String> HEADS =
      List.of("what", "measured", "against", "ratio", "target", "verdict");
  private static final String GAP = "  ";

  private final Run run;
  private final List<Row> rows;
  private final int untried;

  RatioTable(Run run) {
    this.run = run;
    List<Row> all = Targets.in(run.results());
    this.rows = all.stream().filter(Row::tried).toList();
    this.untried = all.size() - rows.size();
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
    lines.add(row(HEADS));
    lines.add("|---|---|---|---|---|---|");
    cells().stream().map(RatioTable::row).forEach(lines::add);
    lines.add("");
    lines.add(Targets.PEERS + " " + leftOut());
    return String.join("\n", lines).stripTrailing();
  }

  /** What the table does not show, in a sentence; empty if that is nothing. */
  private String leftOut() {
    return untried == 0 ? "" : "Targets that are not in this run: " + untried + ".";
  }

  /** Where the figures come from, in a sentence or two. */
  String caption() {
    return "%s run of `%s`%s on %s, on %s. Errors are half of 99.9 %% intervals."
        .formatted(
            kind(),
            run.command(),
            run.commit() == null ? "" : " at " + run.commit(),
            run.day(),
            run.machine().describe());
  }

  private String kind() {
    String kind = run.mode().equals(Plan.FULL) ? "Full" : "Quick";
    return run.complete() ? kind : "Interrupted " + run.mode();
  }

  private static String row(List<String> cells) {
    return "| "
        + String.join(" | ", cells.stream().map(cell -> cell.replace("|", "\\|")).toList())
        + " |";
  }

  /** Columns of equal width. */
  String text() {
    List<List<String>> all = new ArrayList<>(List.of(HEADS));
    all.addAll(cells());
    List<Integer> widths =
        IntStream.range(0, HEADS.size())
            .mapToObj(i -> all.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toList();
    List<String> lines = new ArrayList<>();
    for (List<String> cells : all) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < cells.size(); i++) {
        line.append(cells.get(i)).repeat(' ', widths.get(i) - cells.get(i).length()).append(GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    if (untried > 0) {
      lines.add(leftOut());
    }
    return String.join(System.lineSeparator(), lines);
  }

  private List<List<String>> cells() {
    return rows.stream()
        .map(
            row ->
                List.of(
                    row.target().what(),
                    row.measured().describe(),
                    against(row),
                    ratio(row.ratio()),
                    row.target().bound().text(),
                    row.verdict().sign() + " " + row.judgement()))
        .toList();
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
