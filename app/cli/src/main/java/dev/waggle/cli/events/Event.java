package dev.waggle.cli.events;

import dev.waggle.chain.AcceptedBlock;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.Reachability;
import dev.waggle.ports.wire.MessageId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that happened to a node. */
public sealed interface Event {
  /** The node takes connections now. */
  record Listening(Endpoint address, PeerId peerId) implements Event {}

  record PeerConnected(PeerInfo peer) implements Event {}

  record PeerDisconnected(PeerInfo peer, String reason) implements Event {}

  /**
   * An address could not be reached.
   *
   * @param retryIn when it will be tried again, or null for never
   */
  record DialFailed(PeerAddress address, String reason, @Nullable Duration retryIn)
      implements Event {}

  record BlockAccepted(AcceptedBlock block) implements Event {}

  record BlockRejected(MessageId id, String why, @Nullable PeerId from) implements Event {}

  record TransactionAccepted(MessageId id, @Nullable PeerId from) implements Event {}

  /**
   * The node is behind a chain and catches up with it: at the beginning, and every few seconds.
   *
   * @param accepted blocks so far
   * @param further blocks that follow, by what peers say: they may lie
   */
  record CatchingUp(long accepted, long further) implements Event {}

  /**
   * That has ended.
   *
   * @param accepted blocks in all
   * @param whole whether all were got that peers had told of
   */
  record CaughtUp(long accepted, boolean whole) implements Event {}

  /** Blocks cannot be kept, and none is taken until {@link StoreRecovered}. */
  record StoreFailed(String why) implements Event {}

  /** Blocks can be kept again, without anybody's help but for the room on the disk. */
  record StoreRecovered() implements Event {}

  /** What becomes of whether others can dial the node (PROTOCOL §9.9, §9.10). */
  sealed interface OfReach extends Event {}

  /**
   * The node has found out whether others can dial it, or that this has changed.
   *
   * @param at where, if they can
   */
  record ReachabilityChanged(Reachability state, @Nullable IpEndpoint at) implements OfReach {}

  /** A router lets others through to the node; not said again when that is only renewed. */
  record Mapped(Mapping mapping) implements OfReach {}

  /** A router does not so any more. */
  record MappingLost(Mapping mapping, String reason) implements OfReach {}

  /** No router does; said when the reason changes. */
  record MappingFailed(String reason) implements OfReach {}

  /** There is a link with a peer that cannot be dialled either, after so many tries of both. */
  record Punched(PeerInfo peer, int tries) implements OfReach {}

  /** There is none, although both have tried. */
  record PunchFailed(PeerId peer, String reason) implements OfReach {}

  /** So many events are missing here, since nobody read for too long. */
  record EventsDropped(long count) implements Event {}
}
