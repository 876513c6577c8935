package dev.waggle.app.runtime;

import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The few threads that do lattice arithmetic, so that signing never delays an established link and
 * a flood of handshakes takes no more than these. What we have dialled goes before what strangers
 * have. Safe from any thread.
 */
final class HandshakePool implements AutoCloseable {
  /** Whose handshakes there are; whose work waits goes in this order. */
  enum Lane {
    /** Those that we have dialled: few, and with peers whom we have chosen. */
    OURS,
    /** Those that anybody has begun with us. */
    THEIRS
  }

  /**
   * Computations of one lane that may wait. At about half a millisecond each this is a quarter of a
   * second of work: more would only be late.
   */
  static final int MAX_WAITING = 512;

  private static final Logger log = LoggerFactory.getLogger(HandshakePool.class);

  private final ThreadPoolExecutor executor;
  private final Consumer<Error> onError;
  private final AtomicInteger oursWaiting = new AtomicInteger();
  private final AtomicInteger theirsWaiting = new AtomicInteger();
  private final AtomicLong submitted = new AtomicLong();

  /**
   * A pool of {@code threads}, begun when there is work.
   *
   * @param onError hears, on a thread of the pool, of an {@link Error} that work has ended in
   */
  HandshakePool(int threads, Consumer<Error> onError) {
    this.onError = onError;
    this.executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            10,
            TimeUnit.SECONDS,
            new PriorityBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("waggle-handshake-", 0).factory());
    executor.allowCoreThreadTimeOut(true);
  }

  /** Work in its place in the queue: by lane, then in the order of submission. */
  private final class Queued implements Runnable, Comparable<Queued> {
    private final PooledWork work;
    private final Lane lane;
    private final long number = submitted.getAndIncrement();

    Queued(PooledWork work, Lane lane) {
      this.work = work;
      this.lane = lane;
    }

    @Override
    public void run() {
      waiting(lane).decrementAndGet();
      try {
        work.compute();
      } catch (RuntimeException e) {
        log.error("a handshake's work failed, and its connection is closed", e);
      } catch (Error e) {
        onError.accept(e);
      }
    }

    @Override
    public int compareTo(Queued other) {
      int byLane = lane.compareTo(other.lane);
      return byLane != 0 ? byLane : Long.compare(number, other.number);
    }
  }

  /**
   * Has {@code work} computed on a thread of the pool.
   *
   * @return false if too much of its lane waits already, or the pool is closed; the caller gives
   *     the work up then
   */
  boolean submit(Lane lane, PooledWork work) {
    AtomicInteger waitingHere = waiting(lane);
    if (waitingHere.incrementAndGet() > MAX_WAITING) {
      waitingHere.decrementAndGet();
      return false;
    }
    try {
      executor.execute(new Queued(work, lane));
      return true;
    } catch (RejectedExecutionException closed) {
      waitingHere.decrementAndGet();
      return false;
    }
  }

  private AtomicInteger waiting(Lane lane) {
    return switch (lane) {
      case OURS -> oursWaiting;
      case THEIRS -> theirsWaiting;
    };
  }

  /** Gives up all that waits; what is being computed ends by itself. */
  @Override
  public void close() {
    for (Runnable waits : executor.shutdownNow()) {
      ((Queued) waits).work.giveUp();
    }
  }
}
