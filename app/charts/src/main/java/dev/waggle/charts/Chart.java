package dev.waggle.charts;

/** A drawing of figures. */
public sealed interface Chart extends Block permits CurveChart, BarChart, NetworkGraph {
  /** Stands above it. */
  String title();

  /** What it shows, for those who do not see it; the figures they find in the table below it. */
  String description();
}
