package dev.waggle.simulator.checks;

import java.util.Locale;

/** Something was not true that must always be: a mistake of ours, found by a run. */
public final class InvariantViolated extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Invariant invariant;

  /**
   * A finding.
   *
   * @param node whose, or -1 if it concerns all
   * @param nanos when, since the run began
   */
  InvariantViolated(Invariant invariant, int node, long nanos, String words) {
    super(
        String.format(
            Locale.ROOT,
            "%s: %sat %.6f s: %s",
            invariant,
            node < 0 ? "" : "node " + node + " ",
            nanos / 1e9,
            words));
    this.invariant = invariant;
  }

  public Invariant invariant() {
    return invariant;
  }
}
