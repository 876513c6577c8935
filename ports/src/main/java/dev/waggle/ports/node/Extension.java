package dev.waggle.ports.node;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.WireMessage;

/**
 * What nodes with the same feature say to each other beside gossip (PROTOCOL §7.4): the place for
 * experiments that need messages of their own. It is in force on links to peers that have it too.
 *
 * <p>Called by the node's one thread, but for {@link #feature} and {@link #started}; must not
 * block.
 */
public interface Extension {
  /**
   * The id that peers know it by, 1 to {@link WireMessage#MAX_FEATURE}; always the same. That of an
   * experiment is 0xFF00 or more.
   */
  int feature();

  /**
   * The node is about to start: the first call. Where this throws, the node does not start.
   *
   * @param sender to send with from now on
   */
  default void started(Sender sender) {}

  /** A link is established on which the feature is in force. */
  default void linked(LinkId link, PeerInfo peer) {}

  /**
   * A message has arrived.
   *
   * @param body hostile bytes, at most {@link WireMessage#MAX_EXTENSION_BYTES}
   */
  void received(LinkId link, Bytes body);

  /** A link that was reported is gone. */
  default void unlinked(LinkId link) {}

  /** Sends for one extension. In a running node safe from any thread; never blocks. */
  @FunctionalInterface
  interface Sender {
    /**
     * Queues a message.
     *
     * @param body at most {@link WireMessage#MAX_EXTENSION_BYTES}
     * @return false if it is dropped already: too much of this node's own waits, or the node is
     *     closed. A link that is lost, or whose queue is full, drops it later and in silence.
     */
    boolean send(LinkId link, Bytes body);
  }
}
