package dev.waggle.simulator.run;

import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.simulator.faults.Fault;
import dev.waggle.simulator.faults.FaultPlan;
import dev.waggle.simulator.node.LinkEnd;
import dev.waggle.simulator.node.NodeObserver;
import dev.waggle.simulator.node.RunningNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows whether all chains agree, and how long that takes after each fault. */
final class Healings implements NodeObserver {
  /** A fault, and what is known of its healing. */
  private static final class Wound {
    private final Fault fault;
    private final BitSet nodes = new BitSet();
    private @Nullable Long heardNanos;
    private @Nullable Long agreedNanos;

    Wound(Fault fault, int all) {
      this.fault = fault;
      for (int node = 0; node < all; node++) {
        nodes.set(node, fault.who().contains(node));
      }
    }
  }

  private final Simulation simulation;
  private final BitSet honest = new BitSet();
  private final Agreement agreement;
  private final Course apart;
  private final List<Wound> wounds = new ArrayList<>();

  // Of faults that are over.
  private final List<Wound> unheard = new ArrayList<>();
  private final List<Wound> disagreeing = new ArrayList<>();

  private @Nullable RunningNode moved;

  Healings(Simulation simulation, FaultPlan plan, long lengthNanos) {
    this.simulation = simulation;
    this.apart = new Course(lengthNanos);
    int nodes = simulation.nodes().size();
    for (int node = 0; node < nodes; node++) {
      honest.set(node, plan.isHonest(node));
    }
    this.agreement = new Agreement(honest.cardinality(), simulation.genesis());
    for (Fault fault : plan.faults()) {
      wounds.add(new Wound(fault, nodes));
    }
  }

  Agreement agreement() {
    return agreement;
  }

  /** To be called when the run begins, after the faults themselves are scheduled. */
  void schedule() {
    History history = simulation.scenario().history();
    for (int node = 0;
        history.isThere() && node < history.early(simulation.nodes().size());
        node++) {
      agreement.tip(node, simulation.history().tip(), 0);
    }
    for (Wound wound : wounds) {
      simulation.queue().at(wound.fault.until().toNanos(), () -> end(wound));
    }
  }

  private void end(Wound wound) {
    switch (wound.fault) {
      // Who is up again may have lost its chain with its disk, of which it does not tell.
      case Fault.Crash _, Fault.PowerLoss _ -> wound.nodes.stream().forEach(this::lookAt);
      case Fault.Partition _ -> unheard.add(wound);
      case Fault.Stall _,
          Fault.SlowProcessor _,
          Fault.ClockSkew _,
          Fault.SlowLine _,
          Fault.Resets _,
          Fault.Lying _ -> {}
    }
    disagreeing.add(wound);
    noteAgreement();
  }

  private void lookAt(int node) {
    if (honest.get(node)) {
      MessageId tip = simulation.chain(node).view().tip();
      long now = simulation.queue().nowNanos();
      agreement.tip(node, tip, now);
      apart.turn(agreement.apart(), now);
      noteAgreement();
    }
  }

  private void noteAgreement() {
    if (agreement.isAgreed()) {
      disagreeing.forEach(wound -> wound.agreedNanos = sinceEnd(wound));
      disagreeing.clear();
    }
  }

  private long sinceEnd(Wound wound) {
    return simulation.queue().nowNanos() - wound.fault.until().toNanos();
  }

  @Override
  public void accepted(RunningNode node, Delivery delivery) {
    if (delivery.message().kind() == GossipMessage.Kind.BLOCK) {
      moved = node;
    }
  }

  @Override
  public void settled(RunningNode node) {
    if (node == moved) {
      moved = null;
      lookAt(node.number());
    }
  }

  @Override
  public void arrived(RunningNode node, LinkEnd from, WireMessage message, @Nullable MessageId id) {
    if (!unheard.isEmpty() && honest.get(node.number()) && honest.get(from.remoteNode())) {
      unheard.removeIf(wound -> isHeard(wound, node.number(), from.remoteNode()));
    }
  }

  private boolean isHeard(Wound wound, int to, int from) {
    boolean across = wound.nodes.get(to) != wound.nodes.get(from);
    if (across) {
      wound.heardNanos = sinceEnd(wound);
    }
    return across;
  }

  /** How many chains differed from that of most, in each part of the run. */
  List<Integer> apart() {
    return apart.toEnd();
  }

  /** One for each fault, in the order of the plan. */
  List<Healing> results() {
    return wounds.stream()
        .map(wound -> new Healing(wound.fault, wound.heardNanos, wound.agreedNanos))
        .toList();
  }
}
