package dev.waggle.charts;

import java.util.List;

/**
 * A line through points.
 *
 * @param look by which it is told apart without its colour: the number picks dashes and shapes of
 *     points, {@value #LOOKS} in turn
 * @param spread how the points' intervals are drawn
 * @param points from left to right; never none
 */
public record Curve(
    String name, Hue hue, int look, Weight weight, Spread spread, List<Point> points) {
  public static final int LOOKS = 6;

  /** A figure, and the interval that it is known to lie in; of no length where that is not told. */
  public record Point(double x, double y, double low, double high) {
    public Point(double x, double y) {
      this(x, y, y, y);
    }

    boolean hasInterval() {
      return low < y || high > y;
    }
  }

  /** How intervals are drawn. */
  public enum Spread {
    /** A line with two ends at each point. */
    WHISKERS,
    /** A band along the curve. */
    BAND
  }

  /**
   * @throws IllegalArgumentException if there is no point
   */
  public Curve {
    points = List.copyOf(points);
    if (look < 0 || points.isEmpty()) {
      throw new IllegalArgumentException("no curve: " + name + " with look " + look);
    }
  }

  public Curve(String name, Hue hue, List<Point> points) {
    this(name, hue, 0, Weight.NORMAL, Spread.WHISKERS, points);
  }

  public Curve withLook(int number) {
    return new Curve(name, hue, number, weight, spread, points);
  }

  public Curve withWeight(Weight other) {
    return new Curve(name, hue, look, other, spread, points);
  }

  public Curve withBand() {
    return new Curve(name, hue, look, weight, Spread.BAND, points);
  }
}
