package dev.waggle.simulator.engine;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time: events in the order of their times, and those of one time in the order in which
 * they were asked for. So nothing depends on the machine, and a run can be repeated. Owned by one
 * thread.
 */
public final class EventQueue implements Timeline {
  /*
   * A heap in which each element has four children. It is half as deep as a binary one, and the
   * four children lie in one or two cache lines: a queue of a million events is spent most time in
   * waiting for memory.
   */
  private static final int CHILDREN = 4;

  private long[] times = new long[1024];
  private long[] numbers = new long[1024];
  private @Nullable Runnable[] actions = new Runnable[1024];
  private int size;
  private long nowNanos;
  private long nextNumber;
  private long handled;

  @Override
  public long nowNanos() {
    return nowNanos;
  }

  /** Events that have happened. */
  public long handled() {
    return handled;
  }

  /** Events that are still to come. */
  public int size() {
    return size;
  }

  @Override
  public void at(long nanos, Runnable action) {
    if (size == times.length) {
      grow();
    }
    long time = Math.max(nanos, nowNanos);
    long number = nextNumber++;
    int hole = size++;
    while (hole > 0) {
      int parent = (hole - 1) / CHILDREN;
      if (times[parent] <= time) {
        break; // Of one time, the parent was asked for earlier.
      }
      move(parent, hole);
      hole = parent;
    }
    put(hole, time, number, action);
  }

  private void grow() {
    int length = 2 * times.length;
    times = Arrays.copyOf(times, length);
    numbers = Arrays.copyOf(numbers, length);
    actions = Arrays.copyOf(actions, length);
  }

  private void move(int from, int to) {
    times[to] = times[from];
    numbers[to] = numbers[from];
    actions[to] = actions[from];
  }

  private void put(int at, long time, long number, @Nullable Runnable action) {
    times[at] = time;
    numbers[at] = number;
    actions[at] = action;
  }

  /** When the next event is; {@link Long#MAX_VALUE} if there is none. */
  public long nextNanos() {
    return size == 0 ? Long.MAX_VALUE : times[0];
  }

  /** Lets the next event happen, if there is one by {@code untilNanos}. */
  public boolean step(long untilNanos) {
    if (size == 0 || times[0] > untilNanos) {
      return false;
    }
    nowNanos = times[0];
    Runnable next = Objects.requireNonNull(actions[0]);
    removeFirst();
    handled++;
    next.run();
    return true;
  }

  /** Lets everything happen that does by {@code untilNanos}, and moves the clock there. */
  public void run(long untilNanos) {
    while (step(untilNanos)) {}
    nowNanos = Math.max(nowNanos, untilNanos);
  }

  private void removeFirst() {
    size--;
    long time = times[size];
    long number = numbers[size];
    Runnable action = actions[size];
    actions[size] = null;
    if (size == 0) {
      return;
    }
    int hole = 0;
    while (true) {
      int child = earliestChild(hole);
      if (child < 0 || isBefore(time, number, child)) {
        break;
      }
      move(child, hole);
      hole = child;
    }
    put(hole, time, number, action);
  }

  private int earliestChild(int parent) {
    int first = CHILDREN * parent + 1;
    if (first >= size) {
      return -1;
    }
    int earliest = first;
    int end = Math.min(first + CHILDREN, size);
    for (int child = first + 1; child < end; child++) {
      if (isBefore(times[child], numbers[child], earliest)) {
        earliest = child;
      }
    }
    return earliest;
  }

  private boolean isBefore(long time, long number, int other) {
    return time < times[other] || (time == times[other] && number < numbers[other]);
  }
}
