package dev.waggle.ports.testkit.transport;

import java.time.Duration;
import java.util.PriorityQueue;

/**
 * The one event loop of an in-memory network: tasks in the order of their time, then of their
 * coming. Tasks may be handed over by any thread.
 *
 * <p>Stepped, it has a clock of its own and runs only when a test says so, on the test's thread:
 * the same test gives the same order every time. Threaded, it runs on a daemon thread by the
 * system's clock, for tests that wait.
 */
final class InMemoryLoop {
  /** A task that waits for its time. */
  static final class Task implements Comparable<Task> {
    private final long atNanos;
    private final long number;
    private final Runnable code;

    private Task(long atNanos, long number, Runnable code) {
      this.atNanos = atNanos;
      this.number = number;
      this.code = code;
    }

    @Override
    public int compareTo(Task other) {
      int order = Long.compare(atNanos, other.atNanos);
      return order != 0 ? order : Long.compare(number, other.number);
    }
  }

  private final boolean threaded;
  private final long startNanos = System.nanoTime();

  // Guarded by this.
  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private long steppedNanos;
  private long numbers;
  private int users;
  private Thread thread;

  InMemoryLoop(boolean threaded) {
    this.threaded = threaded;
  }

  synchronized Task execute(Runnable code) {
    return schedule(0, code);
  }

  synchronized Task schedule(long delayNanos, Runnable code) {
    Task task = new Task(nowNanos() + delayNanos, numbers++, code);
    tasks.add(task);
    notifyAll();
    return task;
  }

  synchronized void cancel(Task task) {
    tasks.remove(task);
  }

  /** Nanoseconds since the beginning. */
  synchronized long nowNanos() {
    return threaded ? System.nanoTime() - startNanos : steppedNanos;
  }

  /** Runs all that is due, and all that becomes due by it. Stepped loops only. */
  void runDue() {
    for (Task task = pollDue(); task != null; task = pollDue()) {
      task.code.run();
    }
  }

  /** Lets time pass, task by task. Stepped loops only. */
  void advance(Duration time) {
    long endNanos = nowNanos() + time.toNanos();
    runDue();
    while (stepTo(endNanos)) {
      runDue();
    }
  }

  /** Sets the clock to the next task or to {@code endNanos}; false if that was the end. */
  private synchronized boolean stepTo(long endNanos) {
    Task next = tasks.peek();
    boolean step = next != null && next.atNanos <= endNanos;
    steppedNanos = step ? next.atNanos : endNanos;
    return step;
  }

  private synchronized Task pollDue() {
    Task next = tasks.peek();
    return next != null && next.atNanos <= nowNanos() ? tasks.poll() : null;
  }

  boolean isThreaded() {
    return threaded;
  }

  /** A transport wants this loop to run. */
  synchronized void acquire() {
    users++;
    if (threaded && thread == null) {
      thread = Thread.ofPlatform().name("waggle-memory-1").daemon().start(this::runForUsers);
    }
  }

  /** A transport has been closed; with the last, the thread ends. */
  void release() throws InterruptedException {
    Thread ending;
    synchronized (this) {
      users--;
      notifyAll();
      if (users > 0 || thread == null) {
        return;
      }
      ending = thread;
      thread = null;
    }
    ending.join(Duration.ofSeconds(5)); // unless a callback blocks it
  }

  private void runForUsers() {
    for (Task task = takeDue(); task != null; task = takeDue()) {
      task.code.run();
    }
  }

  /** Waits for a task whose time has come; null when nobody uses this loop any more. */
  private synchronized Task takeDue() {
    while (users > 0) {
      Task next = tasks.peek();
      long leftNanos = next == null ? Long.MAX_VALUE : next.atNanos - nowNanos();
      if (leftNanos <= 0) {
        return tasks.poll();
      }
      try {
        wait(Math.max(1, Math.min(leftNanos, 1_000_000_000L) / 1_000_000));
      } catch (InterruptedException e) {
        return null;
      }
    }
    return null;
  }
}
