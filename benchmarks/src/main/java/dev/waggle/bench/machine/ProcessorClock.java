package dev.waggle.bench.machine;

import org.jspecify.annotations.Nullable;

/** What a system counts of its processors' time. Owned by one thread. */
interface ProcessorClock {
  /**
   * Counts from any origin.
   *
   * @param nanos that have passed
   * @param othersNanos that others have kept processors busy, all processors together
   * @param processors how many were looked at
   */
  record Reading(long nanos, long othersNanos, int processors) {
    /** How many processors others used since then. */
    double othersSince(Reading earlier) {
      return (double) (othersNanos - earlier.othersNanos) / Math.max(1, nanos - earlier.nanos);
    }
  }

  /** What it counts now; null if it does not tell. */
  @Nullable Reading read();

  /** Does it count child processes as own, once they have ended? */
  boolean knowsChildren();

  /** The best that there is here. */
  static ProcessorClock ofThisMachine() {
    ProcessorClock linux = new LinuxClock();
    return linux.read() == null ? new PortableClock() : linux;
  }
}
