package dev.waggle.cli.control;

/**
 * Text for a terminal. What others have chosen cannot move its cursor, change its colours, or turn
 * the direction of what it shows.
 */
public final class Printable {
  /** {@code text} in one line, with a question mark for each character that is none to be seen. */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(point -> shown.appendCodePoint(isVisible(point) ? point : '?'));
    return shown.toString();
  }

  /** Whether all of it can be shown as it is. */
  public static boolean is(String text) {
    return text.codePoints().allMatch(Printable::isVisible);
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private Printable() {}
}
