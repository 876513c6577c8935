package dev.waggle.bench.workload;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a sender at most a window of messages ahead of the receiver, so that what a benchmark
 * counts as sent was received, but for one window an iteration.
 *
 * <p>The receiver acknowledges in bulk, eight times a window, past the link under test: neither the
 * bytes nor the wakeups of single acknowledgements are measured. {@link #awaitRoom} belongs to the
 * sending thread, {@link #received} to the receiving one.
 */
public final class Flow {
  /** Enough to keep queue, both sockets and the receiver busy; too little to fill any queue. */
  private static final int WINDOW_BYTES = 8 * 1024 * 1024;

  private static final int MIN_WINDOW = 16;

  /** Half of what a node's mailbox takes before it pauses its publishers. */
  private static final int MAX_WINDOW = 16 * 1024;

  private static final int BULKS_PER_WINDOW = 8;

  /** Without any progress for so long, something is lost, and a score would be a lie. */
  private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final int window;
  private final int bulk;

  // The sender's.
  private long sent;
  private long roomUntil;

  // The receiver's.
  private long received;

  private volatile long acknowledged;
  private volatile @Nullable Thread parked;
  private volatile @Nullable String failure;

  /** A window for messages of this length. */
  public Flow(int messageBytes) {
    this(messageBytes, WINDOW_BYTES);
  }

  /** A window of {@code windowBytes}, in messages of this length. */
  public Flow(int messageBytes, int windowBytes) {
    window = Math.clamp(windowBytes / Math.max(1, messageBytes), MIN_WINDOW, MAX_WINDOW);
    bulk = window / BULKS_PER_WINDOW;
    roomUntil = window;
  }

  /** Counts a message that is about to be sent; waits while the window is full. */
  public void awaitRoom() {
    if (sent == roomUntil) {
      park();
    }
    sent++;
  }

  private void park() {
    long deadlineNanos = System.nanoTime() + STALLED_NANOS;
    parked = Thread.currentThread();
    while (true) {
      roomUntil = acknowledged + window;
      if (sent < roomUntil) {
        parked = null;
        return;
      }
      if (failure != null || System.nanoTime() - deadlineNanos >= 0) {
        throw new IllegalStateException(failure != null ? failure : "nothing arrives any more");
      }
      LockSupport.parkNanos(this, STALLED_NANOS);
    }
  }

  /** Counts a message that has arrived. */
  public void received() {
    received++;
    if (received % bulk == 0) {
      acknowledged = received;
      LockSupport.unpark(parked); // does nothing for null
    }
  }

  /** The link is broken: the sender must not wait for it. */
  public void fail(String why) {
    failure = why;
    LockSupport.unpark(parked);
  }
}
