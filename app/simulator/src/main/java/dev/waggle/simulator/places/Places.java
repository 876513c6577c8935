package dev.waggle.simulator.places;

import dev.waggle.simulator.table.BadTable;
import dev.waggle.simulator.table.Row;
import dev.waggle.simulator.table.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The places of a simulated world: cities, how far apart they are on the network, and what share of
 * the nodes lives in each. A place is named by its index, from 0.
 *
 * <p>They come from a {@linkplain Table table}, ours or a user's, whose first columns are {@code
 * place, latitude, longitude, weight} and whose others are the median round trips to each place, in
 * milliseconds, the place itself included. Ours says at its head where the figures are from.
 * Immutable.
 */
public final class Places {
  /** The columns before those of the round trips. */
  private static final List<String> COLUMNS = List.of("place", "latitude", "longitude", "weight");

  /** Behind these, if lines differ from place to place. */
  private static final String BANDWIDTH = "Mbit/s";

  private static final double BYTES_PER_MBIT = 1e6 / 8;
  private static final double LEAST_MBIT = 0.001;
  private static final double MOST_MBIT = 1e6;

  private static final String WORLD = "places.csv";

  /** A thousandth of a millisecond, which is less than any cable between two machines takes. */
  private static final double LEAST_ROUND_TRIP_MILLIS = 0.001;

  /** A minute: nothing on Earth is as far, and no handshake would end in time. */
  private static final double MOST_ROUND_TRIP_MILLIS = 60_000;

  /** More than there are nodes to share out; a bound for what adds up. */
  private static final double MOST_WEIGHT = 1e9;

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MOST_LATITUDE = 90;
  private static final double MOST_LONGITUDE = 180;

  private final List<String> names;
  private final double[] latitudes;
  private final double[] longitudes;
  private final double[] weights;
  private final double sumOfWeights;
  private final int firstRoundTrip;
  private final long[] bytesPerSecond;
  private final long[][] oneWayNanos;

  private Places(Table table) {
    table.requireColumns(COLUMNS);
    boolean limited =
        table.header().size() > COLUMNS.size()
            && table.header().text(COLUMNS.size()).equals(BANDWIDTH);
    firstRoundTrip = COLUMNS.size() + (limited ? 1 : 0);
    List<Row> rows = table.rows();
    names = rows.stream().map(row -> row.text(0)).toList();
    checkNames(table);
    latitudes = column(rows, 1, -MOST_LATITUDE, MOST_LATITUDE);
    longitudes = column(rows, 2, -MOST_LONGITUDE, MOST_LONGITUDE);
    weights = column(rows, 3, 0, MOST_WEIGHT);
    sumOfWeights = Arrays.stream(weights).sum();
    if (sumOfWeights == 0) {
      throw new BadTable(table.where(), "all weights are 0; give a place a larger one");
    }
    bytesPerSecond = rows.stream().mapToLong(row -> limited ? bytesPerSecond(row) : 0).toArray();
    oneWayNanos = rows.stream().map(this::oneWays).toArray(long[][]::new);
  }

  /** The places that nodes are in unless told otherwise: cloud regions on six continents. */
  public static Places world() {
    return new Places(Table.beside(Places.class, WORLD));
  }

  /**
   * One place for all nodes.
   *
   * @param oneWay how long a packet travels from any node to any other
   * @throws BadTable if that is less than a microsecond, or more than half a minute
   */
  public static Places uniform(Duration oneWay) {
    double roundTripMillis = 2 * oneWay.toNanos() / NANOS_PER_MILLI;
    return parse(
        "one latency for all",
        "place, latitude, longitude, weight, everywhere\neverywhere, 0, 0, 1, " + roundTripMillis);
  }

  /**
   * Reads a file.
   *
   * @throws BadTable if it cannot be read, or is wrong somewhere
   */
  public static Places read(Path file) {
    return new Places(Table.read(file));
  }

  /**
   * Reads a text.
   *
   * @param where what it is called in messages
   * @throws BadTable if it is wrong somewhere
   */
  public static Places parse(String where, String text) {
    return new Places(Table.parse(where, text));
  }

  private void checkNames(Table table) {
    Set<String> seen = new HashSet<>();
    for (Row row : table.rows()) {
      if (row.text(0).isEmpty() || !seen.add(row.text(0))) {
        throw row.problem("'" + row.text(0) + "' names no new place; give each a name of its own");
      }
    }
    List<String> columns = table.header().cells();
    if (!columns.subList(firstRoundTrip, columns.size()).equals(names)) {
      throw table
          .header()
          .problem(
              "the columns of round trips are not the places; after 'weight' write '"
                  + String.join(", ", names)
                  + "', the names of the lines in their order");
    }
  }

  private static double[] column(List<Row> rows, int column, double least, double most) {
    return rows.stream()
        .mapToDouble(row -> row.number(column, COLUMNS.get(column), least, most))
        .toArray();
  }

  private static long bytesPerSecond(Row row) {
    double mbit = row.number(COLUMNS.size(), BANDWIDTH, LEAST_MBIT, MOST_MBIT);
    return Math.round(mbit * BYTES_PER_MBIT);
  }

  private long[] oneWays(Row row) {
    long[] nanos = new long[names.size()];
    for (int to = 0; to < nanos.length; to++) {
      double roundTripMillis =
          row.number(
              firstRoundTrip + to,
              "the round trip to " + names.get(to),
              LEAST_ROUND_TRIP_MILLIS,
              MOST_ROUND_TRIP_MILLIS);
      nanos[to] = Math.round(roundTripMillis * NANOS_PER_MILLI / 2);
    }
    return nanos;
  }

  public int size() {
    return names.size();
  }

  public String name(int place) {
    return names.get(place);
  }

  /** Degrees north. */
  public double latitude(int place) {
    return latitudes[place];
  }

  /** Degrees east. */
  public double longitude(int place) {
    return longitudes[place];
  }

  /** What part of all nodes is there; the shares add up to 1. */
  public double share(int place) {
    return weights[place] / sumOfWeights;
  }

  /** What the line of a node there carries at most, each way; 0 if the table does not say. */
  public long bytesPerSecond(int place) {
    return bytesPerSecond[place];
  }

  /**
   * The place of a node.
   *
   * @param drawn evenly from 0 to 1, so that the places get their shares
   */
  public int at(double drawn) {
    int place = 0;
    double left = drawn;
    while (place < size() - 1 && left >= share(place)) {
      left -= share(place);
      place++;
    }
    return place;
  }

  /**
   * How long a packet travels if nothing is in its way: half of the round trip that was measured
   * from the one place to the other. The way back need not take quite as long.
   */
  public long oneWayNanos(int from, int to) {
    return oneWayNanos[from][to];
  }
}
