package dev.waggle.nio;

import java.util.ArrayList;
import java.util.List;

/**
 * What an event loop has been asked to do: tasks in the order in which they came, from any thread.
 *
 * <p>Threads add to one batch while the loop runs another; the loop swaps them. So the lock is held
 * for a few instructions only, nothing is allocated once the batches have grown, and tasks that
 * come while a batch runs, from its own tasks for instance, wait for the next turn, when channels
 * have had theirs.
 *
 * <p>The loop announces that it will sleep; the first task that comes then wakes it, and no other.
 */
final class TaskQueue {
  /** Runs tasks in its own way. Must not throw. */
  interface Runner {
    void run(Runnable task);
  }

  /**
   * Tasks that may wait. Whoever is so far ahead of the loop does not keep pace with it, and the
   * references alone take 8 MiB.
   */
  static final int MAX_WAITING = 1 << 20;

  private final Runnable wakeup;

  // Guarded by this.
  private Batch waiting = new Batch();
  private boolean sleeping;
  private boolean closed;

  /** The loop's. */
  private Batch running = new Batch();

  TaskQueue(Runnable wakeup) {
    this.wakeup = wakeup;
  }

  /** Adds a task unless too many wait. False if they do, or if the queue is closed. */
  boolean offer(Runner runner, Runnable task) {
    return add(runner, task, MAX_WAITING);
  }

  /** Adds a task of a kind that exists once for each connection. False if the queue is closed. */
  boolean add(Runner runner, Runnable task) {
    return add(runner, task, Integer.MAX_VALUE);
  }

  private boolean add(Runner runner, Runnable task, int limit) {
    boolean wake;
    synchronized (this) {
      if (closed || waiting.size() >= limit) {
        return false;
      }
      waiting.add(runner, task);
      wake = sleeping;
      sleeping = false;
    }
    if (wake) {
      wakeup.run();
    }
    return true;
  }

  /** Announces that the loop will sleep. False if it must not, since a task waits. */
  synchronized boolean sleep() {
    sleeping = waiting.size() == 0 && running.size() == 0;
    return sleeping;
  }

  /** Runs what waits; the loop is awake. Returns the number of tasks. */
  int runWaiting() {
    synchronized (this) {
      sleeping = false;
      if (running.size() == 0) {
        Batch done = running;
        running = waiting;
        waiting = done;
      }
    }
    return running.run();
  }

  /** Takes no more tasks. */
  synchronized void close() {
    closed = true;
  }

  /** Tasks in two lists side by side, so that no object need be made to hold a pair. */
  private static final class Batch {
    private final List<Runner> runners = new ArrayList<>();
    private final List<Runnable> tasks = new ArrayList<>();
    private int next;

    void add(Runner runner, Runnable task) {
      runners.add(runner);
      tasks.add(task);
    }

    int size() {
      return tasks.size() - next;
    }

    /** Should a runner throw all the same, the next call goes on behind its task. */
    int run() {
      int count = size();
      while (next < tasks.size()) {
        Runner runner = runners.get(next);
        Runnable task = tasks.get(next++);
        runner.run(task);
      }
      runners.clear();
      tasks.clear();
      next = 0;
      return count;
    }
  }
}
