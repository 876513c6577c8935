package dev.waggle.simulator.checks;

import dev.waggle.chain.ChainRules;
import dev.waggle.chain.ChainView;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.simulator.faults.FaultPlan;
import dev.waggle.simulator.node.LinkEnd;
import dev.waggle.simulator.node.NodeObserver;
import dev.waggle.simulator.node.RunningNode;
import dev.waggle.simulator.run.Simulation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Looks after every event whether all is true that must be of the node concerned. What is not ends
 * the run by an {@link InvariantViolated}, from inside the event.
 *
 * <p>Each event costs in proportion to the links of its node.
 */
public final class Invariants implements NodeObserver {
  private final FaultPlan plan;
  private final WaysIn waysIn = new WaysIn();
  private @Nullable Watched watched;

  /** What belongs to one simulation. */
  private record Watched(
      Simulation simulation, Lives lives, ValidMessages messages, Spread spread) {
    long nowNanos() {
      return simulation.queue().nowNanos();
    }

    Life life(RunningNode node) {
      return lives.of(node, nowNanos());
    }
  }

  /** Invariants of a run in which nothing else goes wrong than this. */
  public Invariants(FaultPlan plan) {
    this.plan = plan;
  }

  /** The simulation whose observer this is; to be called before its first event. */
  public void watch(Simulation simulation) {
    ValidMessages messages = new ValidMessages(simulation.rules());
    Lives lives = new Lives(plan, simulation.nodes());
    Spread spread = new Spread(lives, messages, simulation);
    watched = new Watched(simulation, lives, messages, spread);
  }

  private Watched watched() {
    Watched run = watched;
    if (run == null) {
      throw new IllegalStateException("nobody has said what to watch");
    }
    return run;
  }

  @Override
  public void settled(RunningNode node) {
    Watched run = watched();
    long now = run.nowNanos();
    ChainView view = run.simulation.chain(node.number()).view();
    boolean busy = run.lives.isTroubled(node.number(), now, now);
    run.life(node).check(view.tip(), view.totalWork(), busy, now);
    run.spread.check(now);
  }

  @Override
  public void judged(RunningNode node, Delivery candidate, Verdict verdict) {
    boolean isFinal =
        switch (verdict) {
          case Verdict.Accept _, Verdict.Ignore _, Verdict.Reject _ -> true;
          case Verdict.Await _, Verdict.NotYet _ -> false;
        };
    Watched run = watched();
    run.life(node).judged(candidate.id(), isFinal, run.nowNanos());
  }

  @Override
  public void accepted(RunningNode node, Delivery delivery) {
    Watched run = watched();
    long now = run.nowNanos();
    MessageId id = delivery.id();
    run.life(node).accepted(id, now);
    if (!run.messages.knows(id)) { // Those who lie have messages that they do not publish.
      run.spread.published(delivery.message().payload().length(), now);
    }
    String defect = run.messages.defect(delivery, run.simulation.millis(node.number()));
    if (defect != null) {
      throw new InvariantViolated(
          Invariant.VALID, node.number(), now, "accepts " + id + " although " + defect);
    }
    if (run.lives.isHonest(node.number()) && isOfItsTime(run, id) && isToldOn(node, delivery)) {
      run.spread.accepted(run.life(node), id, delivery.message(), now);
    }
  }

  /** Of blocks that it catches up with, a node tells others only where they end (PROTOCOL §8.6). */
  private static boolean isToldOn(RunningNode node, Delivery delivery) {
    return delivery.message().kind() != GossipMessage.Kind.BLOCK
        || node.service().syncCounters().chains() == 0;
  }

  /** A block of a clock that is far ahead is not everybody's yet. */
  private static boolean isOfItsTime(Watched run, MessageId id) {
    long limit = run.simulation.millis() + ChainRules.MAX_AHEAD.dividedBy(2).toMillis();
    return run.messages.millis(id) <= limit;
  }

  @Override
  public void rejected(RunningNode node, MessageId id, @Nullable PeerId from, String why) {
    Watched run = watched();
    long now = run.nowNanos();
    if (from == null || run.lives.isHonest(from)) {
      throw new InvariantViolated(
          Invariant.HONEST_ARE_SPARED,
          node.number(),
          now,
          "rejects " + id + " of " + (from == null ? "its own" : from) + ": " + why);
    }
    run.life(node).rejected(from, now);
  }

  @Override
  public void dialled(RunningNode node, int to) {
    Watched run = watched();
    // Behind a router a node has several addresses, and is dialled when it asks for that.
    if (!run.simulation.network().hasRouters()) {
      run.life(node).dialled(to, run.nowNanos());
    }
  }

  @Override
  public void established(RunningNode node, LinkEnd peer) {
    Watched run = watched();
    PeerId there = run.simulation.nodes().get(peer.remoteNode()).peerId();
    if (!peer.peer().equals(there)) {
      throw new InvariantViolated(
          Invariant.PROVED,
          node.number(),
          run.nowNanos(),
          "takes node " + peer.remoteNode() + " for " + peer.peer());
    }
    if (!peer.isOutbound() && !waysIn.isOpenTo(node, peer)) {
      throw new InvariantViolated(
          Invariant.ROUTERS_HOLD,
          node.number(),
          run.nowNanos(),
          "is linked with node " + peer.remoteNode() + " through a router that lets nobody in");
    }
  }

  @Override
  public void dialsFromListeningPort(RunningNode node, PeerAddress to, DialWay way) {
    waysIn.dials(node, to.endpoint());
  }

  @Override
  public void closed(RunningNode node, LinkEnd peer, CloseReason why) {
    Watched run = watched();
    run.life(node).departed(peer.remoteNode(), run.nowNanos());
  }

  /** How long a network takes at most, once nothing goes wrong any more, to be whole again. */
  public static final Duration HEALS_WITHIN = Duration.ofMinutes(3);

  /**
   * What must be true when nothing has gone wrong for {@link #HEALS_WITHIN}. Of chains it says
   * something only where lines can have carried what was published.
   */
  public void checkHealed() {
    Healed healed = new Healed(watched().simulation, plan);
    healed.checkPeers();
    if (isThrough()) {
      healed.checkWork();
      healed.checkCaughtUp();
    }
  }

  /** All honest nodes that can reach the one who made this block, which is the last, have it. */
  public void checkAgreement(MessageId last, int miner) {
    if (isThrough()) {
      new Healed(watched().simulation, plan).checkAgreement(last, miner);
    }
  }

  private boolean isThrough() {
    return watched().spread.isThrough(watched().nowNanos());
  }

  /** Ends all nodes, and sees what is left of them. */
  public void checkAccounts() {
    Accounts.check(watched().simulation, plan);
  }
}
