package dev.waggle.charts;

import dev.waggle.charts.BarChart.Bar;
import dev.waggle.charts.Curve.Point;
import dev.waggle.charts.NetworkGraph.Edge;
import dev.waggle.charts.NetworkGraph.Node;
import dev.waggle.charts.Table.Cell;
import java.util.ArrayList;
import java.util.List;

/** The figures of a chart as a table. */
final class ChartTable {
  static Table of(Chart chart) {
    return switch (chart) {
      case CurveChart curves -> curves(curves);
      case BarChart bars -> bars(bars);
      case NetworkGraph graph -> network(graph);
    };
  }

  private static Table curves(CurveChart chart) {
    boolean intervals =
        chart.curves().stream()
            .flatMap(curve -> curve.points().stream())
            .anyMatch(Point::hasInterval);
    List<String> columns = new ArrayList<>(List.of("Curve", name(chart.x()), name(chart.y())));
    if (intervals) {
      columns.addAll(List.of("From", "To"));
    }
    List<List<Cell>> rows = new ArrayList<>();
    for (Curve curve : chart.curves()) {
      for (Point point : curve.points()) {
        List<Cell> row = new ArrayList<>();
        row.add(Cell.text(curve.name()));
        row.add(Cell.figure(chart.x().unit().text(point.x())));
        row.add(Cell.figure(chart.y().unit().text(point.y())));
        if (intervals) {
          row.add(Cell.figure(chart.y().unit().text(point.low())));
          row.add(Cell.figure(chart.y().unit().text(point.high())));
        }
        rows.add(row);
      }
    }
    return new Table(columns, rows, true);
  }

  private static String name(Axis axis) {
    return axis.name().isEmpty() ? "Figure" : axis.name();
  }

  private static Table bars(BarChart chart) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Bar bar : chart.bars()) {
      rows.add(List.of(Cell.text(bar.label()), Cell.figure(bar.exactly())));
    }
    if (chart.mark() != null) {
      rows.add(List.of(Cell.text("Mark"), Cell.text(chart.mark().text())));
    }
    return new Table(List.of("Bar", "Figure"), rows, true);
  }

  /** Whom a node is connected with would be a table of all edges; how many they are can be read. */
  private static Table network(NetworkGraph graph) {
    int[] edges = new int[graph.nodes().size()];
    for (Edge edge : graph.edges()) {
      edges[edge.from()]++;
      edges[edge.to()]++;
    }
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < edges.length; i++) {
      Node node = graph.nodes().get(i);
      rows.add(
          List.of(
              Cell.text(node.label()),
              Cell.text(graph.categories().get(node.category()).name()),
              Cell.figure(Integer.toString(edges[i]))));
    }
    return new Table(List.of("Node", "Kind", "Edges"), rows, true);
  }

  private ChartTable() {}
}
