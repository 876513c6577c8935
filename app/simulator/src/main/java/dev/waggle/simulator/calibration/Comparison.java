package dev.waggle.simulator.calibration;

import java.util.Arrays;
import java.util.List;

/** A real network beside a simulated one. */
public record Comparison(Observed real, Observed simulated) {
  /** One figure of both. */
  public record Row(Figure figure, double real, double simulated) {
    /**
     * By which part of the real figure the simulated one is larger; negative if it is smaller, and
     * not a number if one of them is none.
     */
    public double difference() {
      return real == simulated ? 0 : (simulated - real) / real;
    }

    /** Whether they differ by no more than they may. */
    public boolean isWithin() {
      return Math.abs(difference()) <= figure.tolerance();
    }
  }

  public List<Row> rows() {
    return Arrays.stream(Figure.values())
        .map(figure -> new Row(figure, figure.of(real), figure.of(simulated)))
        .toList();
  }

  /** Whether the same nodes were linked in the end. */
  public boolean linksAreAlike() {
    return real.links().equals(simulated.links());
  }

  /** Whether every block that was published in either came to all nodes of both networks. */
  public boolean isWhole() {
    int published = Math.max(real.blocks().size(), simulated.blocks().size());
    return real.whole() == published && simulated.whole() == published;
  }

  /** Whether the simulated network did what the real one did, as exactly as it must. */
  public boolean isWithin() {
    return linksAreAlike() && isWhole() && rows().stream().allMatch(Row::isWithin);
  }
}
