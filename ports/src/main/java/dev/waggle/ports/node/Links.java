package dev.waggle.ports.node;

import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.WireMessage;

/**
 * The links of a node, as its decisions see them. Called by the node's one thread; nothing blocks,
 * and nothing answers inside the call: what follows arrives later as an event.
 */
public interface Links {
  /** What {@link #blockedSinceNanos} answers of a link that moves. */
  long NOT_BLOCKED = Long.MIN_VALUE;

  /**
   * Connects and shakes hands. Exactly one event follows: a link established to this address, or
   * the dial failed.
   */
  void dial(PeerAddress address, DialWay way);

  /**
   * Queues {@code message} on a link.
   *
   * @return false if the link is gone or its queue is full; the message is dropped then
   */
  boolean send(LinkId link, WireMessage message);

  /**
   * Since when the peer has taken nothing of what waits for it, in the nanoseconds of the clock
   * that drives the node; {@link #NOT_BLOCKED} if nothing waits, if it takes something, or if the
   * link is gone.
   */
  long blockedSinceNanos(LinkId link);

  /**
   * Whether so little waits on this link, and so much memory is free, that another large message
   * may be looked up for it. If not, the link-drained event follows when it is so, unless the link
   * is gone.
   */
  boolean takesMore(LinkId link);

  /** Sends what is queued, then closes. The link-closed event follows. Idempotent. */
  void close(LinkId link, CloseReason why);

  /**
   * When the peer last gave a sign of life: bytes of any kind (PROTOCOL §9.2), in the nanoseconds
   * of the clock that drives the node. For a link that is gone, {@link Long#MIN_VALUE}.
   */
  long lastHeardNanos(LinkId link);
}
