package dev.waggle.simulator.costs;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes a table of costs, as {@link Costs} reads it. */
public final class CostsWriter {
  private final List<String> comments;
  private final Map<Work, SortedMap<String, Cost>> costs = new EnumMap<>(Work.class);

  /** Begins a table whose first lines are comments. */
  public CostsWriter(List<String> comments) {
    this.comments = List.copyOf(comments);
  }

  /** Adds what some work costs. */
  public void put(Work work, Cost cost) {
    put(work, Costs.NO_SUITE, cost);
  }

  /** Adds what a part of a handshake costs. */
  public void put(Work work, String suite, Cost cost) {
    costs.computeIfAbsent(work, _ -> new TreeMap<>()).put(suite, cost);
  }

  /** The table so far, in the order of {@link Work} and of the suites' names. */
  public String text() {
    StringBuilder text = new StringBuilder();
    comments.forEach(comment -> text.append(("# " + comment).strip()).append('\n'));
    text.append('\n').append(line(Costs.COLUMNS));
    costs.forEach(
        (work, bySuite) -> bySuite.forEach((suite, cost) -> text.append(line(work, suite, cost))));
    return text.toString();
  }

  private static String line(Work work, String suite, Cost cost) {
    return line(
        List.of(
            work.title(), suite, plain(cost.each()), plain(cost.perByte()), plain(cost.perItem())));
  }

  private static String line(List<String> cells) {
    // Columns as wide as what they usually hold.
    return "%-21s%-25s%-11s%-10s%s\n"
        .formatted(
            cells.get(0) + ",",
            cells.get(1) + ",",
            cells.get(2) + ",",
            cells.get(3) + ",",
            cells.get(4));
  }

  /** Without an exponent, and as exact as the number. */
  private static String plain(double nanos) {
    return BigDecimal.valueOf(nanos).stripTrailingZeros().toPlainString();
  }
}
