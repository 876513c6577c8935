package dev.waggle.simulator.node;

import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.node.Reachability;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import org.jspecify.annotations.Nullable;

/** Hears what happens to the nodes of a run: for traces, measures and checks. */
public interface NodeObserver {
  /** Something has happened to a node, and all that follows from it at once. */
  default void settled(RunningNode node) {}

  /**
   * A message has arrived.
   *
   * @param id of the gossip message that it carries, or null if it carries none
   */
  default void arrived(
      RunningNode node, LinkEnd from, WireMessage message, @Nullable MessageId id) {}

  /** A message that has arrived is about to be handed to the node's rules. */
  default void handles(RunningNode node, LinkEnd from, WireMessage message) {}

  /** A gossip message has arrived that the node had already. */
  default void duplicate(RunningNode node, MessageId id) {}

  /** A block was put together from its parts, before the rules hear of it. */
  default void completed(RunningNode node, MessageId id) {}

  /** The application has judged a message. */
  default void judged(RunningNode node, Delivery candidate, Verdict verdict) {}

  /** The application is about to be handed a message. */
  default void accepted(RunningNode node, Delivery delivery) {}

  /** The application has rejected a message. */
  default void rejected(RunningNode node, MessageId id, @Nullable PeerId from, String why) {}

  default void dialled(RunningNode node, int to) {}

  /** It dials an endpoint from the port at which it listens, where routers translate addresses. */
  default void dialsFromListeningPort(RunningNode node, PeerAddress to, DialWay way) {}

  /** It has found out whether others can dial it, or that this has changed. */
  default void reachabilityChanged(RunningNode node, Reachability now) {}

  /** It has a link with a peer that it had been to dial at the same moment as the peer. */
  default void punched(RunningNode node, PeerId peer) {}

  /** Such a call has come to nothing. */
  default void punchFailed(RunningNode node, PeerId peer, String why) {}

  default void established(RunningNode node, LinkEnd peer) {}

  default void closed(RunningNode node, LinkEnd peer, CloseReason why) {}

  default void dialFailed(RunningNode node, String why) {}
}
