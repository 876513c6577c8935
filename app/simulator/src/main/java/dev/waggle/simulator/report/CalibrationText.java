package dev.waggle.simulator.report;

import dev.waggle.simulator.calibration.Comparison;
import dev.waggle.simulator.calibration.Comparison.Row;
import dev.waggle.simulator.calibration.Figure;
import dev.waggle.simulator.calibration.Lateness;
import dev.waggle.simulator.calibration.Observed;
import dev.waggle.simulator.calibration.Pair;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** A real network beside a simulated one, for a terminal. */
public final class CalibrationText {
  private static final String ROW = "%-24s%12s%12s%12s   %s\n";

  /** The lines, each with its end. */
  public static String of(Comparison comparison, Lateness lateness) {
    StringBuilder text = new StringBuilder();
    text.append(ROW.formatted("", "real", "simulated", "difference", "").stripTrailing() + "\n");
    comparison.rows().forEach(row -> text.append(line(row)));
    text.append("%-24s%s\n".formatted("blocks", blocks(comparison)));
    text.append("%-24s%s\n".formatted("links", links(comparison)));
    text.append("%-24s%s\n".formatted("machine", machine(lateness)));
    // Charts group digits by thin spaces, which not every terminal has.
    return text.toString().replace('\u202f', ',');
  }

  private static String line(Row row) {
    return ROW.formatted(
                name(row.figure()),
                value(row.figure(), row.real()),
                value(row.figure(), row.simulated()),
                String.format(Locale.ROOT, "%+.1f %%", 100 * row.difference()),
                verdict(row))
            .stripTrailing()
        + "\n";
  }

  private static String name(Figure figure) {
    return switch (figure) {
      case MILLIS_P50 -> "block at half of nodes";
      case MILLIS_P99 -> "block at 99 % of nodes";
      case SENT_BYTES -> "bytes sent";
      case DUPLICATES -> "duplicates of a block";
    };
  }

  private static String value(Figure figure, double value) {
    return switch (figure) {
      case MILLIS_P50, MILLIS_P99 -> Figures.millis(value);
      case SENT_BYTES -> Figures.bytes(value);
      case DUPLICATES -> Figures.number(value);
    };
  }

  private static String verdict(Row row) {
    double tolerance = row.figure().tolerance();
    if (Double.isInfinite(tolerance)) {
      return "";
    }
    String limit = Figures.percent(tolerance);
    return row.isWithin() ? "within " + limit : "differs by more than " + limit;
  }

  private static String blocks(Comparison comparison) {
    return "%s came to all real nodes, %s to all simulated ones"
        .formatted(whole(comparison.real()), whole(comparison.simulated()));
  }

  private static String whole(Observed observed) {
    return "%d of %d".formatted(observed.whole(), observed.blocks().size());
  }

  private static String links(Comparison comparison) {
    SortedSet<Pair> real = comparison.real().links();
    SortedSet<Pair> simulated = comparison.simulated().links();
    if (comparison.linksAreAlike()) {
      return "%d pairs of nodes, the same in both".formatted(real.size());
    }
    return "%d pairs of nodes only in the real network, %d only in the simulated one, %d in both"
        .formatted(without(real, simulated), without(simulated, real), common(real, simulated));
  }

  private static String machine(Lateness lateness) {
    return "woke threads late by %s or less 99 times in 100, by %s at most"
        .formatted(Figures.millis(lateness.millisP99()), Figures.millis(lateness.millisMax()));
  }

  private static int without(SortedSet<Pair> some, SortedSet<Pair> others) {
    return some.size() - common(some, others);
  }

  private static int common(SortedSet<Pair> some, SortedSet<Pair> others) {
    SortedSet<Pair> both = new TreeSet<>(some);
    both.retainAll(others);
    return both.size();
  }

  private CalibrationText() {}
}
