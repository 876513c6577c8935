package dev.waggle.bench.report;

import org.jspecify.annotations.Nullable;

/**
 * What Waggle wants of itself.
 *
 * @param what in words
 * @param against the yardstick, of which the bound is a multiple; null where the bound is absolute
 * @param againstWhat the yardstick in words; empty where there is none
 */
record Target(
    String what, Quantity measured, @Nullable Quantity against, String againstWhat, Bound bound) {
  static Target absolute(String what, Quantity measured, Bound bound) {
    return new Target(what, measured, null, "", bound);
  }

  static Target relative(
      String what, Quantity measured, String againstWhat, Quantity against, Bound bound) {
    return new Target(what, measured, against, againstWhat, bound);
  }

  Row in(Results results) {
    Reading reading = measured.in(results);
    if (against == null) {
      return row(reading, null, null, reading);
    }
    Reading yardstick = against.in(results);
    Reading ratio =
        switch (yardstick) {
          case Reading.Read read -> reading.map(score -> score.dividedBy(read.score()));
          case Reading.Missing missing -> reading instanceof Reading.Missing own ? own : missing;
        };
    return row(reading, yardstick, ratio.scoreOrNull(), ratio);
  }

  private Row row(
      Reading reading, @Nullable Reading yardstick, @Nullable Score ratio, Reading judged) {
    return switch (judged) {
      case Reading.Read read ->
          new Row(this, reading, yardstick, ratio, bound.judge(read.score()), null);
      case Reading.Missing missing ->
          new Row(this, reading, yardstick, null, Verdict.NOT_MEASURED, missing.why());
    };
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
