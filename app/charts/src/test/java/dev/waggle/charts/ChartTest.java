package dev.waggle.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.waggle.charts.BarChart.Bar;
import dev.waggle.charts.BarChart.Mark;
import dev.waggle.charts.Curve.Point;
import dev.waggle.charts.NetworkGraph.Caption;
import dev.waggle.charts.NetworkGraph.Category;
import dev.waggle.charts.NetworkGraph.Edge;
import dev.waggle.charts.NetworkGraph.Node;
import dev.waggle.charts.NetworkGraph.Spot;
import dev.waggle.charts.Table.Cell;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a chart tells the page's script, and its table; and what is no chart. */
class ChartTest {
  private static final Axis TIME = Axis.log("Time", Unit.nanos());
  private static final Axis SHARE = Axis.linear("Nodes", Unit.of("%")).between(0, 100);

  private static CurveChart curves(Curve... curves) {
    return new CurveChart("t", "d", TIME, SHARE, List.of(curves));
  }

  private static NetworkGraph network(List<Node> nodes, List<Edge> edges) {
    return new NetworkGraph(
        "t",
        "d",
        List.of(new Category("miner", Hue.GOLD), new Category("relay", Hue.BLUE)),
        nodes,
        edges,
        List.of(Caption.amid("Zürich", List.of(new Spot(8, 47), new Spot(10, 49)))));
  }

  private static JsonNode told(Chart chart) {
    return new JsonMapper().readTree(ChartData.json(chart));
  }

  private static List<List<String>> rows(Chart chart) {
    return ChartTable.of(chart).rows().stream()
        .map(row -> row.stream().map(Cell::text).toList())
        .toList();
  }

  @Test
  void curves_tellPoints_withTheirIntervalsWhereTheyHaveOne() {
    JsonNode told =
        told(
            curves(
                new Curve("a", Hue.RED, List.of(new Point(1, 2), new Point(10, 20, 19, 22)))
                    .withLook(7)
                    .withWeight(Weight.STRONG)
                    .withBand()));
    assertThat(told.get("kind").asString()).isEqualTo("curves");
    JsonNode curve = told.get("curves").get(0);
    assertThat(curve.get("points").toString()).isEqualTo("[[1.0,2.0],[10.0,20.0,19.0,22.0]]");
    assertThat(curve.get("look").asInt()).isEqualTo(1);
    assertThat(curve.get("hue").asString()).isEqualTo("RED");
    assertThat(curve.get("weight").asString()).isEqualTo("STRONG");
    assertThat(curve.get("spread").asString()).isEqualTo("BAND");
    assertThat(told.get("x").get("logBase").asInt()).isEqualTo(10);
    assertThat(told.get("x").get("min").isNull()).isTrue();
    assertThat(told.get("y").get("logBase").asInt()).isZero();
    assertThat(told.get("y").get("max").asDouble()).isEqualTo(100);
  }

  @Test
  void tableOfCurves_hasEveryPoint_andIntervalsIfThereAreAny() {
    Curve plain = new Curve("a", Hue.RED, List.of(new Point(1e6, 2), new Point(3e9, 50)));
    assertThat(rows(curves(plain)))
        .containsExactly(List.of("a", "1 ms", "2 %"), List.of("a", "3 s", "50 %"));
    Curve known = new Curve("b", Hue.RED, List.of(new Point(1e6, 2, 1, 4)));
    assertThat(rows(curves(plain, known)))
        .contains(List.of("a", "1 ms", "2 %", "2 %", "2 %"))
        .contains(List.of("b", "1 ms", "2 %", "1 %", "4 %"));
  }

  @Test
  void pointWithoutAPlaceOnTheScale_isRefused() {
    for (Point point : List.of(new Point(0, 1), new Point(-1, 1), new Point(1, Double.NaN))) {
      Curve curve = new Curve("a", Hue.RED, List.of(point));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> curves(curve))
          .withMessageContaining("a");
    }
  }

  @Test
  void bars_tellFiguresAndMark_andTheTableTellsErrors() {
    BarChart chart =
        new BarChart(
            "t",
            "d",
            List.of(new Bar("a", Hue.BLUE, 2, 1, 3, "2 B", "2 ± 1 B")),
            new Mark(4, "target: 4 B"));
    JsonNode told = told(chart);
    assertThat(told.get("kind").asString()).isEqualTo("bars");
    assertThat(told.get("bars").get(0).get("figure").asString()).isEqualTo("2 B");
    assertThat(told.get("mark").get("at").asDouble()).isEqualTo(4);
    assertThat(rows(chart))
        .containsExactly(List.of("a", "2 ± 1 B"), List.of("Mark", "target: 4 B"));
  }

  @Test
  void network_tellsNodesEdgesAndCaptions_andTheTableCountsEdges() {
    NetworkGraph graph =
        network(
            List.of(new Node("n0", new Spot(8, 47), 6, 0), new Node("n1", new Spot(10, 49), 9, 1)),
            List.of(new Edge(0, 1, Weight.FAINT), new Edge(1, 0, Weight.STRONG)));
    JsonNode told = told(graph);
    assertThat(told.get("kind").asString()).isEqualTo("network");
    assertThat(told.get("labels").toString()).isEqualTo("[\"n0\",\"n1\"]");
    assertThat(told.get("nodes").toString()).isEqualTo("[[8.0,47.0,6.0,0.0],[10.0,49.0,9.0,1.0]]");
    assertThat(told.get("edges").toString()).isEqualTo("[[0,1,0],[1,0,2]]");
    assertThat(told.get("captions").get(0).get("at").get("x").asDouble()).isEqualTo(9);
    assertThat(rows(graph))
        .containsExactly(List.of("n0", "miner", "2"), List.of("n1", "relay", "2"));
  }

  @Test
  void edgeOrCategoryThatIsNotThere_isRefused() {
    Node node = new Node("n", new Spot(0, 0), 6, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network(List.of(node), List.of(new Edge(0, 1, Weight.FAINT))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network(List.of(node), List.of(new Edge(-1, 0, Weight.FAINT))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network(List.of(new Node("n", new Spot(0, 0), 6, 2)), List.of()));
  }

  @Test
  void tableWithARaggedRow_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Table(List.of("a", "b"), List.of(List.of(Cell.text("only one"))), false));
  }
}
