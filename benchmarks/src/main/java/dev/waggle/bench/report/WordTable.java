package dev.waggle.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table of words.
 *
 * @param rows each with a cell for each head
 */
record WordTable(List<String> heads, List<List<String>> rows) {
  private static final String GAP = "  ";

  /** Lines of Markdown. */
  List<String> markdown() {
    List<String> lines = new ArrayList<>();
    lines.add(markdown(heads));
    lines.add("|" + "---|".repeat(heads.size()));
    rows.stream().map(WordTable::markdown).forEach(lines::add);
    return lines;
  }

  private static String markdown(List<String> cells) {
    return "| "
        + String.join(" | ", cells.stream().map(cell -> cell.replace("|", "\\|")).toList())
        + " |";
  }

  /** Lines for a terminal, in columns of equal width. */
  List<String> text() {
    List<List<String>> all = new ArrayList<>(List.of(heads));
    all.addAll(rows);
    List<Integer> widths =
        IntStream.range(0, heads.size())
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
    return lines;
  }
}
