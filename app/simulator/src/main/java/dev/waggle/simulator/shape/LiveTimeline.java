package dev.waggle.simulator.shape;

import dev.waggle.simulator.engine.EventQueue;
import dev.waggle.simulator.engine.Timeline;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real time, and the lock of all that goes by it.
 *
 * <p>Who enters first lets everything happen that is due; a thread enters whenever the next thing
 * is. Each event sees the time for which it was asked, however late it is in fact: so what follows
 * from it is not late as well, and delays do not add up. What happens must not block.
 *
 * <p>An event that throws ends nothing but itself; an {@link Error} is told by {@link #failure}.
 */
final class LiveTimeline implements Timeline {
  private static final Logger log = LoggerFactory.getLogger(LiveTimeline.class);

  private static final String THREAD_NAME = "waggle-shape";

  /** The thread looks at the clock, and waits for nothing. */
  private static final long NOT_WAITING = Long.MIN_VALUE;

  private final LongSupplier clock;
  private final long originNanos;
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition earlier = lock.newCondition();

  // Guarded by the lock.
  private final EventQueue queue = new EventQueue();
  private long awaitedNanos = NOT_WAITING;
  private int users;
  private @Nullable Thread thread;

  /**
   * A timeline that begins now.
   *
   * @param clock nanoseconds from anywhere, which never go back
   */
  LiveTimeline(LongSupplier clock) {
    this.clock = clock;
    this.originNanos = clock.getAsLong();
  }

  /** Takes the lock; everything that is due has happened then. Not to be nested. */
  void enter() {
    lock.lock();
    letHappen();
  }

  /** Gives the lock back. */
  void leave() {
    if (queue.nextNanos() < awaitedNanos) {
      earlier.signal();
    }
    lock.unlock();
  }

  Condition condition() {
    return lock.newCondition();
  }

  private void letHappen() {
    long untilNanos = clock.getAsLong() - originNanos;
    boolean more = true;
    while (more) {
      try {
        queue.run(untilNanos);
        more = false;
      } catch (Throwable thrown) {
        caught(thrown);
      }
    }
  }

  private void caught(Throwable thrown) {
    log.error("in the shaped network", thrown);
    if (thrown instanceof Error) {
      failure.complete(thrown);
    }
  }

  /** The time of what happens now, or when the lock was taken. For who holds the lock. */
  @Override
  public long nowNanos() {
    return queue.nowNanos();
  }

  /** For who holds the lock. */
  @Override
  public void at(long nanos, Runnable action) {
    queue.at(nanos, action);
  }

  /** Completes with the first {@link Error} of an event. */
  CompletionStage<Throwable> failure() {
    return failure.minimalCompletionStage();
  }

  // ---- the thread

  /** Lets things happen by themselves, until {@link #release} was called as often as this. */
  void acquire() {
    lock.lock();
    try {
      if (users++ == 0) {
        thread = Thread.ofPlatform().name(THREAD_NAME).daemon().start(this::run);
      }
    } finally {
      lock.unlock();
    }
  }

  void release() {
    lock.lock();
    try {
      if (--users == 0) {
        thread = null;
        earlier.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    lock.lock();
    try {
      while (thread == Thread.currentThread()) {
        letHappen();
        awaitedNanos = queue.nextNanos();
        long leftNanos = awaitedNanos - (clock.getAsLong() - originNanos);
        if (leftNanos > 0) {
          earlier.awaitNanos(leftNanos); // Centuries, if nothing is to come.
        }
        awaitedNanos = NOT_WAITING;
      }
    } catch (Throwable thrown) {
      caught(thrown);
      failure.complete(thrown); // Nothing happens by itself any more.
    } finally {
      lock.unlock();
    }
  }
}
