package dev.waggle.charts;

import dev.waggle.charts.Curve.Point;
import java.util.List;

/** Curves that share both scales. */
public record CurveChart(String title, String description, Axis x, Axis y, List<Curve> curves)
    implements Chart {
  /**
   * @throws IllegalArgumentException if a point has no place on the scales: it is not finite, or
   *     not positive where a scale is logarithmic
   */
  public CurveChart {
    curves = List.copyOf(curves);
    for (Curve curve : curves) {
      for (Point point : curve.points()) {
        if (!x.takes(point.x()) || !y.takes(point.y())) {
          throw new IllegalArgumentException(curve.name() + " has no place for " + point);
        }
      }
    }
  }
}
