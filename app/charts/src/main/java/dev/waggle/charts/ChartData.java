package dev.waggle.charts;

import dev.waggle.charts.BarChart.Bar;
import dev.waggle.charts.Curve.Point;
import dev.waggle.charts.Curve.Spread;
import dev.waggle.charts.NetworkGraph.Caption;
import dev.waggle.charts.NetworkGraph.Category;
import dev.waggle.charts.NetworkGraph.Edge;
import dev.waggle.charts.NetworkGraph.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What the page's script is told of a chart, as JSON that can stand inside a page. */
final class ChartData {
  private static final JsonMapper MAPPER = new JsonMapper();

  private record Curves(String kind, Axis x, Axis y, List<Line> curves) {}

  private record Line(
      String name, Hue hue, int look, Weight weight, Spread spread, List<double[]> points) {}

  private record Bars(String kind, List<Bar> bars, BarChart.@Nullable Mark mark) {}

  /** Nodes and edges without the names of their fields, for there are thousands. */
  private record Network(
      String kind,
      List<Category> categories,
      List<String> labels,
      List<double[]> nodes,
      List<int[]> edges,
      List<Caption> captions) {}

  static String json(Chart chart) {
    Object told =
        switch (chart) {
          case CurveChart curves ->
              new Curves(
                  "curves",
                  curves.x(),
                  curves.y(),
                  curves.curves().stream().map(ChartData::line).toList());
          case BarChart bars -> new Bars("bars", bars.bars(), bars.mark());
          case NetworkGraph graph -> network(graph);
        };
    // No text can end the element that it stands in, or open a comment there.
    return MAPPER.writeValueAsString(told).replace("<", "\\u003c");
  }

  private static Line line(Curve curve) {
    return new Line(
        curve.name(),
        curve.hue(),
        curve.look() % Curve.LOOKS,
        curve.weight(),
        curve.spread(),
        curve.points().stream().map(ChartData::point).toList());
  }

  /** With its interval only where it has one. */
  private static double[] point(Point point) {
    return point.hasInterval()
        ? new double[] {point.x(), point.y(), point.low(), point.high()}
        : new double[] {point.x(), point.y()};
  }

  private static Network network(NetworkGraph graph) {
    return new Network(
        "network",
        graph.categories(),
        graph.nodes().stream().map(Node::label).toList(),
        graph.nodes().stream()
            .map(node -> new double[] {node.at().x(), node.at().y(), node.size(), node.category()})
            .toList(),
        graph.edges().stream().map(ChartData::edge).toList(),
        graph.captions());
  }

  private static int[] edge(Edge edge) {
    int weight =
        switch (edge.weight()) {
          case FAINT -> 0;
          case NORMAL -> 1;
          case STRONG -> 2;
        };
    return new int[] {edge.from(), edge.to(), weight};
  }

  private ChartData() {}
}
