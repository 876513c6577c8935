package dev.waggle.bench.report;

/**
 * Where a figure should lie.
 *
 * @param text as people read it
 * @param nothing what counts as none, where none is what it should be: errors need not be smaller
 */
record Bound(boolean atLeast, double value, String text, double nothing) {
  /** JMH's counters of garbage never show exactly none. */
  private static final double NO_BYTES = 0.5;

  static Bound atLeast(double value, String unit) {
    return new Bound(true, value, "≥ " + Numbers.plain(Score.exact(value, unit)), 0);
  }

  static Bound atMost(double value, String unit) {
    return new Bound(false, value, "≤ " + Numbers.plain(Score.exact(value, unit)), 0);
  }

  static Bound noBytes() {
    return new Bound(false, NO_BYTES, "0 B", NO_BYTES);
  }

  /** At both ends of the interval; an unknown error counts as none here. */
  Verdict judge(Score score) {
    boolean worst = isMet(atLeast ? score.low() : score.high());
    boolean best = isMet(atLeast ? score.high() : score.low());
    if (worst) {
      return Verdict.HOLDS;
    }
    return best ? Verdict.WITHIN_ERROR : Verdict.MISSES;
  }

  private boolean isMet(double figure) {
    return atLeast ? figure >= value : figure <= value;
  }
}
