package dev.waggle.node.runtime;

import dev.waggle.domain.lane.Lane;
import dev.waggle.domain.memory.MessageWeight;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.wire.WireMessage;
import java.util.concurrent.CompletableFuture;

/** A message that waits for the node thread in an {@link Inbox}. */
sealed interface Incoming permits Prepared, Incoming.Other, Incoming.Own {
  Lane lane();

  /** What it weighs for its inbox while it waits: the same at all times. */
  long bytes();

  /** What it holds, beyond that, of the memory that all links share. */
  default long sharedBytes() {
    return 0;
  }

  /** A message of a peer about which there is nothing to be found out. */
  record Other(WireMessage message) implements Incoming {
    @Override
    public Lane lane() {
      return Lane.of(message);
    }

    @Override
    public long bytes() {
      return MessageWeight.bytes(message);
    }
  }

  /** What somebody on this node wants. */
  sealed interface Own extends Incoming {
    /** The node has closed before it came to this. */
    void abandon();
  }

  /** An extension sends on a link. */
  record Extended(LinkId link, WireMessage.Extension message) implements Own {
    @Override
    public Lane lane() {
      return Lane.of(message);
    }

    @Override
    public long bytes() {
      return MessageWeight.bytes(message);
    }

    @Override
    public void abandon() {}
  }

  /** Somebody publishes. */
  record Published(Delivery delivery, CompletableFuture<Verdict> verdict) implements Own {
    @Override
    public void abandon() {
      verdict.complete(new Verdict.Ignore("the node is closed"));
    }

    @Override
    public Lane lane() {
      return Lane.of(delivery.message());
    }

    @Override
    public long bytes() {
      return MessageWeight.bytes(delivery.message()) + delivery.examination().heldBytes();
    }
  }
}
