package dev.waggle.simulator.costs;

import dev.waggle.simulator.table.BadTable;
import dev.waggle.simulator.table.Row;
import dev.waggle.simulator.table.Table;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What each {@link Work} costs in processor time: the figures by which a simulated node is busy.
 *
 * <p>They come from a {@linkplain Table table} with a line for each work, or for each suite where
 * the work is a part of a handshake; its numbers are nanoseconds. {@code ./waggle bench --costs
 * FILE} measures one. Immutable.
 */
public final class Costs {
  static final List<String> COLUMNS = List.of("work", "suite", "each", "per byte", "per item");

  private static final String STANDARD = "costs.csv";

  /** In the column of the suite, where the work depends on none. */
  static final String NO_SUITE = "-";

  private final Map<Work, SortedMap<String, Cost>> costs = new EnumMap<>(Work.class);

  private Costs(Table table) {
    table.requireColumns(COLUMNS);
    for (Row row : table.rows()) {
      Work work = work(row);
      SortedMap<String, Cost> bySuite = costs.computeIfAbsent(work, _ -> new TreeMap<>());
      if (bySuite.put(suite(work, row), cost(row)) != null) {
        throw row.problem("'" + work.title() + "' has a cost already; remove one of the two lines");
      }
    }
    Set<String> suites = costs.getOrDefault(Work.OFFER, new TreeMap<>()).keySet();
    for (Work work : Work.values()) {
      requireCosts(table, work, suites);
    }
  }

  private static Work work(Row row) {
    return Arrays.stream(Work.values())
        .filter(work -> work.title().equals(row.text(0)))
        .findAny()
        .orElseThrow(
            () ->
                row.problem(
                    Arrays.stream(Work.values())
                        .map(Work::title)
                        .collect(
                            Collectors.joining(
                                ", ",
                                "there is no work '" + row.text(0) + "'; write one of: ",
                                ""))));
  }

  private static String suite(Work work, Row row) {
    String suite = row.text(1);
    if (suite.isEmpty() || suite.equals(NO_SUITE) == work.isBySuite()) {
      throw row.problem(
          "'%s' has the suite '%s'; write %s"
              .formatted(
                  work.title(),
                  suite,
                  work.isBySuite() ? "the name of one" : "'" + NO_SUITE + "'"));
    }
    return suite;
  }

  private static Cost cost(Row row) {
    double[] parts = new double[3];
    for (int part = 0; part < parts.length; part++) {
      int column = COLUMNS.size() - parts.length + part;
      parts[part] = row.number(column, COLUMNS.get(column), 0, Cost.MAX_NANOS);
    }
    return new Cost(parts[0], parts[1], parts[2]);
  }

  /** Whoever has costs of one part of a handshake needs those of the others. */
  private void requireCosts(Table table, Work work, Set<String> suites) {
    SortedMap<String, Cost> there = costs.get(work);
    if (there == null) {
      throw new BadTable(table.where(), "'" + work.title() + "' has no cost; add its line");
    }
    if (work.isBySuite() && !there.keySet().equals(suites)) {
      throw new BadTable(
          table.where(),
          "'%s' has costs with the suites %s, '%s' with %s; add the missing lines"
              .formatted(work.title(), there.keySet(), Work.OFFER.title(), suites));
    }
  }

  /** Those of a node unless told otherwise, measured on the machine that the file names. */
  public static Costs standard() {
    return new Costs(Table.beside(Costs.class, STANDARD));
  }

  /**
   * Reads a file.
   *
   * @throws BadTable if it cannot be read, or is wrong somewhere
   */
  public static Costs read(Path file) {
    return new Costs(Table.read(file));
  }

  /**
   * Reads a text.
   *
   * @param where what it is called in messages
   * @throws BadTable if it is wrong somewhere
   */
  public static Costs parse(String where, String text) {
    return new Costs(Table.parse(where, text));
  }

  /**
   * What some work costs.
   *
   * @throws IllegalArgumentException if it depends on the suite
   */
  public Cost of(Work work) {
    return find(work, NO_SUITE);
  }

  /**
   * What a part of a handshake costs.
   *
   * @throws IllegalArgumentException if nobody has measured that suite
   */
  public Cost of(Work work, String suite) {
    return find(work, suite);
  }

  private Cost find(Work work, String suite) {
    Cost cost = Objects.requireNonNull(costs.get(work)).get(suite);
    if (cost == null) {
      throw new IllegalArgumentException("no cost of '" + work.title() + "' with suite " + suite);
    }
    return cost;
  }

  /** The names of the suites that were measured, in order. */
  public List<String> suites() {
    return List.copyOf(Objects.requireNonNull(costs.get(Work.OFFER)).keySet());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Costs that && costs.equals(that.costs);
  }

  @Override
  public int hashCode() {
    return costs.hashCode();
  }

  @Override
  public String toString() {
    return costs.toString();
  }
}
