package dev.waggle.cli.logs;

import java.util.HashMap;
import java.util.Map;
import org.slf4j.event.Level;

/**
 * How often the same may stand in the log, so that neither time nor strangers can fill it: the
 * first lines of a kind within a minute pass, the others are counted.
 *
 * <p>A kind is what one statement of the program writes, known by its logger, level and template.
 * Where a class puts its messages together itself they differ each time; so a logger has only so
 * many kinds at a time, and what is beyond them is one more for each level. Thus the memory is
 * bounded by the program's classes, whatever they say.
 *
 * <p>Warnings and errors are few unless something is wrong for long. Of what goes well there is
 * more, as links and blocks come and go. Who asks for {@code debug} or {@code trace} wants all. Not
 * safe for use by several threads.
 */
final class RepeatLimit {
  static final long WINDOW_NANOS = 60_000_000_000L;

  /** Of warnings and of errors each. */
  static final int MAX_PROBLEMS = 10;

  /** Of information: a line a second, which a chain with a block every two seconds stays below. */
  static final int MAX_NEWS = 60;

  /** No class has more statements than that. */
  static final int MAX_KINDS = 32;

  /** The template of a kind that has no more room as one of its own. */
  static final String OTHERS = "other lines of its kind";

  private final Ending ending;

  /** By logger, then by kind. */
  private final Map<String, Map<Kind, Window>> windows = new HashMap<>();

  /**
   * A limit that nothing counts towards yet.
   *
   * @param ending called when the first line of a kind is held back
   */
  RepeatLimit(Ending ending) {
    this.ending = ending;
  }

  /** What one statement writes. */
  record Kind(String logger, Level level, String template) {
    private Kind amongOthers() {
      return new Kind(logger, level, OTHERS);
    }

    private int max() {
      return switch (level) {
        case ERROR, WARN -> MAX_PROBLEMS;
        case INFO -> MAX_NEWS;
        case DEBUG, TRACE -> Integer.MAX_VALUE;
      };
    }
  }

  /** Sees to it that the minute of a kind ends. */
  interface Ending {
    /** Has {@link RepeatLimit#end} called after that time. */
    void endLater(Kind kind, long nanos);
  }

  /** A minute of one kind. */
  private static final class Window {
    private final long beginNanos;
    private int passed;
    private int held;

    private Window(long beginNanos) {
      this.beginNanos = beginNanos;
    }

    /** One that has held lines back is over when that is told, and not before. */
    private boolean isOver(long nowNanos) {
      return held == 0 && nowNanos - beginNanos >= WINDOW_NANOS;
    }
  }

  /** Counts a line, and says whether it may be written. */
  boolean passes(Kind kind, long nowNanos) {
    if (kind.max() == Integer.MAX_VALUE) {
      return true;
    }
    Map<Kind, Window> ofLogger = windows.computeIfAbsent(kind.logger, _ -> new HashMap<>());
    Kind known = hasRoom(ofLogger, kind, nowNanos) ? kind : kind.amongOthers();
    Window window = ofLogger.get(known);
    if (window == null || window.isOver(nowNanos)) {
      window = new Window(nowNanos);
      ofLogger.put(known, window);
    }
    if (window.passed < known.max()) {
      window.passed++;
      return true;
    }
    window.held++;
    if (window.held == 1) {
      ending.endLater(known, Math.max(0, window.beginNanos + WINDOW_NANOS - nowNanos));
    }
    return false;
  }

  private static boolean hasRoom(Map<Kind, Window> ofLogger, Kind kind, long nowNanos) {
    if (ofLogger.containsKey(kind) || ofLogger.size() < MAX_KINDS) {
      return true;
    }
    ofLogger.values().removeIf(window -> window.isOver(nowNanos));
    return ofLogger.size() < MAX_KINDS;
  }

  /**
   * Ends the minute of a kind: the next line of it passes again.
   *
   * @return how many were held back
   */
  int end(Kind kind) {
    Map<Kind, Window> ofLogger = windows.get(kind.logger);
    Window ended = ofLogger == null ? null : ofLogger.remove(kind);
    return ended == null ? 0 : ended.held;
  }
}
