package dev.waggle.cli.line;

/**
 * One direction of a line, which several connections may share: says when bytes arrive. Times are
 * those of {@link System#nanoTime}. Safe from any thread.
 */
final class Line {
  private final LineShape shape;

  /** When the last of the bytes so far has left. */
  private long freeNanos;

  Line(LineShape shape, long nowNanos) {
    this.shape = shape;
    this.freeNanos = nowNanos;
  }

  /** From when on the queue before the line takes more. */
  synchronized long openNanos() {
    return freeNanos - shape.queueNanos();
  }

  /**
   * Sends bytes, behind those that were sent before.
   *
   * @return when the last of them arrives
   */
  synchronized long send(int bytes, long nowNanos) {
    long beginNanos = freeNanos - nowNanos > 0 ? freeNanos : nowNanos;
    freeNanos = beginNanos + shape.nanosFor(bytes);
    return freeNanos + shape.latencyNanos();
  }
}
