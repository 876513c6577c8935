package dev.waggle.charts;

import dev.waggle.charts.NetworkGraph.Spot;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes room for nodes that stand at the same place, such as a city: they spread around it like the
 * seeds of a sunflower, and crowds that would meet push each other aside. The same spots give the
 * same result.
 */
public final class Crowd {
  /** Turns from seed to seed, in radians, so that no two are in a line (Vogel 1979). */
  private static final double GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

  /** Seeds closer than this many gaps would overlap in the densest part of a sunflower. */
  private static final double SEED = 0.6;

  /** Enough for 20 crowds of 50; where there is no room at all it must end as well. */
  private static final int ROUNDS = 80;

  private final double gap;
  private final double[] x;
  private final double[] y;

  private Crowd(List<Spot> wanted, double gap) {
    this.gap = gap;
    x = new double[wanted.size()];
    y = new double[wanted.size()];
    for (int i = 0; i < x.length; i++) {
      Spot spot = wanted.get(i);
      int before = (int) wanted.subList(0, i).stream().filter(spot::equals).count();
      double radius = gap * SEED * Math.sqrt(before);
      x[i] = spot.x() + radius * Math.cos(before * GOLDEN_ANGLE);
      y[i] = spot.y() + radius * Math.sin(before * GOLDEN_ANGLE);
    }
  }

  /**
   * The spots in the same order, moved so that each has room; in time that grows with the square of
   * their number.
   *
   * @param gap that shall be between any two, in the unit of the spots
   */
  public static List<Spot> spread(List<Spot> spots, double gap) {
    Crowd crowd = new Crowd(spots, gap);
    for (int round = 0; round < ROUNDS && crowd.pushes(); round++) {}
    List<Spot> spread = new ArrayList<>();
    for (int i = 0; i < crowd.x.length; i++) {
      spread.add(new Spot(crowd.x[i], crowd.y[i]));
    }
    return spread;
  }

  /** Pushes all pairs apart that are too close, each by half of what is missing. */
  private boolean pushes() {
    boolean moved = false;
    for (int i = 0; i < x.length; i++) {
      for (int j = i + 1; j < x.length; j++) {
        double dx = x[j] - x[i];
        double dy = y[j] - y[i];
        double squared = dx * dx + dy * dy;
        if (squared < gap * gap * 0.99 && squared > 0) {
          double distance = Math.sqrt(squared);
          double push = (gap - distance) / 2 / distance;
          x[i] -= dx * push;
          y[i] -= dy * push;
          x[j] += dx * push;
          y[j] += dy * push;
          moved = true;
        }
      }
    }
    return moved;
  }
}
