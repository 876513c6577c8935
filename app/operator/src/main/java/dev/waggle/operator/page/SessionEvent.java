package dev.waggle.operator.page;

import dev.waggle.chain.AcceptedBlock;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.wire.MessageId;
import org.jspecify.annotations.Nullable;

/** Something that a session tells of. SESSION.md says how it is written. */
sealed interface SessionEvent {
  /** The node that it happened to, by its number in the session. */
  int node();

  /** A node takes connections. */
  record NodeUp(int node, String name, PeerId peerId, Endpoint address) implements SessionEvent {}

  /** A node has ended, and its links with it. */
  record NodeDown(int node, String reason) implements SessionEvent {}

  record LinkUp(int node, PeerInfo peer) implements SessionEvent {}

  record LinkDown(int node, PeerInfo peer, String reason) implements SessionEvent {}

  /** The newest block of a node's chain when the page began to watch it. */
  record Tip(int node, long height, MessageId hash) implements SessionEvent {}

  record BlockAccepted(int node, AcceptedBlock block) implements SessionEvent {}

  record BlockRejected(int node, MessageId hash, String why, @Nullable PeerId from)
      implements SessionEvent {}
}
