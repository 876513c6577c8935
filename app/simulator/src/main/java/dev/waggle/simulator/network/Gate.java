package dev.waggle.simulator.network;

/**
 * One direction of a host's line, shared by all of its flows, as by fair queueing that favours
 * sparse flows (RFC 8290).
 *
 * <p>A flow is given the line for a quantum at a time, behind all that was given before, and asks
 * again when that is served. So flows take turns, and one that another gate or its window keeps
 * from asking leaves its turns to the others: the rates come out max-min fair (Bertsekas and
 * Gallager, 1987), without anybody computing them. A few packets of a flow that has nothing else
 * under way do not wait for turns, but take their time out of them.
 */
final class Gate {
  /** Bytes of a turn: what flows under way differ by at most. */
  static final int QUANTUM_BYTES = 64 * 1024;

  /** So few bytes do not wait for turns. */
  static final int SPARSE_BYTES = 4 * 1024;

  private double nanosPerByte;
  private long freeNanos;
  private long freeOfSparseNanos;

  /**
   * A gate that is free.
   *
   * @param bytesPerSecond 0 for no limit
   */
  Gate(long bytesPerSecond) {
    this.nanosPerByte = nanosPerByte(bytesPerSecond);
  }

  private static double nanosPerByte(long bytesPerSecond) {
    return bytesPerSecond == 0 ? 0 : 1e9 / bytesPerSecond;
  }

  /** Serves what comes from now on so fast; 0 for no limit. */
  void bytesPerSecond(long rate) {
    nanosPerByte = nanosPerByte(rate);
  }

  double nanosPerByte() {
    return nanosPerByte;
  }

  /**
   * Gives the line to a flow, now or when it is free.
   *
   * @param bytes up to a quantum
   * @param fromNanos when the first of them is there; may have passed
   * @param alone whether the flow has nothing else under way here
   * @return when the last of them has passed
   */
  long serve(int bytes, long fromNanos, boolean alone) {
    long duration = (long) (bytes * nanosPerByte);
    if (alone && bytes <= SPARSE_BYTES) {
      long begin = Math.max(freeOfSparseNanos, fromNanos);
      freeOfSparseNanos = begin + duration;
      freeNanos = Math.max(freeNanos + duration, freeOfSparseNanos);
      return freeOfSparseNanos;
    }
    long begin = Math.max(freeNanos, fromNanos);
    freeNanos = begin + duration;
    return freeNanos;
  }
}
