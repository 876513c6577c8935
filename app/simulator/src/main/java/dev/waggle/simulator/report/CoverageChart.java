package dev.waggle.simulator.report;

import dev.waggle.charts.Axis;
import dev.waggle.charts.Curve;
import dev.waggle.charts.Curve.Point;
import dev.waggle.charts.CurveChart;
import dev.waggle.charts.Hue;
import dev.waggle.charts.Unit;
import dev.waggle.charts.Weight;
import dev.waggle.simulator.run.Quantiles;
import dev.waggle.simulator.run.SpreadResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which share of the nodes has a message so long after it was published: a pale curve for each
 * message, and over all of them their median, in a band that nine of ten lie in.
 */
final class CoverageChart {
  /** Pale curves; where more lie upon each other, none of them can be seen. */
  static final int MOST_CURVES = 100;

  /** Points of the median: one for some pixels. */
  private static final int STEPS = 120;

  /** Of the messages, below the band, and above it as well. */
  private static final int BAND = 5;

  /** Beyond so many times what nine of ten nodes take, a linear scale shows the last ones only. */
  private static final double LONG_TAIL = 5;

  private final List<SpreadResult> messages;
  private final Hue hue;
  private final boolean logarithmic;
  private final double first;
  private final double last;

  private CoverageChart(List<SpreadResult> messages, Hue hue) {
    this.messages = messages;
    this.hue = hue;
    this.last = times().max(Comparator.naturalOrder()).orElse(1.0);
    this.logarithmic = last > LONG_TAIL * nineOfTen();
    this.first =
        logarithmic
            ? times().filter(millis -> millis > 0).min(Comparator.naturalOrder()).orElse(last)
            : 0;
  }

  /**
   * A chart of some messages; of one at least.
   *
   * @param single what one of them is called
   */
  static CurveChart of(List<SpreadResult> messages, String single, Hue hue) {
    return new CoverageChart(messages, hue).chart(single);
  }

  /** Evenly by their order, if they are more than are drawn. */
  static List<Integer> drawn(int messages) {
    int count = Math.min(messages, MOST_CURVES);
    return Stream.iterate(0, i -> i < count, i -> i + 1)
        .map(i -> (int) ((long) i * messages / count))
        .toList();
  }

  /** When any part of the nodes had any message. */
  private Stream<Double> times() {
    return messages.stream()
        .flatMap(message -> message.coverage().millis().stream())
        .filter(Double::isFinite);
  }

  /** When the slowest message had come to nine of ten nodes; of those that have. */
  private double nineOfTen() {
    return messages.stream()
        .mapToDouble(message -> message.coverage().at(90))
        .filter(Double::isFinite)
        .max()
        .orElse(last);
  }

  private CurveChart chart(String single) {
    List<Curve> curves = new ArrayList<>();
    for (int i : drawn(messages.size())) {
      SpreadResult message = messages.get(i);
      String name = "%s %d, %.8s".formatted(single, i + 1, message.id().hex());
      curves.add(new Curve(name, hue, points(message.coverage())).withWeight(Weight.FAINT));
    }
    curves.add(new Curve("median", hue, median()).withWeight(Weight.STRONG).withBand());
    String time = "Time since a " + single + " was published";
    return new CurveChart(
        "Nodes that have a " + single,
        "Coverage rises from the publisher to all nodes that are reached, the last of them after "
            + Figures.millis(last)
            + ".",
        logarithmic ? Axis.log(time, Figures.TIME) : Axis.linear(time, Figures.TIME).from(0),
        Axis.linear("Nodes", Unit.of("%")).between(0, 100),
        curves);
  }

  private List<Point> points(Quantiles coverage) {
    List<Point> points = new ArrayList<>();
    for (int part = 0; part <= Quantiles.PARTS; part++) {
      double millis = coverage.at(part);
      if (Double.isFinite(millis)) {
        // A logarithmic scale has no place for the publisher's own time, which is 0.
        points.add(new Point(Math.max(millis, first) * Figures.NANOS_PER_MILLI, part));
      }
    }
    return points;
  }

  private List<Point> median() {
    List<Point> points = new ArrayList<>();
    for (int step = 0; step <= STEPS; step++) {
      double way = (double) step / STEPS;
      double millis =
          logarithmic ? first * Math.pow(last / first, way) : first + (last - first) * way;
      double[] shares =
          messages.stream()
              .mapToDouble(message -> share(message.coverage(), millis))
              .sorted()
              .toArray();
      points.add(
          new Point(
              millis * Figures.NANOS_PER_MILLI,
              Summary.rank(shares, 50),
              Summary.rank(shares, BAND),
              Summary.rank(shares, 100 - BAND)));
    }
    return points;
  }

  /** Hundredths of the nodes that had it by then. */
  private static double share(Quantiles coverage, double millis) {
    int part = 0;
    while (part < Quantiles.PARTS && coverage.at(part + 1) <= millis) {
      part++;
    }
    if (part == Quantiles.PARTS || Double.isNaN(coverage.at(part + 1))) {
      return part;
    }
    double since = millis - coverage.at(part);
    return part + since / (coverage.at(part + 1) - coverage.at(part));
  }
}
