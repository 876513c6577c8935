package dev.waggle.charts;

import dev.waggle.charts.BarChart.Bar;
import dev.waggle.charts.BarChart.Mark;
import dev.waggle.charts.Curve.Point;
import dev.waggle.charts.NetworkGraph.Caption;
import dev.waggle.charts.NetworkGraph.Category;
import dev.waggle.charts.NetworkGraph.Edge;
import dev.waggle.charts.NetworkGraph.Node;
import dev.waggle.charts.NetworkGraph.Spot;
import dev.waggle.charts.Table.Cell;
import dev.waggle.charts.Table.Tone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A page with a chart of each kind, of figures made up, to be looked at:
 *
 * <pre>
 * ./mvnw -pl app/charts test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *   -Dexec.args="-cp %classpath dev.waggle.charts.SamplePage FILE"
 * </pre>
 */
final class SamplePage {
  private static final int BLOCKS = 20;
  private static final int NODES = 1000;
  private static final int LINKS = 8;

  private record City(String name, double longitude, double latitude, int region) {}

  private static final List<City> CITIES =
      List.of(
          new City("San Francisco", -122, 38, 0),
          new City("Seattle", -122, 48, 0),
          new City("Dallas", -97, 33, 0),
          new City("Chicago", -88, 42, 0),
          new City("New York", -74, 41, 0),
          new City("Toronto", -79, 44, 0),
          new City("São Paulo", -47, -24, 1),
          new City("Buenos Aires", -58, -35, 1),
          new City("London", 0, 51, 2),
          new City("Frankfurt", 9, 50, 2),
          new City("Helsinki", 25, 60, 2),
          new City("Madrid", -4, 40, 2),
          new City("Lagos", 3, 6, 3),
          new City("Johannesburg", 28, -26, 3),
          new City("Dubai", 55, 25, 4),
          new City("Mumbai", 73, 19, 4),
          new City("Singapore", 104, 1, 4),
          new City("Tokyo", 140, 36, 4),
          new City("Seoul", 127, 38, 4),
          new City("Sydney", 151, -34, 5));

  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), page().html());
  }

  static Page page() {
    return new Page(
        "How fast does a block spread?",
        "Twenty blocks through a thousand nodes: half of them have a block after 410 ms.",
        List.of(new Fact("Seed", "42"), new Fact("Nodes", "1 000")),
        List.of(
            new Section(
                "figures",
                "At a glance",
                "",
                List.of(
                    new KeyFigures(
                        List.of(
                            new Fact("half of the nodes", "410 ms"),
                            new Fact("95 % of the nodes", "1.2 s"),
                            new Fact("all nodes", "2.9 s"),
                            new Fact("copies of a block", "1.04"))),
                    new Table(
                        List.of("What", "Measured", "Verdict"),
                        List.of(
                            List.of(
                                Cell.text("95 % within 2 s"),
                                Cell.figure("1.2 s"),
                                new Cell("✓ holds", Tone.GOOD)),
                            List.of(
                                Cell.text("all within 2 s"),
                                Cell.figure("2.9 s"),
                                new Cell("✗ misses", Tone.BAD))),
                        false))),
            new Section(
                "coverage",
                "Coverage over time",
                "Each pale line is a block, the thick one their median, the band where nine of ten lie.",
                List.of(coverage())),
            new Section(
                "map",
                "Who is connected with whom?",
                "Nodes stand around the city they are in; point at one to see its links.",
                List.of(map())),
            new Section(
                "costs",
                "What does it cost?",
                "Bytes a node sends for a block of 64 KiB; less is better.",
                List.of(
                    new Panels(
                        List.of(
                            new BarChart(
                                "median node",
                                "Bytes sent",
                                List.of(
                                    bar("whole blocks", Hue.GREY, 410, 30),
                                    bar("announced", Hue.ORANGE, 92, 11),
                                    bar("compact", Hue.BLUE, 21, 900)),
                                new Mark(64, "target: 64 KiB")),
                            new BarChart(
                                "busiest node",
                                "Bytes sent",
                                List.of(
                                    bar("whole blocks", Hue.GREY, 800, 5),
                                    bar("compact", Hue.BLUE, 77, 6)),
                                null)))))));
  }

  private static Bar bar(String label, Hue hue, double value, double error) {
    String figure = Math.round(value) + " KiB";
    return new Bar(
        label,
        hue,
        value,
        value - error,
        value + error,
        figure,
        figure + " ± " + Math.round(error));
  }

  private static CurveChart coverage() {
    Random random = new Random(42);
    List<Curve> curves = new ArrayList<>();
    List<double[]> shares = new ArrayList<>();
    double[] times = new double[60];
    for (int i = 0; i < times.length; i++) {
      times[i] = 1e7 * Math.pow(10, i / 59.0 * 2.7);
    }
    for (int block = 0; block < BLOCKS; block++) {
      double middle = Math.log(4e8 * (0.75 + random.nextDouble() / 2));
      double[] share = new double[times.length];
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < times.length; i++) {
        share[i] = 100 / (1 + Math.exp(-3.2 * (Math.log(times[i]) - middle)));
        points.add(new Point(times[i], share[i]));
      }
      shares.add(share);
      curves.add(new Curve("block " + block, Hue.BLUE, points).withWeight(Weight.FAINT));
    }
    List<Point> median = new ArrayList<>();
    for (int i = 0; i < times.length; i++) {
      int at = i;
      double[] sorted = shares.stream().mapToDouble(share -> share[at]).sorted().toArray();
      median.add(new Point(times[i], sorted[10], sorted[1], sorted[18]));
    }
    curves.add(new Curve("median", Hue.BLUE, median).withWeight(Weight.STRONG).withBand());
    return new CurveChart(
        "Nodes that have the block",
        "Coverage rises from none to all within 5 s, half of it at 410 ms.",
        Axis.log("Time since it was mined", Unit.nanos()),
        Axis.linear("Nodes", Unit.of("%")).between(0, 100),
        curves);
  }

  private static NetworkGraph map() {
    Random random = new Random(42);
    List<Spot> spots = new ArrayList<>();
    List<City> cities = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      City city = CITIES.get(random.nextInt(CITIES.size()));
      cities.add(city);
      spots.add(new Spot(city.longitude, city.latitude));
    }
    List<Spot> spread = Crowd.spread(spots, 2.2);
    List<Node> nodes = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      City city = cities.get(i);
      nodes.add(
          new Node(
              "node " + i + ", " + city.name, spread.get(i), i % 100 == 0 ? 14 : 7, city.region));
      for (int link = 0; link < LINKS; link++) {
        edges.add(new Edge(i, random.nextInt(NODES), Weight.FAINT));
      }
    }
    return new NetworkGraph(
        "1 000 nodes",
        "Nodes in twenty cities of six regions, each with about sixteen links to any others.",
        List.of(
            new Category("North America", Hue.BLUE),
            new Category("South America", Hue.GREEN),
            new Category("Europe", Hue.ORANGE),
            new Category("Africa", Hue.GOLD),
            new Category("Asia", Hue.VIOLET),
            new Category("Oceania", Hue.RED)),
        nodes,
        edges,
        CITIES.stream().map(city -> Caption.amid(city.name, of(city, cities, spread))).toList());
  }

  private static List<Spot> of(City city, List<City> cities, List<Spot> spots) {
    return IntStream.range(0, NODES)
        .filter(i -> cities.get(i).equals(city))
        .mapToObj(spots::get)
        .toList();
  }

  private SamplePage() {}
}
