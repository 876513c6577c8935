package dev.waggle.bench.report;

import org.jspecify.annotations.Nullable;

/**
 * What Waggle wants of itself.
 *
 * @param what in words
 * @param against the yardstick, of which the bound is a multiple; null where the bound is absolute
 * @param againstWhat the yardstick in words; empty where there is none
 * @param judged what the bound is about: what was measured, or how many times the yardstick it is
 * @param evidence how that is measured, and so which errors leave no verdict
 */
record Target(
    String what,
    Quantity measured,
    @Nullable Quantity against,
    String againstWhat,
    Quantity judged,
    Bound bound,
    Evidence evidence) {
  static Target absolute(String what, Quantity measured, Bound bound) {
    return new Target(what, measured, null, "", measured, bound, Evidence.APART);
  }

  /** The same of a figure whose error nothing tells. */
  static Target withoutError(String what, Quantity measured, Bound bound) {
    return new Target(what, measured, null, "", measured, bound, Evidence.WITHOUT_ERROR);
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
        Evidence.APART);
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
    return new Target(what, measured, against, againstWhat, ratio, bound, Evidence.IN_TURN);
  }

  Row in(Results results) {
    Reading reading = measured.in(results);
    Reading yardstick = against == null ? null : against.in(results);
    return switch (judged.in(results)) {
      case Reading.Read(Score score) -> {
        Score ratio = against == null ? null : score;
        String disturbed = results.whyDisturbed(judged.keys());
        Verdict verdict = disturbed == null ? evidence.judge(score, bound) : Verdict.NOT_JUDGED;
        yield new Row(this, reading, yardstick, ratio, verdict, disturbed);
      }
      case Reading.Missing missing ->
          new Row(this, reading, yardstick, null, Verdict.NOT_MEASURED, missing.why());
    };
  }

  /**
   * How this target fared in one run.
   *
   * @param against null where the bound is absolute
   * @param ratio null where the bound is absolute, or something is missing
   * @param whyNot why it was not measured, or what disturbed that; else null
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
