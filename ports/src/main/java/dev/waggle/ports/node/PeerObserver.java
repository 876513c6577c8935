package dev.waggle.ports.node;

import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.nat.Mapping;
import org.jspecify.annotations.Nullable;

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

  /**
   * The node has found out whether others can dial it, or that this has changed.
   *
   * @param at where, if they can
   */
  default void reachabilityChanged(Reachability now, @Nullable IpEndpoint at) {}

  /** A router lets others through to the node; not said again when that is only renewed. */
  default void mapped(Mapping mapping) {}

  /** A router does not so any more. */
  default void mappingLost(Mapping mapping, String reason) {}

  /** No router does. Said when the reason changes. */
  default void mappingFailed(String reason) {}

  /**
   * There is a link with a peer that cannot be dialled, nor could it have dialled this node.
   *
   * @param tries how often both have dialled each other for it
   */
  default void punched(PeerInfo peer, int tries) {}

  /**
   * There is none, although one of the two has called the other.
   *
   * @param reason lower-case words, for example {@code no connection in 3 tries}
   */
  default void punchFailed(PeerId peer, String reason) {}
}
