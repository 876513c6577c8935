package dev.waggle.app.runtime;

import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayDeque;

/**
 * What waits to be sealed for one link: bounded in bytes, filled by the node thread, emptied by the
 * link's I/O thread.
 *
 * <p>The two meet only to swap: a consumer takes everything that is there at once, so a busy link
 * pays for the lock once a batch and its messages share records.
 */
final class OutgoingQueue {
  /**
   * Bytes that may wait: four of the largest messages, or 100,000 small ones. A peer that stops
   * reading costs no more than that, and as much again that its I/O thread has taken; payloads are
   * shared by all links that they wait for.
   */
  static final long MAX_BYTES = 32 * 1024 * 1024;

  /** A link on which less waits is worth looking up another message for: it is about to be idle. */
  static final long LOW_BYTES = 64 * 1024;

  /** A larger batch makes the queue grow beyond what an idle link should hold: 2 KiB. */
  static final int SMALL_BATCH = 256;

  /** So many small batches in a row mean that a link is quiet: two minutes of heartbeats. */
  static final int QUIET_BATCHES = 16;

  private ArrayDeque<WireMessage> filling = new ArrayDeque<>();
  private ArrayDeque<WireMessage> emptying = new ArrayDeque<>();
  private long queuedBytes;
  private long takenBytes;
  private boolean drainAwaited;
  private boolean drainPending;
  private boolean closed;
  private boolean grown;
  private int smallBatches;

  /** What became of an offer. */
  enum Offer {
    /** Refused: the queue is full, or closed. */
    REFUSED,
    /** Taken; somebody has been told to drain already. */
    QUEUED,
    /** Taken; the caller must see to it that the link drains. */
    QUEUED_FIRST
  }

  /**
   * Appends {@code message}.
   *
   * @param bytes what it weighs; one message is always taken by an empty queue
   */
  synchronized Offer offer(WireMessage message, long bytes) {
    if (closed || (queuedBytes > 0 && queuedBytes + bytes > MAX_BYTES)) {
      return Offer.REFUSED;
    }
    filling.add(message);
    queuedBytes += bytes;
    if (drainPending) {
      return Offer.QUEUED;
    }
    drainPending = true;
    return Offer.QUEUED_FIRST;
  }

  /**
   * Takes everything that waits; called by the I/O thread when it has nothing of the last batch
   * left.
   *
   * @return the messages in order; empty means that the next offer is a {@code QUEUED_FIRST} again
   */
  synchronized ArrayDeque<WireMessage> takeAll() {
    ArrayDeque<WireMessage> batch = filling;
    filling = emptying;
    emptying = batch;
    takenBytes = queuedBytes;
    queuedBytes = 0;
    drainPending = !batch.isEmpty();
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

  /** Whether little waits here and in the batch that was taken last; if not, remembers that. */
  synchronized boolean takesMore() {
    boolean little = isLow();
    drainAwaited |= !little;
    return little;
  }

  /** Whether {@link #takesMore} would say so now, and has not when it was asked last. */
  synchronized boolean isDrained() {
    boolean drained = drainAwaited && isLow();
    drainAwaited &= !drained;
    return drained;
  }

  private boolean isLow() {
    return !closed && queuedBytes + takenBytes < LOW_BYTES;
  }

  /** Refuses every further offer; what is queued can still be taken. */
  synchronized void refuse() {
    closed = true;
  }

  /** Refuses every further offer, and drops what is queued. */
  synchronized void close() {
    closed = true;
    filling.clear();
    queuedBytes = 0;
  }
}
