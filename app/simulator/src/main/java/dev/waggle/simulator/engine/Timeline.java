package dev.waggle.simulator.engine;

/**
 * A clock and what shall happen by it: virtual in the simulator, real where the same network model
 * delays the bytes of real nodes. Nanoseconds from an origin of its own; never goes back.
 */
public interface Timeline {
  long nowNanos();

  /** Runs {@code action} at that time, or at once after what is due before it. */
  void at(long nanos, Runnable action);

  default void after(long delayNanos, Runnable action) {
    at(nowNanos() + delayNanos, action);
  }
}
