package dev.waggle.charts;

import java.util.List;

/** A few figures to see at a glance, in large type side by side. */
public record KeyFigures(List<Fact> figures) implements Block {
  public KeyFigures {
    figures = List.copyOf(figures);
  }
}
