package dev.waggle.charts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bars that share a scale from zero, each with its name and its figure above it.
 *
 * @param mark where something lies on the scale, such as a target; null for none
 */
public record BarChart(String title, String description, List<Bar> bars, @Nullable Mark mark)
    implements Chart {
  /**
   * A figure; one that is negative has no bar.
   *
   * @param low where the interval begins that it is known to lie in; the figure itself where that
   *     is not told
   * @param figure the value in words
   * @param exactly the same with what is known of its error
   */
  public record Bar(
      String label, Hue hue, double value, double low, double high, String figure, String exactly) {
    /**
     * @throws IllegalArgumentException if there is nothing to draw
     */
    public Bar {
      if (!Double.isFinite(value) || !Double.isFinite(low) || !Double.isFinite(high)) {
        throw new IllegalArgumentException(label + " has no figure: " + exactly);
      }
    }
  }

  /** A place on the scale. */
  public record Mark(double at, String text) {}

  public BarChart {
    bars = List.copyOf(bars);
  }
}
