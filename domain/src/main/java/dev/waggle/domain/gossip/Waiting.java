package dev.waggle.domain.gossip;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.wire.MessageId;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A message, or what is left of it, and what it waits for: another message, or its time. */
final class Waiting {
  /** What an entry costs beyond its payload. */
  private static final long OVERHEAD_BYTES = 512;

  private final MessageId id;
  private final @Nullable MessageId missing;
  private final long dueNanos;
  private final Neighbour from;
  private final Set<Neighbour> holders = LinkedHashSet.newLinkedHashSet(1);
  private @Nullable Delivery delivery;

  private Waiting(Delivery delivery, Neighbour from, @Nullable MessageId missing, long dueNanos) {
    this.id = delivery.id();
    this.delivery = delivery;
    this.from = from;
    this.missing = missing;
    this.dueNanos = dueNanos;
    holders.add(from);
  }

  /**
   * A message that is about to wait for another one.
   *
   * @param from who sent it, and is to blame for it
   */
  static Waiting forMessage(Delivery delivery, Neighbour from, MessageId missing) {
    return new Waiting(delivery, from, missing, 0);
  }

  /** A message that is about to wait for a time. */
  static Waiting until(long dueNanos, Delivery delivery, Neighbour from) {
    return new Waiting(delivery, from, null, dueNanos);
  }

  MessageId id() {
    return id;
  }

  /** What it waits for, or null if that is a time. */
  @Nullable MessageId missing() {
    return missing;
  }

  /** When it is to be judged again, if it waits for a time. */
  long dueNanos() {
    return dueNanos;
  }

  Neighbour from() {
    return from;
  }

  /** Peers that have the message, the sender included. The waiting room changes it. */
  Set<Neighbour> holders() {
    return holders;
  }

  /** The message, and what was found out about it; or null if only its id was kept. */
  @Nullable Delivery delivery() {
    return delivery;
  }

  void strip() {
    delivery = null;
  }

  long bytes() {
    return delivery == null
        ? 0
        : OVERHEAD_BYTES
            + delivery.message().payload().length()
            + delivery.examination().heldBytes();
  }
}
