package dev.waggle.bench.report;

/**
 * How a figure was measured that a target is about, and so when there is a verdict about it: only
 * where its error is known, and much smaller than the figure.
 *
 * <p>An interval that lies on one side of the bound is not enough: what is 166 ± 410 was not
 * measured, whatever the bound.
 */
enum Evidence {
  /** Several things in turn, in one process: what is judged is their ratio in each iteration. */
  IN_TURN(0.15),

  /** One thing, or two one after the other. */
  APART(0.5),

  /**
   * Something that has no error by its nature, and is far from its bound if it is judged at all: a
   * percentile of many single operations, or memory that was counted once.
   */
  WITHOUT_ERROR(0.5);

  /** How many times better or worse than its bound that has to be. */
  private static final double FAR = 1.5;

  private final double mostError;

  Evidence(double mostError) {
    this.mostError = mostError;
  }

  /** The verdict, if the figure is good enough for one; else that it is not judged. */
  Verdict judge(Score figure, Bound bound) {
    if (figure.hasError()) {
      double most = mostError * Math.max(Math.abs(figure.value()), bound.nothing());
      boolean exact = figure.error() == 0;
      return exact || figure.error() < most ? bound.judge(figure) : Verdict.NOT_JUDGED;
    }
    return this == WITHOUT_ERROR ? judgeFromAfar(figure, bound) : Verdict.NOT_JUDGED;
  }

  private static Verdict judgeFromAfar(Score figure, Bound bound) {
    Verdict ifMore = bound.judge(figure.times(FAR, figure.unit()));
    Verdict ifLess = bound.judge(figure.times(1 / FAR, figure.unit()));
    return Double.isFinite(figure.value()) && ifMore == ifLess ? ifMore : Verdict.NOT_JUDGED;
  }
}
