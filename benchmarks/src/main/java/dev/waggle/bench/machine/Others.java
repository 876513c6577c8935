package dev.waggle.bench.machine;

import java.util.Locale;

/**
 * How much of the processors others used: processes of this machine that are no part of a run,
 * other guests of its host, and whoever limits this container.
 *
 * @param used how many processors on average, at most {@code of}; NaN if nobody can tell
 * @param of how many this process may use
 */
public record Others(double used, int of) {
  /** What disturbs: a part of all processors, but no more than some of them. */
  private static final double MOST_SHARE = 0.1;

  private static final double MOST = 0.5;

  /** Of so many processors, how many others may use without being in the way. */
  public static double allowed(int of) {
    return Math.min(MOST, MOST_SHARE * of);
  }

  /** Could anybody tell? */
  public boolean known() {
    return !Double.isNaN(used);
  }

  /** Are they in the way? Not that anybody knows, if nobody can tell. */
  public boolean disturb() {
    return used > allowed(of);
  }

  /** The one that says of more; of one that is unknown, the other. */
  public Others orMore(Others other) {
    return !known() || other.used > used ? other : this;
  }

  /** As people read it: {@code 1.25 of 2 processors}. */
  public String describe() {
    String what = " of " + of + (of == 1 ? " processor" : " processors");
    return known() ? String.format(Locale.ROOT, "%.2f", used) + what : "an unknown part" + what;
  }
}
