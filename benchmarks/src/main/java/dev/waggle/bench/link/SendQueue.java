package dev.waggle.bench.link;

import dev.waggle.bench.workload.Flow;
import java.util.ArrayDeque;

/**
 * Messages on their way from the benchmark's thread to the I/O thread that sends them.
 *
 * <p>Like the queue of a node's links, it swaps: the I/O thread takes all that waits at once, and
 * is told only when it had nothing. Both Waggle's links and the peers get their messages through
 * this, so that none of them pays for another hand-over than the others. {@link Flow} bounds it.
 */
final class SendQueue<M> {
  private ArrayDeque<M> filling = new ArrayDeque<>();
  private ArrayDeque<M> emptying = new ArrayDeque<>();
  private boolean drainPending;

  /** Returns true if the caller must see to it that the I/O thread drains. */
  synchronized boolean offer(M message) {
    filling.add(message);
    if (drainPending) {
      return false;
    }
    drainPending = true;
    return true;
  }

  /** Takes what waits; nothing means that the next offer asks for a drain again. */
  synchronized ArrayDeque<M> takeAll() {
    ArrayDeque<M> batch = filling;
    filling = emptying;
    emptying = batch;
    drainPending = !batch.isEmpty();
    return batch;
  }
}
