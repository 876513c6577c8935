package dev.waggle.domain.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.gossip.DuplicateFilter;
import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.domain.handshake.HandshakeFailure;
import dev.waggle.domain.handshake.VerifiedPeers;
import dev.waggle.domain.peers.DialFailure;
import dev.waggle.domain.peers.PeerStatus;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A P2PService among simulated links, which can be killed and started again. */
final class SimulatedNode implements Links {
  /** Less than it takes to ask everybody for a message and give it up. */
  private static final Duration MEMORY = Duration.ofSeconds(20);

  private final Simulation simulation;
  private final int number;
  private final PeerIdentity identity;
  private final P2PSettings settings;
  private final Map<LinkId, SimulatedLink.End> ends = new LinkedHashMap<>();
  // What each peer has told us it has, and when, and what it has asked us for: to check that we do
  // not send it what it has.
  private final Map<PeerId, Map<MessageId, Long>> known = new LinkedHashMap<>();
  private final Map<PeerId, Set<MessageId>> asked = new LinkedHashMap<>();
  private SimulatedChain chain = new SimulatedChain();
  private P2PService service;
  private boolean up;
  private long wakeElapsed = Long.MAX_VALUE;
  private boolean inside;
  private int dials;
  private int gossipHeard;
  private boolean withholding;

  SimulatedNode(Simulation simulation, int number, PeerIdentity identity, P2PSettings settings) {
    this.simulation = simulation;
    this.number = number;
    this.identity = identity;
    this.settings = settings;
    this.service = newService();
  }

  private P2PService newService() {
    return new P2PService(
        settings,
        identity.peerId(),
        this,
        chain,
        PeerObserver.NONE,
        new SeededRandom(simulation.random().nextLong()),
        ToySuite.create().hash(),
        DuplicateFilter.NONE,
        List.of());
  }

  static Endpoint endpoint(int number) {
    return new Endpoint("10.0.0." + number, 9000);
  }

  /** A second name under which the same node listens. */
  static Endpoint alias(int number) {
    return new Endpoint("node-" + number, 9000);
  }

  PeerId id() {
    return identity.peerId();
  }

  int number() {
    return number;
  }

  P2PService service() {
    return service;
  }

  SimulatedChain chain() {
    return chain;
  }

  boolean isUp() {
    return up;
  }

  boolean isRunning(P2PService asked) {
    return up && service == asked;
  }

  void start() {
    up = true;
    service = newService();
    run(() -> service.start(simulation.nowNanos()));
  }

  /**
   * Ends the node as SIGKILL or a power cut would.
   *
   * @param silently whether its peers hear nothing of it
   * @param loseChain whether it starts from nothing next time
   */
  void kill(boolean silently, boolean loseChain) {
    simulation.trace(number, "kill", silently ? 1 : 0);
    up = false;
    wakeElapsed = Long.MAX_VALUE;
    for (SimulatedLink.End end : new ArrayList<>(ends.values())) {
      if (silently) {
        end.link().sever();
      } else {
        end.link().reset();
      }
    }
    ends.clear();
    known.clear();
    asked.clear();
    if (loseChain) {
      chain = new SimulatedChain();
    }
  }

  void stop() {
    run(() -> service.stop(simulation.nowNanos()));
  }

  MessageId publish(GossipMessage message) {
    run(
        () ->
            assertThat(service.publish(message, simulation.nowNanos()))
                .isInstanceOf(Verdict.Accept.class));
    return SimulatedChain.id(message);
  }

  MessageId mine(int payloadBytes) {
    return publish(chain.mine(simulation.random().nextLong(), payloadBytes));
  }

  /** Feeds one event in, checks what must always hold, and sees to the next wake-up. */
  void run(Runnable event) {
    assertThat(inside).as("no event inside another").isFalse();
    inside = true;
    event.run();
    inside = false;
    checkBounds();
    long delay = service.nextWakeNanos(simulation.nowNanos()) - simulation.nowNanos();
    long wake = simulation.elapsedNanos() + Math.max(0, delay);
    if (wake < wakeElapsed) {
      wakeElapsed = wake;
      P2PService scheduled = service;
      simulation.at(wake, () -> wake(scheduled, wake));
    }
  }

  private void wake(P2PService scheduled, long wake) {
    if (isRunning(scheduled) && wakeElapsed == wake) {
      wakeElapsed = Long.MAX_VALUE;
      run(() -> service.timePassed(simulation.nowNanos()));
    }
  }

  private void checkBounds() {
    var counters = service.counters();
    assertThat(counters.seen()).isLessThanOrEqualTo(settings.gossip().seenMaxCount());
    assertThat(counters.recentBytes()).isLessThanOrEqualTo(settings.gossip().recentMaxBytes());
    assertThat(counters.waiting()).isLessThanOrEqualTo(settings.gossip().waitingMaxCount());
    List<PeerStatus> peers = service.peers(simulation.nowNanos());
    long outbound =
        peers.stream().filter(peer -> peer.info().direction() == Direction.OUTBOUND).count();
    assertThat(outbound).isLessThanOrEqualTo(settings.peers().outboundTarget());
    assertThat(peers.size() - outbound).isLessThanOrEqualTo(settings.peers().maxInbound());
  }

  /** A message is about to be fed in: notes what it says about its sender. */
  void heard(SimulatedLink.End end, WireMessage message) {
    PeerId from = end.far().owner.id();
    simulation.trace(number, message.getClass().getSimpleName(), end.id.value());
    switch (message) {
      case WireMessage.Gossip(GossipMessage carried) -> {
        gossipHeard++;
        noteKnown(from, SimulatedChain.id(carried));
      }
      case WireMessage.Announce(var ids) -> ids.forEach(id -> noteKnown(from, id));
      case WireMessage.Request(var ids) ->
          asked.computeIfAbsent(from, _ -> new LinkedHashSet<>()).addAll(ids);
      case WireMessage.Ping _,
          WireMessage.Pong _,
          WireMessage.GetAddr _,
          WireMessage.Addr _,
          WireMessage.Extension _,
          WireMessage.Goodbye _ -> {}
    }
  }

  private void noteKnown(PeerId peer, MessageId id) {
    known
        .computeIfAbsent(peer, _ -> new LinkedHashMap<>())
        .putIfAbsent(id, simulation.elapsedNanos());
  }

  /** An end of ours is gone. */
  void forget(SimulatedLink.End end) {
    if (ends.remove(end.id) == null) {
      return;
    }
    PeerId peer = end.far().owner.id();
    boolean linked =
        ends.values().stream()
            .anyMatch(left -> left.established && left.far().owner.id().equals(peer));
    if (!linked) {
      known.remove(peer);
      asked.remove(peer);
    }
  }

  @Override
  public void dial(PeerAddress address) {
    simulation.trace(number, "dial", address.endpoint().hashCode());
    dials++;
    P2PService dialling = service;
    SimulatedNode target = simulation.nodeAt(address.endpoint());
    long latency = simulation.drawLatency();
    simulation.after(
        3 * latency,
        () -> {
          if (isRunning(dialling)) {
            connect(address, target, latency);
          }
        });
  }

  private void connect(PeerAddress address, SimulatedNode target, long latency) {
    if (target == this) {
      failed(
          address,
          new DialFailure.HandshakeFailed(new HandshakeFailure(HandshakeFailure.Kind.SELF, "")));
    } else if (!target.isUp()) {
      failed(address, new DialFailure.NotConnected(CloseReason.of(CloseReason.Cause.REFUSED)));
    } else if (simulation.drawFault()) {
      failed(address, new DialFailure.NotConnected(CloseReason.of(CloseReason.Cause.TIMED_OUT)));
    } else {
      establish(address, target, latency);
    }
  }

  private void failed(PeerAddress address, DialFailure failure) {
    run(() -> service.dialFailed(address, failure, simulation.nowNanos()));
  }

  /** The initiator is done when it sends the Confirmation, the responder when that arrives. */
  private void establish(PeerAddress address, SimulatedNode target, long latency) {
    SimulatedLink link =
        new SimulatedLink(simulation, this, target, latency, simulation.drawNanosPerByte());
    SimulatedLink.End near = link.initiator;
    SimulatedLink.End far = link.responder;
    ends.put(near.id, near);
    target.ends.put(far.id, far);
    simulation.after(
        latency,
        () ->
            far.establish(
                () ->
                    target.service.linkEstablished(
                        far.id,
                        VerifiedPeers.of(identity),
                        info(this, Direction.INBOUND),
                        null,
                        simulation.nowNanos())));
    near.establish(
        () ->
            service.linkEstablished(
                near.id,
                VerifiedPeers.of(target.identity),
                info(target, Direction.OUTBOUND),
                address,
                simulation.nowNanos()));
  }

  private static PeerInfo info(SimulatedNode peer, Direction direction) {
    return new PeerInfo(peer.id(), endpoint(peer.number), direction, "toy", "bincode", List.of());
  }

  /**
   * From now on it announces what it would push, again and again, and answers no request: as an
   * attacker would who wants a message to be forgotten.
   */
  void withhold(Duration every) {
    withholding = true;
    simulation.after(every.toNanos(), () -> withhold(every));
    for (SimulatedLink.End end : ends.values()) {
      if (end.established && !chain.inventory().isEmpty()) {
        end.send(new WireMessage.Announce(chain.inventory()));
      }
    }
  }

  boolean isWithholding() {
    return withholding;
  }

  @Override
  public boolean send(LinkId link, WireMessage message) {
    SimulatedLink.End end = ends.get(link);
    if (end == null) {
      return false;
    }
    if (withholding && message instanceof WireMessage.Gossip(GossipMessage carried)) {
      return end.send(new WireMessage.Announce(List.of(SimulatedChain.id(carried))));
    }
    if (message instanceof WireMessage.Gossip(GossipMessage carried)) {
      checkNotKnown(end.far().owner.id(), SimulatedChain.id(carried));
    }
    return end.send(message);
  }

  @Override
  public boolean takesMore(LinkId link) {
    SimulatedLink.End end = ends.get(link);
    return end != null && end.takesMore();
  }

  /**
   * Nothing goes to a peer that is known to have it, unless it asks. A node that gives up a message
   * forgets who has it: after many asks, or for want of room to let it wait.
   */
  private void checkNotKnown(PeerId peer, MessageId id) {
    boolean wanted = asked.getOrDefault(peer, new LinkedHashSet<>()).remove(id);
    Long since = known.getOrDefault(peer, new LinkedHashMap<>()).get(id);
    if (!wanted && since != null && hasRoom()) {
      assertThat(simulation.elapsedNanos() - since)
          .as("node %d sends %s back to %s after so long", number, id, peer.shortHex())
          .isGreaterThan(MEMORY.toNanos());
    }
  }

  private boolean hasRoom() {
    return settings.gossip().waitingMaxCount() == GossipSettings.DEFAULTS.waitingMaxCount();
  }

  @Override
  public void close(LinkId link, CloseReason why) {
    simulation.trace(number, "close", link.value());
    SimulatedLink.End end = ends.get(link);
    if (end != null) {
      end.close(why);
    }
  }

  /** Links of a simulation take everything in time. */
  @Override
  public long blockedSinceNanos(LinkId link) {
    return NOT_BLOCKED;
  }

  @Override
  public long lastHeardNanos(LinkId link) {
    SimulatedLink.End end = ends.get(link);
    return end == null || end.closed ? Long.MIN_VALUE : end.heardNanos;
  }

  List<SimulatedLink> links() {
    return ends.values().stream().map(SimulatedLink.End::link).toList();
  }

  /** Asks every peer, as if it had told us of them. */
  void request(List<MessageId> ids) {
    for (SimulatedLink.End end : ends.values()) {
      end.send(new WireMessage.Request(ids));
    }
  }

  /** Gossip messages that have arrived since the beginning, known or not. */
  int gossipHeard() {
    return gossipHeard;
  }

  /** Dials since the beginning. */
  int dials() {
    return dials;
  }

  List<PeerStatus> peers() {
    return service.peers(simulation.nowNanos());
  }
}
