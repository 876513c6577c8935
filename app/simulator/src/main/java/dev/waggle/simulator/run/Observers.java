package dev.waggle.simulator.run;

import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.node.Reachability;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.simulator.node.LinkEnd;
import dev.waggle.simulator.node.NodeObserver;
import dev.waggle.simulator.node.RunningNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells several. */
public final class Observers implements NodeObserver {
  private final List<NodeObserver> all = new ArrayList<>();

  public void add(NodeObserver observer) {
    all.add(observer);
  }

  @Override
  public void settled(RunningNode node) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).settled(node);
    }
  }

  @Override
  public void arrived(RunningNode node, LinkEnd from, WireMessage message, @Nullable MessageId id) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).arrived(node, from, message, id);
    }
  }

  @Override
  public void duplicate(RunningNode node, MessageId id) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).duplicate(node, id);
    }
  }

  @Override
  public void completed(RunningNode node, MessageId id) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).completed(node, id);
    }
  }

  @Override
  public void judged(RunningNode node, Delivery candidate, Verdict verdict) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).judged(node, candidate, verdict);
    }
  }

  @Override
  public void accepted(RunningNode node, Delivery delivery) {
    all.forEach(observer -> observer.accepted(node, delivery));
  }

  @Override
  public void rejected(RunningNode node, MessageId id, @Nullable PeerId from, String why) {
    all.forEach(observer -> observer.rejected(node, id, from, why));
  }

  @Override
  public void dialled(RunningNode node, int to) {
    all.forEach(observer -> observer.dialled(node, to));
  }

  @Override
  public void dialsFromListeningPort(RunningNode node, PeerAddress to, DialWay way) {
    all.forEach(observer -> observer.dialsFromListeningPort(node, to, way));
  }

  @Override
  public void reachabilityChanged(RunningNode node, Reachability now) {
    all.forEach(observer -> observer.reachabilityChanged(node, now));
  }

  @Override
  public void punched(RunningNode node, PeerId peer) {
    all.forEach(observer -> observer.punched(node, peer));
  }

  @Override
  public void punchFailed(RunningNode node, PeerId peer, String why) {
    all.forEach(observer -> observer.punchFailed(node, peer, why));
  }

  @Override
  public void established(RunningNode node, LinkEnd peer) {
    all.forEach(observer -> observer.established(node, peer));
  }

  @Override
  public void closed(RunningNode node, LinkEnd peer, CloseReason why) {
    all.forEach(observer -> observer.closed(node, peer, why));
  }

  @Override
  public void dialFailed(RunningNode node, String why) {
    all.forEach(observer -> observer.dialFailed(node, why));
  }
}
