package dev.waggle.simulator.run;

/** Hears how far a run has come, a few times a second. */
@FunctionalInterface
public interface Progress {
  Progress NONE = (done, virtualNanos, events) -> {};

  /**
   * Tells.
   *
   * @param done from 0 to 1, by virtual time
   */
  void report(double done, long virtualNanos, long events);
}
