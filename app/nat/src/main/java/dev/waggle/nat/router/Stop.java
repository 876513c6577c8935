package dev.waggle.nat.router;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends, once and for good, what one thread waits for: its pause, or its socket, which is closed
 * under it. Safe from any thread.
 */
public final class Stop {
  private boolean stopped;
  private @Nullable Closeable guarded;

  /**
   * Has {@code socket} closed when it is time to stop, until {@link #release}; at once if it is.
   */
  public synchronized void guard(Closeable socket) throws IOException {
    if (stopped) {
      socket.close();
    } else {
      guarded = socket;
    }
  }

  public synchronized void release() {
    guarded = null;
  }

  public synchronized boolean isStopped() {
    return stopped;
  }

  /** Waits for so long, or until it is time to stop. */
  public synchronized void pause(long nanos) {
    long end = System.nanoTime() + nanos;
    long left = nanos;
    try {
      while (!stopped && left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = end - System.nanoTime();
      }
    } catch (InterruptedException e) {
      stopped = true; // Nobody has a reason to interrupt, except to end it.
    }
  }

  public synchronized void stop() {
    stopped = true;
    notifyAll();
    if (guarded != null) {
      try {
        guarded.close();
      } catch (IOException e) {
        // It is closed all the same.
      }
    }
  }
}
