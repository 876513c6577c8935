package dev.waggle.node.runtime;

import dev.waggle.domain.lane.Lane;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one source has for the node thread, in two lanes. Guarded by the {@link Mailbox} that it
 * belongs to, except for the batch that the node thread has in hand.
 */
final class Inbox {
  /** One lane: what arrives, and what the node thread has begun with. */
  static final class Queue {
    private final Inbox inbox;
    @Nullable Batch arriving;
    @Nullable Batch inHand;

    /** Whether it stands in line for a turn, has one, or is held back. */
    boolean inLine;

    private Queue(Inbox inbox) {
      this.inbox = inbox;
    }

    Inbox inbox() {
      return inbox;
    }

    /** The batch that the node thread has begun with: in a turn there is one. */
    Batch inHand() {
      return Objects.requireNonNull(inHand, "not its turn");
    }

    boolean isEmpty() {
      return arriving == null && inHand == null;
    }

    /** The next message; there is one. */
    Incoming head() {
      return Objects.requireNonNull(inHand == null ? arriving : inHand).peek(0);
    }

    void takeInHand() {
      if (inHand == null) {
        inHand = arriving;
        arriving = null;
      }
    }
  }

  /** Null for what is published on this node. */
  private final @Nullable MessageSource source;

  private final Queue express = new Queue(this);
  private final Queue bulk = new Queue(this);

  /** What all that waits weighs. */
  long bytes;

  /** What it holds, beyond that, of the memory that all links share. */
  long sharedBytes;

  /** Whether the source was told to stop. */
  boolean paused;

  /** What to say when all is handled: that there will be no more. */
  NodeEvent.@Nullable Closed last;

  Inbox(@Nullable MessageSource source) {
    this.source = source;
  }

  @Nullable MessageSource source() {
    return source;
  }

  Queue queue(Lane lane) {
    return switch (lane) {
      case EXPRESS -> express;
      case BULK -> bulk;
    };
  }

  boolean isEmpty() {
    return express.isEmpty() && bulk.isEmpty();
  }
}
