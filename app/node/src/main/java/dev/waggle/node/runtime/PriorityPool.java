package dev.waggle.node.runtime;

import dev.waggle.domain.admission.FairTurns;
import dev.waggle.domain.admission.Party;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A few threads, begun when there is work, that do it by lane, and in a lane by the turns of those
 * who want it (PROTOCOL §9.8). Unbounded: whoever gives work sees to it that not too much waits.
 * Safe from any thread.
 *
 * @param <L> whose constants stand in the order of their urgency
 * @param <W> the work
 */
final class PriorityPool<L extends Enum<L>, W extends Runnable> implements AutoCloseable {
  private final ThreadPoolExecutor executor;
  private final Consumer<Throwable> onFailure;
  private final Consumer<W> dropped;
  private final AtomicLong submitted = new AtomicLong();

  // Guarded by this.
  private final Map<L, FairTurns<Party, W>> lanes = new LinkedHashMap<>();
  private boolean closed;

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

  /** One of the works of a lane, whichever is next when a thread comes to it. */
  private final class Next implements Runnable, Comparable<Next> {
    private final L lane;
    private final long number = submitted.getAndIncrement();

    Next(L lane) {
      this.lane = lane;
    }

    @Override
    public void run() {
      FairTurns<Party, W>.Turn turn = takeNext(lane);
      if (turn == null) {
        return; // The pool is closed.
      }
      long began = System.nanoTime();
      try {
        turn.work().run();
      } catch (RuntimeException | Error e) {
        onFailure.accept(e);
      } finally {
        took(turn, System.nanoTime() - began);
      }
    }

    @Override
    public int compareTo(Next other) {
      int byLane = lane.compareTo(other.lane);
      return byLane != 0 ? byLane : Long.compare(number, other.number);
    }
  }

  /**
   * Has {@code work} done; false if the pool is closed.
   *
   * @param party whose turn it takes, and whom the time is charged to that it takes
   */
  boolean submit(L lane, Party party, W work) {
    synchronized (this) {
      if (closed) {
        return false;
      }
      lanes.computeIfAbsent(lane, _ -> new FairTurns<>()).add(party, work);
    }
    try {
      executor.execute(new Next(lane));
      return true;
    } catch (RejectedExecutionException closedMeanwhile) {
      return false;
    }
  }

  private synchronized FairTurns<Party, W>.@Nullable Turn takeNext(L lane) {
    FairTurns<Party, W> turns = lanes.get(lane);
    return closed || turns == null ? null : turns.next();
  }

  private synchronized void took(FairTurns<Party, W>.Turn turn, long nanos) {
    turn.took(nanos);
  }

  /** Drops all that waits; what is being done ends by itself. */
  @Override
  public void close() {
    List<W> waiting = new ArrayList<>();
    synchronized (this) {
      closed = true;
      for (FairTurns<Party, W> turns : lanes.values()) {
        for (var turn = turns.next(); turn != null; turn = turns.next()) {
          waiting.add(turn.work());
        }
      }
    }
    executor.shutdownNow();
    waiting.forEach(dropped);
  }
}
