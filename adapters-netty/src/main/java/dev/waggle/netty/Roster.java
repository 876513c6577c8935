package dev.waggle.netty;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All that a transport has open: dials and connections, from their beginning until their {@code
 * onClosed} has returned. Safe from any thread.
 */
final class Roster {
  /** A dial or a connection. */
  interface Entry {
    /** Begins to close, for the transport is closing. Any thread; does not block. */
    void shutDown();
  }

  private final Set<Entry> entries = new HashSet<>();
  private boolean closing;
  private long closingEndsNanos;

  /** Adds {@code entry} in any case. False if the transport is closing, and so must the entry. */
  synchronized boolean add(Entry entry) {
    entries.add(entry);
    return !closing;
  }

  synchronized void remove(Entry entry) {
    entries.remove(entry);
    if (entries.isEmpty()) {
      notifyAll();
    }
  }

  synchronized boolean closing() {
    return closing;
  }

  /**
   * From now on nothing is added without being told to close.
   *
   * @param deadlineNanos of {@link System#nanoTime}: how long the caller would wait for the end
   * @return until when to wait: the first caller's deadline, for what hangs need not be awaited
   *     twice
   */
  synchronized long beginClosing(long deadlineNanos) {
    if (!closing) {
      closing = true;
      closingEndsNanos = deadlineNanos;
    }
    return closingEndsNanos;
  }

  void shutDownAll() {
    List<Entry> open;
    synchronized (this) {
      open = new ArrayList<>(entries);
    }
    open.forEach(Entry::shutDown);
  }

  /**
   * Waits until nothing is open, or {@code deadlineNanos} of {@link System#nanoTime} has come; an
   * interrupt does not shorten it, for loops that ended sooner would leave callbacks unmade.
   */
  synchronized void awaitEmpty(long deadlineNanos) {
    boolean interrupted = false;
    long leftMillis = leftMillis(deadlineNanos);
    while (!entries.isEmpty() && leftMillis > 0) {
      try {
        wait(leftMillis);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      leftMillis = leftMillis(deadlineNanos);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static long leftMillis(long deadlineNanos) {
    return (deadlineNanos - System.nanoTime()) / 1_000_000;
  }
}
