package dev.waggle.node.runtime;

import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.node.Reachability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is connected, for any thread to ask; tells the operator's observer and the log. A peer that
 * is connected twice for a while, as when both have dialled, is there until its last link has gone.
 */
final class ConnectedPeers implements PeerObserver {
  private static final Logger log = LoggerFactory.getLogger(ConnectedPeers.class);

  /** The links to each peer, the oldest first; none is empty, or ever changed. */
  private final Map<PeerId, List<PeerInfo>> peers = new ConcurrentSkipListMap<>();

  private final PeerObserver next;

  ConnectedPeers(PeerObserver next) {
    this.next = next;
  }

  /** Each peer once, by its oldest link. */
  List<PeerInfo> list() {
    return peers.values().stream().map(List::getFirst).toList();
  }

  @Override
  public void peerConnected(PeerInfo peer) {
    log.info(
        "connected to {} at {} ({}, {}, {})",
        peer.id().shortHex(),
        peer.remote(),
        peer.direction(),
        peer.suite(),
        peer.codec());
    peers.merge(peer.id(), List.of(peer), ConnectedPeers::joined);
    next.peerConnected(peer);
  }

  @Override
  public void peerDisconnected(PeerInfo peer, String reason) {
    log.info("disconnected from {} at {}: {}", peer.id().shortHex(), peer.remote(), reason);
    peers.computeIfPresent(peer.id(), (_, links) -> without(links, peer));
    next.peerDisconnected(peer, reason);
  }

  private static List<PeerInfo> joined(List<PeerInfo> older, List<PeerInfo> newer) {
    return Stream.concat(older.stream(), newer.stream()).toList();
  }

  private static @Nullable List<PeerInfo> without(List<PeerInfo> links, PeerInfo gone) {
    List<PeerInfo> left = new ArrayList<>(links);
    left.remove(gone);
    return left.isEmpty() ? null : List.copyOf(left);
  }

  @Override
  public void dialFailed(PeerAddress address, String reason, long retryInNanos) {
    if (retryInNanos == Long.MAX_VALUE) {
      log.info("could not reach {}: {}; giving it up", address, reason);
    } else {
      log.info(
          "could not reach {}: {}; trying again in {} ms",
          address,
          reason,
          retryInNanos / 1_000_000);
    }
    next.dialFailed(address, reason, retryInNanos);
  }

  @Override
  public void reachabilityChanged(Reachability now, @Nullable IpEndpoint at) {
    next.reachabilityChanged(now, at);
  }

  @Override
  public void mapped(Mapping mapping) {
    next.mapped(mapping);
  }

  @Override
  public void mappingLost(Mapping mapping, String reason) {
    next.mappingLost(mapping, reason);
  }

  @Override
  public void mappingFailed(String reason) {
    next.mappingFailed(reason);
  }

  @Override
  public void punched(PeerInfo peer, int tries) {
    next.punched(peer, tries);
  }

  @Override
  public void punchFailed(PeerId peer, String reason) {
    next.punchFailed(peer, reason);
  }
}
