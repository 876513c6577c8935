package dev.waggle.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How parts of somebody's own do, each beside what Waggle has in their place. */
final class PartsTable {
  static final String LINK = "PartsBenchmark.message";
  static final String HANDSHAKE = "HandshakeBenchmark.inTurn";

  static final List<String> HEADS = List.of("what", "own", "figure", "beside", "figure", "speed");

  private static final int LARGE = 16_384;

  private final Map<String, String> own;
  private final Results results;

  PartsTable(OwnParts parts, Results results) {
    this.own = parts.byKind();
    this.results = results;
  }

  /**
   * A line.
   *
   * @param ratio how many times as fast as Waggle's
   */
  record Row(Measurement own, Measurement waggles, Score ratio) {
    /** More than its error, or not. */
    String judgement() {
      if (own.isDisturbed() || waggles.isDisturbed()) {
        return "? not judged: others disturbed";
      }
      if (Evidence.APART.judge(ratio, Bound.atLeast(1, Units.RATIO)) == Verdict.NOT_JUDGED) {
        return "? not judged";
      }
      return ratio.low() > 1 ? "faster" : ratio.high() < 1 ? "slower" : "≈ within its error";
    }
  }

  /** In the order in which they were measured; what failed has none. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Measurement one : results.measurements()) {
      Map<String, String> parts = ownIn(one.key());
      if (!parts.isEmpty()) {
        results.measurements().stream()
            .filter(other -> isBeside(one.key(), parts, other.key()))
            .forEach(other -> rows.add(new Row(one, other, speed(one).dividedBy(speed(other)))));
      }
    }
    return rows;
  }

  /** Is it the same with Waggle's parts in the place of all of them? */
  private boolean isBeside(Key key, Map<String, String> parts, Key other) {
    return key.benchmark().equals(other.benchmark())
        && ownIn(other).isEmpty()
        && without(parts, key).equals(without(parts, other));
  }

  private Map<String, String> ownIn(Key key) {
    Map<String, String> found = new LinkedHashMap<>(own);
    found.entrySet().removeIf(part -> !part.getValue().equals(key.params().get(part.getKey())));
    return found;
  }

  private static Map<String, String> without(Map<String, String> parts, Key key) {
    Map<String, String> params = new LinkedHashMap<>(key.params());
    params.keySet().removeAll(parts.keySet());
    return params;
  }

  /** More is better. */
  private static Score speed(Measurement of) {
    Score figure = figure(of);
    boolean moreIsBetter = of.moreIsBetter() && !figure.unit().equals(Units.NANOS);
    return moreIsBetter ? figure : Score.exact(1, Units.RATIO).dividedBy(figure);
  }

  /** What a measurement is about, as people read it. */
  private static Score figure(Measurement of) {
    if (of.key().benchmark().equals(HANDSHAKE)) {
      Score each = of.quotient("handshakeNanos", "handshakes", 1, Units.NANOS);
      return each == null ? of.score() : each;
    }
    long bytes = Names.number(of.key().params().getOrDefault("bytes", ""));
    return bytes < LARGE
        ? of.score().times(1, Units.MESSAGES_PER_SECOND)
        : of.score().times((double) bytes, Units.BYTES_PER_SECOND);
  }

  /** A row's words, under {@link #HEADS}. */
  List<String> cells(Row row) {
    Map<String, String> parts = ownIn(row.own().key());
    return List.of(
        what(parts, row.own().key()),
        names(parts, row.own().key()),
        Numbers.withError(figure(row.own())),
        names(parts, row.waggles().key()),
        Numbers.withError(figure(row.waggles())),
        Numbers.withError(row.ratio()) + ", " + row.judgement());
  }

  private static String what(Map<String, String> parts, Key key) {
    return new Key(key.benchmark(), without(parts, key)).toString();
  }

  private static String names(Map<String, String> parts, Key key) {
    return parts.keySet().stream()
        .map(kind -> kind + " " + key.params().get(kind))
        .collect(Collectors.joining(", "));
  }
}
