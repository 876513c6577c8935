package dev.waggle.bench.report;

import org.jspecify.annotations.Nullable;

/**
 * What Waggle wants of itself.
 *
 * @param what in words
 * @param against the yardstick, of which the bound is a multiple; null where the bound is absolute
 * @param againstWhat the yardstick in words; empty where there is none
 * @param judged what the bound is about: what was measured, or how many times the yardstick it is
 * @param mostError of what is judged, as a part of it: with a larger one there is no verdict
 */
record Target(
    String what,
    Quantity measured,
    @Nullable Quantity against,
    String againstWhat,
    Quantity judged,
    Bound bound,
    double mostError) {
  /** What ratios of measurements in turn must reach. */
  private static final double MOST_ERROR_IN_TURN = 0.15;

  static Target absolute(String what, Quantity measured, Bound bound) {
    return new Target(what, measured, null, "", measured, bound, Double.POSITIVE_INFINITY);
  }

  static Target relative(
      String what, Quantity measured, String againstWhat, Quantity against, Bound bound) {
    return new Target(
        what,
        measured,
        against,
        againstWhat,
        measured.per(against, Units.RATIO),
        bound,
        Double.POSITIVE_INFINITY);
  }

  /**
   * Of two that were measured in turn, so that their ratio is better known than either.
   *
   * @param ratio how many times the yardstick
   */
  static Target inTurn(
      String what,
      Quantity measured,
      String againstWhat,
      Quantity against,
      Quantity ratio,
      Bound bound) {
    return new Target(what, measured, against, againstWhat, ratio, bound, MOST_ERROR_IN_TURN);
  }

  Row in(Results results) {
    Reading reading = measured.in(results);
    Reading yardstick = against == null ? null : against.in(results);
    return switch (judged.in(results)) {
      case Reading.Read(Score score) ->
          new Row(this, reading, yardstick, against == null ? null : score, judge(score), null);
      case Reading.Missing missing ->
          new Row(this, reading, yardstick, null, Verdict.NOT_MEASURED, missing.why());
    };
  }

  /** An unknown error is too large where any can be. */
  private Verdict judge(Score score) {
    boolean known =
        Double.isInfinite(mostError) || score.error() < mostError * Math.abs(score.value());
    return known ? bound.judge(score) : Verdict.NOT_JUDGED;
  }

  /**
   * How this target fared in one run.
   *
   * @param against null where the bound is absolute
   * @param ratio null where the bound is absolute, or something is missing
   * @param whyNot why it was not measured; else null
   */
  record Row(
      Target target,
      Reading measured,
      @Nullable Reading against,
      @Nullable Score ratio,
      Verdict verdict,
      @Nullable String whyNot) {
    /** Whether the run was about it at all. */
    boolean tried() {
      return !Results.NOT_TRIED.equals(whyNot);
    }

    /** The verdict in words, with the reason where there is none. */
    String judgement() {
      return whyNot == null ? verdict.text() : verdict.text() + ": " + whyNot;
    }
  }
}
