package dev.waggle.simulator.report;

import dev.waggle.charts.BarChart;
import dev.waggle.charts.BarChart.Bar;
import dev.waggle.charts.Hue;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many links nodes have. */
final class Degrees {
  /** More would be taller than a screen; neighbours share a bar then. */
  private static final int MOST_BARS = 14;

  /** How many nodes have so many links, for each number that there is. */
  static SortedMap<Integer, Integer> counts(List<Integer> degrees) {
    SortedMap<Integer, Integer> counts = new TreeMap<>();
    degrees.forEach(degree -> counts.merge(degree, 1, Integer::sum));
    return counts;
  }

  /** From the fewest to the most, and what is in the middle, of one node at least. */
  static String text(List<Integer> degrees) {
    List<Integer> sorted = degrees.stream().sorted().toList();
    return "%d to %d, median %d"
        .formatted(sorted.getFirst(), sorted.getLast(), sorted.get((sorted.size() - 1) / 2));
  }

  /** Bars for ranges of equal width, with those that no node is in. */
  static BarChart histogram(List<Integer> degrees) {
    SortedMap<Integer, Integer> counts = counts(degrees);
    int most = counts.lastKey();
    int width = Math.ceilDiv(most - counts.firstKey() + 1, MOST_BARS);
    List<Bar> bars = new ArrayList<>();
    for (int from = counts.firstKey(); from <= most; from += width) {
      int nodes =
          counts.subMap(from, from + width).values().stream().mapToInt(Integer::intValue).sum();
      String figure = Figures.counted(nodes, "node");
      bars.add(
          new Bar(
              range(from, from + width - 1),
              Hue.BLUE,
              nodes,
              nodes,
              nodes,
              figure,
              figure + ", " + Figures.percent(nodes, degrees.size())));
    }
    return new BarChart(
        "Nodes by how many links they have",
        "In the end nodes have " + text(degrees) + " links.",
        bars,
        null);
  }

  private static String range(int from, int to) {
    return from == to ? Figures.counted(from, "link") : from + " to " + to + " links";
  }

  private Degrees() {}
}
