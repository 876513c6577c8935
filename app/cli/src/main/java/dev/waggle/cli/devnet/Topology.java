package dev.waggle.cli.devnet;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who dials whom. Each node has some of those before it as seeds: the one right before, which makes
 * the graph connected, and those at half and at a third of its number, which keep it shallow
 * without making it a star.
 */
final class Topology {
  /** Seeds of a node at most. */
  static final int MAX_SEEDS = 3;

  /** A link that {@code dialer} makes to {@code acceptor}. */
  record Edge(int dialer, int acceptor) {}

  static List<Integer> seedsOf(int node) {
    return node == 0
        ? List.of()
        : IntStream.of(node - 1, node / 2, node / 3).distinct().boxed().toList();
  }

  static List<Edge> edges(int nodes) {
    List<Edge> edges = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      for (int seed : seedsOf(node)) {
        edges.add(new Edge(node, seed));
      }
    }
    return edges;
  }

  private Topology() {}
}
