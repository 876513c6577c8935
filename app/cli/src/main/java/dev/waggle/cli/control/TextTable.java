package dev.waggle.cli.control;

import java.util.ArrayList;
import java.util.List;

/** Cells under each other: numbers end under each other, words begin. Owned by one thread. */
public final class TextTable {
  private static final String CUT = "~";

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  /** A column, by its heading. */
  public record Column(String heading, boolean isNumber) {
    public static Column number(String heading) {
      return new Column(heading, true);
    }

    public static Column words(String heading) {
      return new Column(heading, false);
    }
  }

  public TextTable(List<Column> columns) {
    this.columns = columns;
  }

  /** A span of time in a cell. */
  public static String time(long seconds) {
    return Quantity.time(Math.multiplyExact(seconds, 1000));
  }

  /** Adds a row, a cell for each column. */
  public void add(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(cells.size() + " cells for " + columns.size());
    }
    rows.add(cells.stream().map(Printable::of).toList());
  }

  /**
   * The headings, and a line for each row.
   *
   * @param maxColumns of the terminal: what goes beyond is cut off, in the last column
   */
  public List<String> lines(int maxColumns) {
    List<String> headings = columns.stream().map(Column::heading).toList();
    List<Integer> widths = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int column = i;
      int widest = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
      widths.add(Math.max(headings.get(i).length(), widest));
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(headings, widths, maxColumns));
    rows.forEach(row -> lines.add(line(row, widths, maxColumns)));
    return lines;
  }

  private String line(List<String> cells, List<Integer> widths, int maxColumns) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String space = " ".repeat(widths.get(i) - cells.get(i).length());
      String cell = columns.get(i).isNumber() ? space + cells.get(i) : cells.get(i) + space;
      line.append(i == 0 ? "" : " ").append(cell);
    }
    String whole = line.toString().stripTrailing();
    return whole.length() <= maxColumns
        ? whole
        : whole.substring(0, maxColumns - CUT.length()) + CUT;
  }
}
