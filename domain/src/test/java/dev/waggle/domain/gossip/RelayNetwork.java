package dev.waggle.domain.gossip;

import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Nodes that are linked with each other, and what they have sent. */
final class RelayNetwork {
  /** A message on a link. */
  record Sent(int from, int to, WireMessage message) {}

  final List<RelayNode> nodes = new ArrayList<>();
  final List<Sent> sent = new ArrayList<>();

  RelayNetwork(int count) {
    for (int i = 0; i < count; i++) {
      nodes.add(new RelayNode(i));
    }
  }

  /** The one dials the other; both have both features. */
  void link(int one, int other) {
    link(one, other, Feature.COMPACT_BLOCKS, Feature.EARLY_NOTICES);
  }

  void link(int one, int other, Integer... features) {
    FakeNeighbour seen = nodes.get(one).link(other, features);
    seen.outbound = true;
    FakeNeighbour _ = nodes.get(other).link(one, features);
    exchange();
  }

  /** Brings messages to where they go, until there are none. */
  void exchange() {
    boolean any = true;
    while (any) {
      any = false;
      for (RelayNode node : nodes) {
        node.reconstruct();
        for (Map.Entry<Integer, FakeNeighbour> peer : node.peers.entrySet()) {
          List<WireMessage> messages =
              peer.getKey() < nodes.size() ? peer.getValue().take() : List.of();
          for (WireMessage message : messages) {
            any = true;
            sent.add(new Sent(node.number, peer.getKey(), message));
            RelayNode receiver = nodes.get(peer.getKey());
            receiver.receive(receiver.peers.get(node.number), message);
          }
        }
      }
    }
  }

  /** Lets time pass in small steps, and brings what is sent meanwhile. */
  void pass(Duration time) {
    Duration step = Duration.ofMillis(50);
    for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(step)) {
      nodes.forEach(node -> node.pass(step));
      exchange();
    }
  }

  /** Messages of one kind that were sent to a node. */
  <M extends WireMessage> List<M> sentTo(int node, Class<M> kind) {
    return sent.stream()
        .filter(one -> one.to() == node)
        .map(Sent::message)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }
}
