package dev.waggle.simulator.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.domain.node.P2PSettings;
import dev.waggle.domain.peers.PeerStatus;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was seen of one node, and what must hold for it after every event: it is within its bounds,
 * hands nothing over twice, and sends nobody what it knows that peer to have.
 */
final class NodeRecord implements Filter {
  /** Less than it takes to ask everybody for a message and give it up. */
  private static final Duration MEMORY = Duration.ofSeconds(20);

  private final TestNetwork network;
  private final SimulatedNode node;
  private final Map<MessageId, GossipMessage> accepted = new LinkedHashMap<>();
  // What each peer has told us it has, and when, and what it has asked us for.
  private final Map<PeerId, Map<MessageId, Long>> known = new LinkedHashMap<>();
  private final Map<PeerId, Set<MessageId>> asked = new LinkedHashMap<>();
  private boolean withholding;
  private int dials;
  private int gossipHeard;

  NodeRecord(TestNetwork network, SimulatedNode node) {
    this.network = network;
    this.node = node;
  }

  /** What it has accepted, and not lost since. */
  Map<MessageId, GossipMessage> accepted() {
    return accepted;
  }

  /** Dials since the beginning. */
  int dials() {
    return dials;
  }

  /** Gossip messages that have arrived since the beginning, known or not. */
  int gossipHeard() {
    return gossipHeard;
  }

  void withhold() {
    withholding = true;
  }

  // ---- what is seen

  /** Its program has ended, and what it had in memory is lost. */
  void forget(boolean blocksToo) {
    accepted.values().removeIf(message -> blocksToo || !(message instanceof GossipMessage.Block));
    known.clear();
    asked.clear();
  }

  void dialled() {
    dials++;
  }

  void arrived(WireMessage message) {
    gossipHeard += message instanceof WireMessage.Gossip ? 1 : 0;
  }

  /** The rules are about to be handed a message: notes what it says about its sender. */
  void handles(LinkEnd from, WireMessage message) {
    if (from.isClosing()) {
      return; // Nobody listens.
    }
    PeerId peer = from.peer();
    switch (message) {
      case WireMessage.Gossip(GossipMessage carried) ->
          noteKnown(peer, network.fidelity().idOf(carried));
      case WireMessage.Announce(var ids) -> ids.forEach(id -> noteKnown(peer, id));
      case WireMessage.Request(var ids) -> noteAsked(peer, ids);
      case WireMessage.RequestCompact(var ids) -> noteAsked(peer, ids);
      case WireMessage.Ping _,
          WireMessage.Pong _,
          WireMessage.GetAddr _,
          WireMessage.Addr _,
          WireMessage.Observed _,
          WireMessage.Extension _,
          WireMessage.Compact _,
          WireMessage.Outline _,
          WireMessage.RequestItems _,
          WireMessage.Items _,
          WireMessage.SendCompact _,
          WireMessage.Preamble _,
          WireMessage.IDontWant _,
          WireMessage.GetHeaders _,
          WireMessage.Headers _,
          WireMessage.DialRequest _,
          WireMessage.DialBack _,
          WireMessage.DialResponse _,
          WireMessage.Meet _,
          WireMessage.Relayed _,
          WireMessage.Goodbye _ -> {}
    }
  }

  private void noteAsked(PeerId peer, List<MessageId> ids) {
    asked.computeIfAbsent(peer, _ -> new LinkedHashSet<>()).addAll(ids);
  }

  private void noteKnown(PeerId peer, MessageId id) {
    known
        .computeIfAbsent(peer, _ -> new LinkedHashMap<>())
        .putIfAbsent(id, network.timeline().nowNanos());
  }

  /** A link is about to come, or to go. If it is the only one, what was known of the peer goes. */
  void linkChanges(LinkEnd end) {
    PeerId peer = end.peer();
    boolean linked =
        node.up().peers().stream()
            .anyMatch(other -> other.info().id().equals(peer) && !other.link().equals(end.id()));
    if (!linked) {
      known.remove(peer);
      asked.remove(peer);
    }
  }

  // ---- what must hold

  void accepts(Delivery delivery) {
    assertThat(accepted.put(delivery.id(), delivery.message()))
        .as("node %d accepts %s twice", node.number(), delivery.id())
        .isNull();
  }

  void checkBounds(RunningNode running) {
    P2PSettings settings = node.settings().p2p();
    var counters = running.service().counters();
    assertThat(counters.seen()).isLessThanOrEqualTo(settings.gossip().seenMaxCount());
    assertThat(counters.recentBytes()).isLessThanOrEqualTo(settings.gossip().recentMaxBytes());
    assertThat(counters.waiting()).isLessThanOrEqualTo(settings.gossip().waitingMaxCount());
    List<PeerStatus> peers = running.peers();
    long outbound =
        peers.stream().filter(peer -> peer.info().direction() == Direction.OUTBOUND).count();
    assertThat(outbound).isLessThanOrEqualTo(settings.peers().outboundTarget());
    assertThat(peers.size() - outbound).isLessThanOrEqualTo(settings.peers().maxInbound());
  }

  @Override
  public boolean lets(LinkEnd from, WireMessage message) {
    return !withholding
        || !(message instanceof WireMessage.Request
            || message instanceof WireMessage.RequestCompact
            || message instanceof WireMessage.RequestItems);
  }

  @Override
  public WireMessage sends(LinkEnd to, WireMessage message) {
    if (!(message instanceof WireMessage.Gossip(GossipMessage carried))) {
      return message;
    }
    MessageId id = network.fidelity().idOf(carried);
    if (withholding) {
      return new WireMessage.Announce(List.of(id));
    }
    checkNotKnown(to.peer(), id);
    return message;
  }

  /**
   * Nothing goes to a peer that is known to have it, unless it asks. A node that gives up a message
   * forgets who has it: after many asks, or for want of room to let it wait.
   */
  private void checkNotKnown(PeerId peer, MessageId id) {
    boolean wanted = asked.getOrDefault(peer, new LinkedHashSet<>()).remove(id);
    Long since = known.getOrDefault(peer, new LinkedHashMap<>()).get(id);
    if (!wanted && since != null && hasRoom()) {
      assertThat(network.timeline().nowNanos() - since)
          .as("node %d sends %s back to %s after so long", node.number(), id, peer.shortHex())
          .isGreaterThan(MEMORY.toNanos());
    }
  }

  private boolean hasRoom() {
    return node.settings().p2p().gossip().waitingMaxCount()
        == GossipSettings.DEFAULTS.waitingMaxCount();
  }
}
