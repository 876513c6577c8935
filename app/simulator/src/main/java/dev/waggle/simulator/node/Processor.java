package dev.waggle.simulator.node;

import dev.waggle.simulator.engine.Timeline;
import java.util.ArrayDeque;

/**
 * A node's processor: what it is given is done one after the other, and takes time. What keeps
 * links and chains alive is done first (PROTOCOL §7.3).
 */
final class Processor {
  private final Timeline timeline;
  private final ArrayDeque<Runnable> express = new ArrayDeque<>(2);
  private final ArrayDeque<Runnable> bulk = new ArrayDeque<>(2);
  private final Runnable whenFree = this::whenFree;
  private double slowness;
  private long busyUntilNanos;
  private long stalledUntilNanos;
  private boolean awaited;
  private boolean inside;

  /**
   * An idle processor.
   *
   * @param slowness by which costs are multiplied
   */
  Processor(Timeline timeline, double slowness) {
    this.timeline = timeline;
    this.slowness = slowness;
  }

  /** When what was charged until now is done. */
  long readyNanos() {
    return Math.max(busyUntilNanos, timeline.nowNanos());
  }

  /** Charges work that is done now. */
  void charge(long nanos) {
    busyUntilNanos = readyNanos() + (long) (nanos * slowness);
  }

  /** Multiplies costs by this from now on. */
  void slowness(double factor) {
    slowness = factor;
  }

  /** Stops for a while from now, as for a collection of garbage; work under way waits so long. */
  void stall(long nanos) {
    long now = timeline.nowNanos();
    long stopped = Math.max(stalledUntilNanos, now);
    stalledUntilNanos = Math.max(stopped, now + nanos);
    busyUntilNanos = readyNanos() + stalledUntilNanos - stopped;
  }

  /** Has {@code work} done as soon as the processor is free: now, if it is. */
  void submit(Runnable work, boolean isExpress) {
    (isExpress ? express : bulk).add(work);
    if (!inside) {
      goOn();
    }
  }

  /** Lets what is submitted wait until {@link #release}: a callback is under way. */
  void hold() {
    inside = true;
  }

  void release() {
    inside = false;
    goOn();
  }

  private void whenFree() {
    awaited = false;
    goOn();
  }

  private void goOn() {
    inside = true;
    try {
      while (isFree()) {
        Runnable next = express.isEmpty() ? bulk.poll() : express.poll();
        if (next == null) {
          return;
        }
        next.run();
      }
    } finally {
      inside = false;
    }
    if (!awaited && waiting() > 0) {
      awaited = true;
      timeline.at(busyUntilNanos, whenFree);
    }
  }

  private boolean isFree() {
    return busyUntilNanos <= timeline.nowNanos();
  }

  /** Things that wait. */
  int waiting() {
    return express.size() + bulk.size();
  }

  /** Forgets everything: the program has ended. */
  void clear() {
    express.clear();
    bulk.clear();
    busyUntilNanos = 0;
    stalledUntilNanos = 0;
  }
}
