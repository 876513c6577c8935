package dev.waggle.nio;

import java.util.TreeSet;

/**
 * The deadlines of one event loop, the earliest first. Few wait at any time: one for each dial and
 * for each connection that is closing.
 *
 * <p>Time is an argument: nanoseconds of {@link System#nanoTime}, compared by difference. Belongs
 * to one thread.
 */
final class Timers {
  /** The longest delay, some 146 years: differences of two deadlines never overflow. */
  static final long MAX_DELAY_NANOS = Long.MAX_VALUE / 2;

  private final TreeSet<Timer> waiting = new TreeSet<>(Timers::compare);
  private long scheduled;

  /** An action that waits for its time. */
  final class Timer {
    private final long deadlineNanos;
    private final long number;
    private final Runnable action;

    private Timer(long deadlineNanos, long number, Runnable action) {
      this.deadlineNanos = deadlineNanos;
      this.number = number;
      this.action = action;
    }

    /** Without effect if the action has run. */
    void cancel() {
      waiting.remove(this);
    }
  }

  private static int compare(Timer one, Timer other) {
    int byDeadline = Long.signum(one.deadlineNanos - other.deadlineNanos);
    return byDeadline != 0 ? byDeadline : Long.compare(one.number, other.number);
  }

  /**
   * @param deadlineNanos not more than {@link #MAX_DELAY_NANOS} from now
   */
  Timer schedule(long deadlineNanos, Runnable action) {
    Timer timer = new Timer(deadlineNanos, scheduled++, action);
    waiting.add(timer);
    return timer;
  }

  /**
   * The time until the earliest deadline, zero or less if it is over, and without any, for ever.
   */
  long leftNanos(long nowNanos) {
    return waiting.isEmpty() ? Poller.FOREVER : waiting.first().deadlineNanos - nowNanos;
  }

  /** Runs the actions whose deadlines are over, and returns their number. */
  int runExpired(long nowNanos) {
    int count = 0;
    while (leftNanos(nowNanos) <= 0) {
      Timer timer = waiting.first();
      waiting.remove(timer);
      count++;
      timer.action.run();
    }
    return count;
  }
}
