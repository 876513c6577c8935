package dev.waggle.simulator.node;

import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.node.Reachability;
import org.jspecify.annotations.Nullable;

/** Passes on what a node finds out about routers, and the links that it gets through them. */
final class ReachObserver implements PeerObserver {
  private final RunningNode node;
  private final NodeObserver observer;

  ReachObserver(RunningNode node, NodeObserver observer) {
    this.node = node;
    this.observer = observer;
  }

  @Override
  public void reachabilityChanged(Reachability now, @Nullable IpEndpoint at) {
    observer.reachabilityChanged(node, now);
  }

  @Override
  public void punched(PeerInfo peer, int tries) {
    observer.punched(node, peer.id());
  }

  @Override
  public void punchFailed(PeerId peer, String reason) {
    observer.punchFailed(node, peer, reason);
  }
}
