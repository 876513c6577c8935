package dev.waggle.simulator.table;

/**
 * A table cannot be used, for a reason that one line tells: the file, the line, what is wrong there
 * and what to do about it. It is the author of the file who can.
 */
public final class BadTable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** About a whole file, or one line of it: {@code places.csv} or {@code places.csv:7}. */
  public BadTable(String where, String what) {
    super(where + ": " + what, null, false, false);
  }
}
