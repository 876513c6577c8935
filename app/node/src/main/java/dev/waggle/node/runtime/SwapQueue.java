package dev.waggle.node.runtime;

import java.util.ArrayDeque;

/**
 * Two queues that take turns: one thread fills the one while another empties the other, and they
 * meet only to swap. So a busy link pays for the lock once a batch. The caller has the lock.
 */
final class SwapQueue<T> {
  /** A larger batch makes the queue grow beyond what an idle link should hold: 2 KiB. */
  static final int SMALL_BATCH = 256;

  /** So many small batches in a row mean that a link is quiet: two minutes of heartbeats. */
  static final int QUIET_BATCHES = 16;

  private ArrayDeque<T> filling = new ArrayDeque<>();
  private ArrayDeque<T> emptying = new ArrayDeque<>();
  private boolean grown;
  private int smallBatches;

  void add(T item) {
    filling.add(item);
  }

  boolean isEmpty() {
    return filling.isEmpty();
  }

  /** Takes everything that waits; the last batch must be empty, or is lost. */
  ArrayDeque<T> swap() {
    ArrayDeque<T> batch = filling;
    filling = emptying;
    emptying = batch;
    giveBackWhenQuiet(batch.size());
    return batch;
  }

  /** A burst has made the queue large; on a link that is quiet since, that room is given back. */
  private void giveBackWhenQuiet(int batchSize) {
    if (batchSize > SMALL_BATCH) {
      grown = true;
      smallBatches = 0;
    } else if (grown && ++smallBatches >= QUIET_BATCHES) {
      filling = new ArrayDeque<>();
      // The caller still has the other one, whose turn is at the next batch.
      grown = smallBatches == QUIET_BATCHES;
    }
  }

  void clear() {
    filling.clear();
  }
}
