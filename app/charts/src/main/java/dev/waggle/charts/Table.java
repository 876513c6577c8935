package dev.waggle.charts;

import java.util.List;

/**
 * A table, the first cell of each row being its head.
 *
 * @param wide for many columns: it scrolls on narrow screens, where others are folded into a block
 *     a row
 */
public record Table(List<String> columns, List<List<Cell>> rows, boolean wide) implements Block {
  /**
   * @throws IllegalArgumentException if a row has not a cell a column
   */
  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<Cell> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(columns.size() + " columns, but a row is " + row);
      }
    }
  }

  /** How a cell is meant. */
  public enum Tone {
    TEXT,
    /** A figure, which is not broken into lines. */
    FIGURE,
    GOOD,
    BAD,
    /** Neither good nor bad yet. */
    OPEN,
    /** Of less weight. */
    SOFT
  }

  /** What stands in a row and a column. */
  public record Cell(String text, Tone tone) {
    public static Cell text(String text) {
      return new Cell(text, Tone.TEXT);
    }

    public static Cell figure(String text) {
      return new Cell(text, Tone.FIGURE);
    }
  }
}
