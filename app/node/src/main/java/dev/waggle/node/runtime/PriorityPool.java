package dev.waggle.node.runtime;

import java.util.List;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A few threads, begun when there is work, that do it by lane and then in the order in which it
 * came. Unbounded: whoever gives work sees to it that not too much waits. Safe from any thread.
 *
 * @param <L> whose constants stand in the order of their urgency
 * @param <W> the work
 */
final class PriorityPool<L extends Enum<L>, W extends Runnable> implements AutoCloseable {
  private final ThreadPoolExecutor executor;
  private final Consumer<Throwable> onFailure;
  private final Consumer<W> dropped;
  private final AtomicLong submitted = new AtomicLong();

  /**
   * A pool without work.
   *
   * @param name of its threads, which are numbered
   * @param onFailure hears, on a thread of the pool, of what work has thrown
   * @param dropped hears of work that will not be done, when the pool is closed
   */
  PriorityPool(int threads, String name, Consumer<Throwable> onFailure, Consumer<W> dropped) {
    this.onFailure = onFailure;
    this.dropped = dropped;
    this.executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            10,
            TimeUnit.SECONDS,
            new PriorityBlockingQueue<>(),
            Thread.ofPlatform().daemon().name(name, 0).factory());
    executor.allowCoreThreadTimeOut(true);
  }

  /** Work in its place in the queue. */
  private final class Queued implements Runnable, Comparable<Queued> {
    private final L lane;
    private final W work;
    private final long number = submitted.getAndIncrement();

    Queued(L lane, W work) {
      this.lane = lane;
      this.work = work;
    }

    @Override
    public void run() {
      try {
        work.run();
      } catch (RuntimeException | Error e) {
        onFailure.accept(e);
      }
    }

    @Override
    public int compareTo(Queued other) {
      int byLane = lane.compareTo(other.lane);
      return byLane != 0 ? byLane : Long.compare(number, other.number);
    }
  }

  /** Has {@code work} done; false if the pool is closed. */
  boolean submit(L lane, W work) {
    try {
      executor.execute(new Queued(lane, work));
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }

  /** Drops all that waits; what is being done ends by itself. */
  @Override
  public void close() {
    List<Runnable> waiting = executor.shutdownNow();
    for (Runnable queued : waiting) {
      @SuppressWarnings("unchecked") // Nothing else is put into it.
      Queued mine = (Queued) queued;
      dropped.accept(mine.work);
    }
  }
}
