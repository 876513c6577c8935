package dev.waggle.simulator.node;

import dev.waggle.domain.lane.Lane;
import dev.waggle.domain.memory.FairShares;
import dev.waggle.domain.memory.MessageWeight;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sealed for one link, in two lanes: a little on every link, more if the memory
 * that all links share allows it, and some heartbeats in any case. As the queue of a real node, but
 * for its threads.
 */
final class Outgoing {
  private static final int MAX_HEARTBEATS = 64;
  private static final long DRAINED_BYTES = 64 * 1024;

  private final FairShares shares;
  private final FairShares.Account account;
  private final long unaskedBytes;

  /** What waits, if that is one message: most links have no more, and need no queue. */
  private @Nullable WireMessage only;

  private @Nullable ArrayDeque<WireMessage> express;
  private @Nullable ArrayDeque<WireMessage> bulk;
  private long queuedBytes;
  private long takenBytes;
  private int count;
  private int heartbeats;
  private boolean closed;
  private boolean drainAwaited;

  Outgoing(FairShares shares, FairShares.Account account, long unaskedBytes) {
    this.shares = shares;
    this.account = account;
    this.unaskedBytes = unaskedBytes;
  }

  /** Appends a message if there is room for it. */
  boolean offer(WireMessage message, long nowNanos) {
    long bytes = MessageWeight.bytes(message);
    boolean heartbeat = isHeartbeat(message);
    if (closed || !(heartbeat ? heartbeats < MAX_HEARTBEATS : takeRoomFor(bytes, nowNanos))) {
      return false;
    }
    queuedBytes += bytes;
    heartbeats += heartbeat ? 1 : 0;
    if (count++ == 0) {
      only = message;
    } else {
      enqueueOnly();
      lane(Lane.of(message)).add(message);
    }
    return true;
  }

  private void enqueueOnly() {
    WireMessage first = only;
    if (first != null) {
      only = null;
      lane(Lane.of(first)).add(first);
    }
  }

  private static boolean isHeartbeat(WireMessage message) {
    return message instanceof WireMessage.Ping || message instanceof WireMessage.Pong;
  }

  private boolean takeRoomFor(long bytes, long nowNanos) {
    long missing = queuedBytes + bytes - unaskedBytes - takenBytes;
    if (missing > 0) {
      if (!shares.take(account, missing, nowNanos)) {
        return false;
      }
      takenBytes += missing;
    }
    return true;
  }

  private ArrayDeque<WireMessage> lane(Lane which) {
    return switch (which) {
      case EXPRESS -> {
        if (express == null) {
          express = new ArrayDeque<>(2);
        }
        yield express;
      }
      case BULK -> {
        if (bulk == null) {
          bulk = new ArrayDeque<>(4);
        }
        yield bulk;
      }
    };
  }

  /** The next message to seal, or null; it counts no more. */
  @Nullable WireMessage next(long nowNanos) {
    WireMessage next = poll();
    if (next != null) {
      count--;
      heartbeats -= isHeartbeat(next) ? 1 : 0;
      queuedBytes -= MessageWeight.bytes(next);
      long excess = takenBytes - Math.max(0, queuedBytes - unaskedBytes);
      if (excess > 0) {
        takenBytes -= excess;
        shares.giveBack(account, excess, nowNanos);
      }
    }
    return next;
  }

  private @Nullable WireMessage poll() {
    if (count == 0) {
      return null;
    }
    WireMessage first = only;
    only = null;
    if (first == null && express != null) {
      first = express.poll();
    }
    if (first == null && bulk != null) {
      first = bulk.poll();
    }
    return first;
  }

  /** Bytes that wait without having been asked for: a bound that holds for every link. */
  long unaskedQueuedBytes() {
    return queuedBytes - takenBytes;
  }

  /** Whether little waits; if not, {@link #hasDrained} will say once when it is so. */
  boolean awaitDrained() {
    drainAwaited = closed || queuedBytes >= DRAINED_BYTES;
    return !drainAwaited;
  }

  boolean hasDrained() {
    boolean drained = drainAwaited && !closed && queuedBytes < DRAINED_BYTES;
    drainAwaited &= !drained;
    return drained;
  }

  /** Takes nothing more. */
  void refuse() {
    closed = true;
  }

  void close() {
    closed = true;
    count = 0;
    only = null;
    express = null;
    bulk = null;
    queuedBytes = 0;
  }
}
