package dev.waggle.simulator.checks;

import dev.waggle.chain.ChainView;
import dev.waggle.domain.peers.PeerSettings;
import dev.waggle.domain.peers.PeerStatus;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.operator.SyncCounters;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.simulator.faults.Fault;
import dev.waggle.simulator.faults.FaultPlan;
import dev.waggle.simulator.faults.Lie;
import dev.waggle.simulator.network.Host;
import dev.waggle.simulator.node.SimulatedNode;
import dev.waggle.simulator.run.Simulation;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A network in which nothing goes wrong any more, but that some nodes lie. */
final class Healed {
  private static final long HANDSHAKE_NANOS = SessionSettings.HANDSHAKE_TIMEOUT.toNanos();

  private final Simulation simulation;
  private final FaultPlan plan;
  private final Map<PeerId, Integer> numbers = new HashMap<>();

  Healed(Simulation simulation, FaultPlan plan) {
    this.simulation = simulation;
    this.plan = plan;
    simulation.nodes().forEach(node -> numbers.put(node.peerId(), node.number()));
  }

  private InvariantViolated violated(Invariant what, int node, String words) {
    return new InvariantViolated(what, node, simulation.queue().nowNanos(), words);
  }

  /** All are up, and have the links that they can have. */
  void checkPeers() {
    for (SimulatedNode node : simulation.nodes()) {
      if (!node.isUp()) {
        throw violated(Invariant.ACCOUNTED, node.number(), "has not come back");
      }
      if (plan.isHonest(node.number())) {
        checkPeers(node);
      }
    }
  }

  /** Peers have chains of equal work. */
  void checkWork() {
    for (SimulatedNode node : simulation.nodes()) {
      if (plan.isHonest(node.number())) {
        checkWork(node);
      }
    }
  }

  /**
   * Nobody catches up any more, but with those who lie about chains: with these it may begin at any
   * time, and ends by itself.
   */
  void checkCaughtUp() {
    if (plan.faults().stream().anyMatch(Healed::isAboutChains)) {
      return;
    }
    for (SimulatedNode node : simulation.nodes()) {
      SyncCounters sync = node.up().service().syncCounters();
      if (plan.isHonest(node.number()) && (sync.chains() > 0 || sync.heldBytes() > 0)) {
        throw violated(
            Invariant.AGREES,
            node.number(),
            "still follows " + sync.chains() + " chains, and holds " + sync.heldBytes() + " bytes");
      }
    }
  }

  private static boolean isAboutChains(Fault fault) {
    return fault instanceof Fault.Lying lying && Lie.ABOUT_CHAINS.contains(lying.how());
  }

  private void checkPeers(SimulatedNode node) {
    Set<Integer> peers = new HashSet<>();
    for (PeerStatus status : node.up().peers()) {
      int peer = numbers.getOrDefault(status.info().id(), -1);
      if (!peers.add(peer) && plan.isHonest(peer)) {
        throw violated(Invariant.ONE_LINK, node.number(), "has two links to node " + peer);
      }
      if (plan.isHonest(peer)
          && !isYoung(node, status)
          && !honestPeers(peer).contains(node.number())) {
        throw violated(
            Invariant.ONE_LINK, node.number(), "has a link to node " + peer + ", which has none");
      }
    }
    checkSeeds(node, peers);
  }

  /** The side that dialled has a link first: the other one may be at its last proof still. */
  private static boolean isYoung(SimulatedNode node, PeerStatus link) {
    return node.up().nowNanos() - link.sinceNanos() < HANDSHAKE_NANOS;
  }

  private void checkSeeds(SimulatedNode node, Set<Integer> peers) {
    PeerSettings settings = node.settings().p2p().peers();
    long outbound =
        node.up().peers().stream().filter(p -> p.info().direction() == Direction.OUTBOUND).count();
    // Who finds others by itself leaves those through which it has joined.
    if (outbound >= settings.outboundTarget() || settings.join().discovers()) {
      return;
    }
    for (PeerAddress address : settings.join().seeds()) {
      Host host = simulation.hostAt(address.endpoint());
      if (host != null
          && host.isDialable()
          && plan.isHonest(host.number())
          && !peers.contains(host.number())) {
        throw violated(
            Invariant.FINDS_PEERS, node.number(), "knows node " + host.number() + ", and wants it");
      }
    }
  }

  private Set<Integer> honestPeers(int node) {
    Set<Integer> peers = new LinkedHashSet<>();
    for (PeerStatus status : simulation.nodes().get(node).up().peers()) {
      Integer peer = numbers.get(status.info().id());
      if (peer != null && plan.isHonest(peer)) {
        peers.add(peer);
      }
    }
    return peers;
  }

  /** All that are reached from a node over honest ones, itself included. */
  private Set<Integer> reached(int from) {
    Set<Integer> reached = new LinkedHashSet<>(List.of(from));
    ArrayDeque<Integer> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      for (int peer : honestPeers(open.remove())) {
        if (reached.add(peer)) {
          open.add(peer);
        }
      }
    }
    return reached;
  }

  private void checkWork(SimulatedNode node) {
    ChainView own = simulation.chain(node.number()).view();
    for (int peer : honestPeers(node.number())) {
      ChainView others = simulation.chain(peer).view();
      if (own.totalWork() != others.totalWork()) {
        throw violated(
            Invariant.AGREES,
            node.number(),
            "has height " + own.height() + ", its peer, node " + peer + ", " + others.height());
      }
    }
  }

  void checkAgreement(MessageId last, int miner) {
    for (int node : reached(miner)) {
      MessageId tip = simulation.chain(node).view().tip();
      if (!tip.equals(last)) {
        throw violated(Invariant.AGREES, node, "has the tip " + tip + ", not the last, " + last);
      }
    }
  }
}
