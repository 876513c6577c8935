package dev.waggle.simulator.table;

import java.util.List;

/**
 * One line of a {@link Table}, cut into cells.
 *
 * @param where the file and the line, for messages
 * @param cells what stands between the commas, without spaces around it
 */
public record Row(String where, List<String> cells) {
  public Row {
    cells = List.copyOf(cells);
  }

  public int size() {
    return cells.size();
  }

  public String text(int column) {
    return cells.get(column);
  }

  /**
   * The cell as a number.
   *
   * @param name what it is, for the message
   * @throws BadTable if it is no number from {@code least} to {@code most}
   */
  public double number(int column, String name, double least, double most) {
    double value;
    try {
      value = Double.parseDouble(text(column));
    } catch (NumberFormatException _) {
      value = Double.NaN;
    }
    if (!(value >= least && value <= most)) {
      throw problem(
          "%s is '%s'; write a number from %s to %s"
              .formatted(name, text(column), plain(least), plain(most)));
    }
    return value;
  }

  /** What is wrong with this line, to be thrown. */
  public BadTable problem(String what) {
    return new BadTable(where, what);
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }
}
