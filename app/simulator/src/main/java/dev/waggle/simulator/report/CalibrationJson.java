package dev.waggle.simulator.report;

import dev.waggle.simulator.calibration.Comparison;
import dev.waggle.simulator.calibration.Comparison.Row;
import dev.waggle.simulator.calibration.Figure;
import dev.waggle.simulator.calibration.Lateness;
import dev.waggle.simulator.calibration.Observed;
import dev.waggle.simulator.run.Quantiles;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real network beside a simulated one, for programs. Its JSON is an interface that scripts rely
 * on: fields may be added, and nothing else may change. What has no figure is null.
 *
 * @param within whether the two differ by no more than they may
 * @param linksAlike whether the same nodes were linked in both, in the end
 * @param lateness how late the machine of the real nodes has woken threads up
 */
public record CalibrationJson(
    long seed,
    String transport,
    String suite,
    boolean within,
    boolean linksAlike,
    List<FigureReport> figures,
    SideReport real,
    SideReport simulated,
    Lateness lateness) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * One figure of both.
   *
   * @param name {@code millis_p50} for example
   * @param difference by which part of the real figure the simulated one is larger
   * @param tolerance by which it may be, or null if by any
   */
  public record FigureReport(
      String name,
      @Nullable Double real,
      @Nullable Double simulated,
      @Nullable Double difference,
      @Nullable Double tolerance,
      boolean within) {
    private static FigureReport of(Row row) {
      Figure figure = row.figure();
      return new FigureReport(
          figure.name().toLowerCase(Locale.ROOT),
          orNull(row.real()),
          orNull(row.simulated()),
          orNull(row.difference()),
          orNull(figure.tolerance()),
          row.isWithin());
    }
  }

  /**
   * One of the networks.
   *
   * @param links pairs of nodes that were linked in the end
   */
  public record SideReport(int nodes, int links, long sentBytes, List<BlockReport> blocks) {
    private static SideReport of(Observed observed) {
      return new SideReport(
          observed.nodes(),
          observed.links().size(),
          observed.sentBytes(),
          observed.blocks().stream().map(BlockReport::of).toList());
    }
  }

  /** When which part of the nodes had a block, after it was published. */
  public record BlockReport(
      @Nullable Double millisP50, @Nullable Double millisP99, @Nullable Double millisLast) {
    private static BlockReport of(Quantiles coverage) {
      return new BlockReport(
          orNull(coverage.at(50)), orNull(coverage.at(99)), orNull(coverage.last()));
    }
  }

  public static CalibrationJson of(
      Comparison comparison, Lateness lateness, long seed, String transport, String suite) {
    return new CalibrationJson(
        seed,
        transport,
        suite,
        comparison.isWithin(),
        comparison.linksAreAlike(),
        comparison.rows().stream().map(FigureReport::of).toList(),
        SideReport.of(comparison.real()),
        SideReport.of(comparison.simulated()),
        lateness);
  }

  private static @Nullable Double orNull(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** One object on one line. */
  public String json() {
    return MAPPER.writeValueAsString(this);
  }
}
