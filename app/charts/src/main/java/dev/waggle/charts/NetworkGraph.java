package dev.waggle.charts;

import java.util.List;

/**
 * Nodes at places and the edges between them. A thousand nodes with eight thousand edges are still
 * quick and can be read; of more, show a sample.
 *
 * @param categories what kinds of nodes there are
 * @param captions names of places, in the background
 */
public record NetworkGraph(
    String title,
    String description,
    List<Category> categories,
    List<Node> nodes,
    List<Edge> edges,
    List<Caption> captions)
    implements Chart {
  /** A kind of nodes, which can be hidden. */
  public record Category(String name, Hue hue) {}

  /**
   * A place on the plane, {@code x} to the right and {@code y} up: longitude and latitude will do.
   */
  public record Spot(double x, double y) {}

  /**
   * A node.
   *
   * @param label what it is called; shown when it is pointed at
   * @param size across, in pixels of a page of full width
   * @param category its number
   */
  public record Node(String label, Spot at, double size, int category) {}

  /** A line between two nodes, by their numbers. */
  public record Edge(int from, int to, Weight weight) {}

  /** Text at a place. */
  public record Caption(String text, Spot at) {
    /** In the middle of some nodes; of one at least. */
    public static Caption amid(String text, List<Spot> spots) {
      return new Caption(
          text,
          new Spot(
              spots.stream().mapToDouble(Spot::x).average().orElseThrow(),
              spots.stream().mapToDouble(Spot::y).average().orElseThrow()));
    }
  }

  /**
   * @throws IllegalArgumentException if a node has no such category, an edge no such node
   */
  public NetworkGraph {
    categories = List.copyOf(categories);
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
    captions = List.copyOf(captions);
    for (Node node : nodes) {
      if (node.category < 0 || node.category >= categories.size()) {
        throw new IllegalArgumentException("no such category: " + node);
      }
    }
    for (Edge edge : edges) {
      if (Math.min(edge.from, edge.to) < 0 || Math.max(edge.from, edge.to) >= nodes.size()) {
        throw new IllegalArgumentException("no such node: " + edge);
      }
    }
  }
}
