package dev.waggle.domain.sync;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.wire.MessageId;
import org.jspecify.annotations.Nullable;

/** A block of a chain that is followed: who has told of it, who is asked for it, and it itself. */
final class SyncBlock {
  private final SyncChain chain;
  private final long number;
  private final MessageId id;
  private final Neighbour teller;
  private @Nullable Server asked;
  private long askedNanos;
  private @Nullable Delivery delivery;
  private @Nullable Neighbour sender;

  /**
   * A block that nobody is asked for yet.
   *
   * @param number its place in the chain
   * @param teller who has sent its header, and answers for it
   */
  SyncBlock(SyncChain chain, long number, MessageId id, Neighbour teller) {
    this.chain = chain;
    this.number = number;
    this.id = id;
    this.teller = teller;
  }

  SyncChain chain() {
    return chain;
  }

  long number() {
    return number;
  }

  MessageId id() {
    return id;
  }

  Neighbour teller() {
    return teller;
  }

  /** Who is asked for it, or null. */
  @Nullable Server asked() {
    return asked;
  }

  long askedNanos() {
    return askedNanos;
  }

  void ask(Server server, long nowNanos) {
    asked = server;
    askedNanos = nowNanos;
  }

  void askNobody() {
    asked = null;
  }

  boolean isMissing() {
    return asked == null && delivery == null;
  }

  @Nullable Delivery delivery() {
    return delivery;
  }

  /** Who has sent it; null as long as it is not here. */
  @Nullable Neighbour sender() {
    return sender;
  }

  void hold(Delivery here, Neighbour from) {
    delivery = here;
    sender = from;
  }

  /** There is no room for it. */
  void drop() {
    delivery = null;
    sender = null;
  }
}
