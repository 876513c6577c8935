package dev.waggle.bench;

import dev.waggle.bench.link.Application;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Who has sent a ping, and waits for its answer: one thread, one ping at a time.
 *
 * <p>It parks meanwhile, as the threads of an application do; the wakeup counts.
 */
final class RoundTrips implements Application {
  /** An answer that takes so long never comes, and a score would be a lie. */
  private static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(20);

  private volatile long answered;
  private volatile @Nullable Thread waiting;
  private volatile @Nullable String failure;

  /** Waits until the ping with this nonce is answered; not 0. */
  void await(long nonce) {
    long deadlineNanos = System.nanoTime() + LOST_NANOS;
    waiting = Thread.currentThread();
    while (answered != nonce) {
      if (failure != null || System.nanoTime() - deadlineNanos >= 0) {
        throw new IllegalStateException(failure != null ? failure : "no answer");
      }
      LockSupport.parkNanos(this, LOST_NANOS);
    }
    waiting = null;
  }

  @Override
  public void answered(long nonce) {
    answered = nonce;
    LockSupport.unpark(waiting); // does nothing for null
  }

  @Override
  public void arrived(byte[] array, int offset, int length) {
    fail("a message that nobody has sent");
  }

  @Override
  public void fail(String why) {
    failure = why;
    LockSupport.unpark(waiting);
  }
}
