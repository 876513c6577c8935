package dev.waggle.domain.neighbour;

import dev.waggle.domain.rates.Told;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;

/**
 * A peer at the other end of at least one link, as gossip sees it.
 *
 * <p>The same object as long as the peer stays connected, over whichever links; compared by
 * identity. After it has departed it may still be held: it then takes no messages.
 */
public interface Neighbour {
  PeerId id();

  /**
   * Queues {@code message} on the link in use.
   *
   * @return false if the peer has departed or its queue is full; the message is dropped then
   */
  boolean send(WireMessage message, long nowNanos);

  /** Whether there is a link to send on. */
  boolean isConnected();

  /** Whether a feature is in force on the link that messages are sent on (PROTOCOL §7.4). */
  boolean has(int feature);

  /** Whether we have dialled it, over one of its links at least. */
  boolean isOutbound();

  /**
   * Whether so little waits to be sent that another large message may be looked up for it. If not,
   * gossip is told when it does.
   */
  boolean takesMore();

  /**
   * How many of {@code count} the peer may tell unasked now (PROTOCOL §9.7). The others are to be
   * dropped: they are counted, and who goes on like this for long is blamed.
   */
  int allow(Told what, int count, long nowNanos);

  /** The peer has been sent so many of the messages that it asked for: they were none too many. */
  void served(int count);

  /** The peer was the first to bring a message that the application then accepted. */
  void broughtFirst(GossipMessage.Kind kind, long nowNanos);

  /** The peer has brought a message that was here already. */
  void broughtAgain();

  /** Lowers the peer's standing; at the bound its links are closed. */
  void blame(Offence offence, long nowNanos);
}
