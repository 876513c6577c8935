package dev.waggle.simulator.report;

import dev.waggle.charts.Crowd;
import dev.waggle.charts.Hue;
import dev.waggle.charts.NetworkGraph;
import dev.waggle.charts.NetworkGraph.Caption;
import dev.waggle.charts.NetworkGraph.Category;
import dev.waggle.charts.NetworkGraph.Edge;
import dev.waggle.charts.NetworkGraph.Node;
import dev.waggle.charts.NetworkGraph.Spot;
import dev.waggle.charts.Weight;
import dev.waggle.simulator.places.Places;
import dev.waggle.simulator.run.RunResult;
import dev.waggle.simulator.run.RunResult.Link;
import dev.waggle.simulator.run.SpreadResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Who is linked with whom in the end, each node near the place where it is. */
final class NetworkMap {
  /** More are sampled, evenly by their numbers, which say nothing of where they are. */
  static final int MOST_NODES = 1000;

  /** Degrees between two nodes, where a thousand are to have room. */
  private static final double GAP = 2.2;

  /** Fewer may stand further apart, but not so far that cities are not told apart any more. */
  private static final double MOST_GAP = 2.8;

  private static final double SIZE = 7;
  private static final double PUBLISHER_SIZE = 13;

  /** How well nodes are linked, against how many they dial for. */
  private enum Standing {
    NONE("no link", Hue.RED),
    FEW("fewer than it dials for", Hue.ORANGE),
    USUAL("up to twice as many", Hue.BLUE),
    MANY("more", Hue.VIOLET);

    private final String words;
    private final Hue hue;

    Standing(String words, Hue hue) {
      this.words = words;
      this.hue = hue;
    }

    static Standing of(int degree, int outbound) {
      if (degree == 0) {
        return NONE;
      }
      return degree < outbound ? FEW : degree <= 2 * outbound ? USUAL : MANY;
    }
  }

  private final RunResult result;
  private final Places places;
  private final List<Integer> drawn;

  /** By number of the node, its index among those that are drawn, or -1. */
  private final int[] indexOf;

  NetworkMap(RunResult result) {
    this.result = result;
    this.places = result.scenario().places();
    int nodes = result.scenario().nodes();
    int count = Math.min(nodes, MOST_NODES);
    this.drawn =
        IntStream.range(0, count).map(i -> (int) ((long) i * nodes / count)).boxed().toList();
    this.indexOf = IntStream.range(0, nodes).map(_ -> -1).toArray();
    for (int i = 0; i < count; i++) {
      indexOf[drawn.get(i)] = i;
    }
  }

  /** What to know when looking at it. */
  String text() {
    return "Links that stand in the end. Nodes gather around the place where they are; colours say"
        + " how many links each has against the %d that it dials for. "
            .formatted(result.scenario().outbound())
        + (result.blocks().isEmpty() ? "" : "Larger ones have published a block. ")
        + "Point at one to see where its links lead."
        + sample();
  }

  private String sample() {
    if (drawn.size() == result.scenario().nodes()) {
      return "";
    }
    return " Of %s, %s are drawn, evenly by their numbers, and %s of %s links: those between them."
        .formatted(
            Figures.counted(result.scenario().nodes(), "node"),
            Figures.number(drawn.size()),
            Figures.number(edges().size()),
            Figures.number(result.links().size()));
  }

  NetworkGraph graph() {
    List<Spot> spots =
        Crowd.spread(
            drawn.stream().map(result.places()::get).map(this::spot).toList(),
            Math.min(MOST_GAP, GAP * Math.sqrt((double) MOST_NODES / drawn.size())));
    List<Standing> standings =
        drawn.stream()
            .map(node -> Standing.of(result.degrees().get(node), result.scenario().outbound()))
            .toList();
    Map<Standing, Integer> numbers = new EnumMap<>(Standing.class);
    List<Category> categories = new ArrayList<>();
    for (Standing standing : Standing.values()) {
      if (standings.contains(standing)) {
        numbers.put(standing, categories.size());
        categories.add(new Category(standing.words, standing.hue));
      }
    }
    Set<Integer> publishers = new HashSet<>();
    result.blocks().stream().map(SpreadResult::publisher).forEach(publishers::add);
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < drawn.size(); i++) {
      int node = drawn.get(i);
      double size = publishers.contains(node) ? PUBLISHER_SIZE : SIZE;
      nodes.add(
          new Node(label(node), spots.get(i), size, numbers.getOrDefault(standings.get(i), 0)));
    }
    return new NetworkGraph(
        Figures.counted(drawn.size(), "node"),
        Figures.counted(edges().size(), "link") + " between nodes in places around the world.",
        categories,
        nodes,
        edges(),
        captions(spots));
  }

  private Spot spot(int place) {
    return new Spot(places.longitude(place), places.latitude(place));
  }

  private String label(int node) {
    return "node %d, %s, %s"
        .formatted(
            node,
            places.name(result.places().get(node)),
            Figures.counted(result.degrees().get(node), "link"));
  }

  private List<Edge> edges() {
    List<Edge> edges = new ArrayList<>();
    for (Link link : result.links()) {
      int from = indexOf[link.from()];
      int to = indexOf[link.to()];
      if (from >= 0 && to >= 0) {
        edges.add(new Edge(from, to, Weight.FAINT));
      }
    }
    return edges;
  }

  private List<Caption> captions(List<Spot> spots) {
    List<Caption> captions = new ArrayList<>();
    for (int place = 0; place < places.size(); place++) {
      int here = place;
      List<Spot> around =
          IntStream.range(0, drawn.size())
              .filter(i -> result.places().get(drawn.get(i)) == here)
              .mapToObj(spots::get)
              .toList();
      if (!around.isEmpty()) {
        captions.add(Caption.amid(places.name(place), around));
      }
    }
    return captions;
  }
}
