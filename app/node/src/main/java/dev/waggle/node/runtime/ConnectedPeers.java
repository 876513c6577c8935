package dev.waggle.node.runtime;

import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is connected, for any thread to ask; tells the operator's observer and the log. */
final class ConnectedPeers implements PeerObserver {
  private static final Logger log = LoggerFactory.getLogger(ConnectedPeers.class);

  private final Map<PeerId, PeerInfo> peers = new ConcurrentSkipListMap<>();
  private final PeerObserver next;

  ConnectedPeers(PeerObserver next) {
    this.next = next;
  }

  List<PeerInfo> list() {
    return List.copyOf(peers.values());
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
    peers.put(peer.id(), peer);
    next.peerConnected(peer);
  }

  @Override
  public void peerDisconnected(PeerInfo peer, String reason) {
    log.info("disconnected from {} at {}: {}", peer.id().shortHex(), peer.remote(), reason);
    peers.remove(peer.id(), peer);
    next.peerDisconnected(peer, reason);
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
}
