package dev.waggle.bench.machine;

/**
 * Measures how much of the processors others use: before a run, and during each measurement. Owned
 * by one thread.
 */
public interface OthersMeter {
  /**
   * Others, while nothing of the run runs. Takes 1.2 s; some seconds if they disturb, for what does
   * so only for a moment does not count.
   */
  Others atRest() throws InterruptedException;

  /** Begins a measurement. */
  Span begin();

  /** A measurement that is under way. */
  interface Span {
    /** Others in the meantime. Called when all processes that were started since have ended. */
    Others end() throws InterruptedException;
  }

  static OthersMeter ofThisMachine() {
    return new ClockMeter(
        ProcessorClock.ofThisMachine(),
        Runtime.getRuntime().availableProcessors(),
        Thread::sleep,
        Spinning::missing);
  }
}
