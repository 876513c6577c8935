package dev.waggle.bench.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question of which figures are the answer, in panels side by side.
 *
 * @param id an anchor in the page
 * @param text what to know when looking at it
 */
record Chart(String id, String title, String text, List<? extends Panel> panels) {
  /** Whose a bar is; its label says so, too. */
  enum Tone {
    WAGGLE,
    PEER,
    PLAIN
  }

  record Bar(String label, Score score, Tone tone) {}

  /** Where a target lies on the scale. */
  record Mark(Score at, String text) {}

  /** A drawing. */
  sealed interface Panel {
    String title();
  }

  /** Bars that share a scale; never none. */
  record Bars(String title, List<Bar> bars, @Nullable Mark mark) implements Panel {
    Bars {
      bars = List.copyOf(bars);
    }
  }

  /** What a contender makes of messages of one size. */
  record Point(long bytes, Score score) {}

  /**
   * A contender's line.
   *
   * @param number the contender's, by which its line looks the same in all panels
   * @param points by size; never none
   */
  record Curve(int number, String label, Tone tone, List<Point> points) {
    Curve {
      points = List.copyOf(points);
    }
  }

  /** Lines over the size of messages that share both scales; never none. */
  record Curves(String title, List<Curve> curves) implements Panel {
    Curves {
      curves = List.copyOf(curves);
    }
  }
}
