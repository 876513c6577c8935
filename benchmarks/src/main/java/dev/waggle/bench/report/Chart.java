package dev.waggle.bench.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question of which figures are the answer, in panels side by side.
 *
 * @param id an anchor in the page
 * @param text what to know when looking at it
 */
record Chart(String id, String title, String text, List<Panel> panels) {
  /** Whose a bar is; its label says so, too. */
  enum Tone {
    WAGGLE,
    PEER,
    PLAIN
  }

  record Bar(String label, Score score, Tone tone) {}

  /** Where a target lies on the scale. */
  record Mark(Score at, String text) {}

  /** Bars that share a scale; never none. */
  record Panel(String title, List<Bar> bars, @Nullable Mark mark) {
    Panel {
      bars = List.copyOf(bars);
    }
  }
}
