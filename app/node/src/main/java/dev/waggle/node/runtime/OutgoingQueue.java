package dev.waggle.node.runtime;

import dev.waggle.domain.lane.Lane;
import dev.waggle.domain.memory.MessageWeight;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sealed for one link, in two {@link Lane}s: filled by the node thread, emptied by
 * the link's I/O thread.
 *
 * <p>A little may wait on every link; beyond that, memory is taken from what all links share, until
 * a message is sealed. Heartbeats find room in any case, a bounded number of them: a link that has
 * much to send must not die of that.
 */
final class OutgoingQueue {
  /** Heartbeats that are taken whatever else waits. */
  static final int MAX_HEARTBEATS = 64;

  /** With less than that waiting, a link has drained. */
  static final long DRAINED_BYTES = 64 * 1024;

  private final SharedMemory.Share memory;
  private final long unaskedBytes;

  // Guarded by this.
  private final SwapQueue<WireMessage> expressArriving = new SwapQueue<>();
  private final SwapQueue<WireMessage> bulkArriving = new SwapQueue<>();
  private long queuedBytes;
  private long takenBytes;
  private int heartbeats;
  private boolean drainPending;
  private boolean closed;
  private boolean drainAwaited;

  // The I/O thread's.
  private ArrayDeque<WireMessage> express = new ArrayDeque<>();
  private ArrayDeque<WireMessage> bulk = new ArrayDeque<>();
  private long passedOnBytes;

  /** Lets the I/O thread see an urgent message without the lock. */
  private volatile boolean expressWaits;

  /** What became of an offer. */
  enum Offer {
    /** Refused: there is no room, or the queue is closed. */
    REFUSED,
    /** Taken; somebody has been told to drain already. */
    QUEUED,
    /** Taken; the caller must see to it that the link drains. */
    QUEUED_FIRST
  }

  /**
   * An empty queue.
   *
   * @param memory asked for what goes beyond {@code unaskedBytes}
   */
  OutgoingQueue(SharedMemory.Share memory, long unaskedBytes) {
    this.memory = memory;
    this.unaskedBytes = unaskedBytes;
  }

  /** Appends {@code message}, if there is room. */
  synchronized Offer offer(WireMessage message) {
    long bytes = MessageWeight.bytes(message);
    boolean heartbeat = message instanceof WireMessage.Ping || message instanceof WireMessage.Pong;
    if (closed || !(heartbeat ? heartbeats < MAX_HEARTBEATS : takeRoomFor(bytes))) {
      return Offer.REFUSED;
    }
    queuedBytes += bytes;
    heartbeats += heartbeat ? 1 : 0;
    switch (Lane.of(message)) {
      case EXPRESS -> {
        expressArriving.add(message);
        expressWaits = true;
      }
      case BULK -> bulkArriving.add(message);
    }
    if (drainPending) {
      return Offer.QUEUED;
    }
    drainPending = true;
    return Offer.QUEUED_FIRST;
  }

  private boolean takeRoomFor(long bytes) {
    long missing = queuedBytes + bytes - unaskedBytes - takenBytes;
    if (missing > 0) {
      if (!memory.take(missing)) {
        return false;
      }
      takenBytes += missing;
    }
    return true;
  }

  /**
   * The next message to seal; the one before it is sealed by now. Called by the I/O thread.
   *
   * @return null if nothing waits, which means that the next offer is a {@code QUEUED_FIRST} again
   */
  @Nullable WireMessage next() {
    if (expressWaits && express.isEmpty()) {
      takeExpress();
    }
    WireMessage next = express.isEmpty() ? bulk.poll() : express.poll();
    if (next == null) {
      next = takeMore();
    }
    if (next != null) {
      passedOnBytes += MessageWeight.bytes(next);
    }
    return next;
  }

  private synchronized void takeExpress() {
    express = expressArriving.swap();
    expressWaits = false;
    heartbeats = 0;
  }

  private synchronized @Nullable WireMessage takeMore() {
    settleSealed();
    bulk = bulkArriving.swap();
    drainPending = !bulk.isEmpty() || expressWaits;
    if (expressWaits) {
      takeExpress();
      return express.poll();
    }
    return bulk.poll();
  }

  /**
   * Gives back the room of what is sealed: all that was passed on. Called by the I/O thread.
   *
   * @return whether the link has drained, and somebody waits for that
   */
  synchronized boolean settle() {
    settleSealed();
    boolean drained = drainAwaited && hasDrained();
    drainAwaited &= !drained;
    return drained;
  }

  private void settleSealed() {
    queuedBytes -= passedOnBytes;
    passedOnBytes = 0;
    long excess = takenBytes - Math.max(0, queuedBytes - unaskedBytes);
    if (excess > 0 && !closed) {
      takenBytes -= excess;
      memory.giveBack(excess);
    }
  }

  /** Bytes that wait to be sealed. */
  synchronized long queuedBytes() {
    return queuedBytes;
  }

  /** Whether the link has drained; if not, {@link #settle} will say when it has. */
  synchronized boolean awaitDrained() {
    drainAwaited = !hasDrained();
    return !drainAwaited;
  }

  private boolean hasDrained() {
    return !closed && queuedBytes < DRAINED_BYTES;
  }

  /** Refuses every further offer; what is queued can still be taken. */
  synchronized void refuse() {
    closed = true;
  }

  /** Refuses every further offer, and drops what is queued. The link is gone, and its share too. */
  synchronized void close() {
    closed = true;
    expressArriving.clear();
    bulkArriving.clear();
    express.clear();
    bulk.clear();
  }
}
