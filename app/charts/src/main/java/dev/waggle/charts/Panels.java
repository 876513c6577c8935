package dev.waggle.charts;

import java.util.List;

/** Small charts side by side, as many in a row as there is room for. */
public record Panels(List<? extends Chart> charts) implements Block {
  public Panels {
    charts = List.copyOf(charts);
  }
}
