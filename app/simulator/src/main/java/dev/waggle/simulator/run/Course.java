package dev.waggle.simulator.run;

import java.util.Arrays;
import java.util.List;

/** How a figure went over a run: the most that it was in each of {@value #PARTS} equal parts. */
final class Course {
  static final int PARTS = 400;

  private final long lengthNanos;
  private final int[] most = new int[PARTS];
  private int part;
  private int figure;

  /** The figure is 0 at first. */
  Course(long lengthNanos) {
    this.lengthNanos = lengthNanos;
  }

  /**
   * What it is from now on.
   *
   * @param nowNanos never earlier than before
   */
  void turn(int next, long nowNanos) {
    advance((int) Math.min(PARTS - 1, nowNanos * PARTS / lengthNanos));
    figure = next;
    most[part] = Math.max(most[part], next);
  }

  private void advance(int to) {
    while (part < to) {
      part++;
      most[part] = figure;
    }
  }

  /** Of the whole run, which is over. */
  List<Integer> toEnd() {
    advance(PARTS - 1);
    return Arrays.stream(most).boxed().toList();
  }
}
