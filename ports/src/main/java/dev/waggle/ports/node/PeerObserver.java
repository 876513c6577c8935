package dev.waggle.ports.node;

import dev.waggle.ports.PeerAddress;

/**
 * Hears what becomes of peers: for logs, events and metrics. Called by the node's one thread; must
 * not block, and cannot change what happens.
 */
public interface PeerObserver {
  /** Somebody who is not listening. */
  PeerObserver NONE = new PeerObserver() {};

  default void peerConnected(PeerInfo peer) {}

  /**
   * An established link ended.
   *
   * @param reason lower-case words, for example {@code goodbye: shutdown} or {@code reset}
   */
  default void peerDisconnected(PeerInfo peer, String reason) {}

  /**
   * A connection could not be made, or its handshake failed.
   *
   * @param retryInNanos when the address will be tried again; {@link Long#MAX_VALUE} for never
   */
  default void dialFailed(PeerAddress address, String reason, long retryInNanos) {}
}
