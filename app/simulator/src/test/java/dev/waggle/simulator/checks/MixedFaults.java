package dev.waggle.simulator.checks;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.domain.node.P2PSettings;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.simulator.costs.Costs;
import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.engine.Seeds.Purpose;
import dev.waggle.simulator.faults.FaultPlan;
import dev.waggle.simulator.fidelity.BytesFidelity;
import dev.waggle.simulator.fidelity.Fidelity;
import dev.waggle.simulator.fidelity.MessagesFidelity;
import dev.waggle.simulator.network.Tcp;
import dev.waggle.simulator.node.Charges;
import dev.waggle.simulator.node.NodeMemory;
import dev.waggle.simulator.node.NodeSettings;
import dev.waggle.simulator.node.SimulatedNode;
import dev.waggle.simulator.node.TableCharges;
import dev.waggle.simulator.places.Places;
import dev.waggle.simulator.run.Observers;
import dev.waggle.simulator.run.Scenario;
import dev.waggle.simulator.run.Simulation;
import dev.waggle.simulator.run.Trace;
import dev.waggle.simulator.run.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * The net: a small network, drawn from a seed, in which all kinds of things go wrong while blocks
 * and transactions are published, until it is left in peace, and has to be whole again.
 */
final class MixedFaults {
  private static final Duration FIRST_BLOCK = Duration.ofSeconds(15);
  private static final Duration TROUBLE = Duration.ofMinutes(2);
  private static final Duration LAST_BLOCK_IS_THROUGH = Duration.ofMinutes(1);

  private static final double INTENSITY = 1;

  private final long seed;
  private final SplittableRandom random;
  private final FaultPlan plan;
  private final Simulation simulation;
  private final Invariants invariants;
  private final Trace trace;

  MixedFaults(long seed, FaultPlan plan, boolean bytes) {
    this.seed = seed;
    this.plan = plan;
    Seeds seeds = new Seeds(seed);
    this.random = seeds.random(Purpose.WORKLOAD);
    CipherSuite suite = ToySuite.create();
    Fidelity fidelity =
        bytes
            ? new BytesFidelity(seeds, suite, suite.hash())
            : new MessagesFidelity(seeds, suite, suite.hash());
    this.invariants = new Invariants(plan);
    Observers observers = new Observers();
    this.simulation =
        new Simulation(scenario(seed), fidelity, charges(), seeds, observers, tuning(seed));
    this.trace = new Trace(simulation.queue()::nowNanos, null);
    observers.add(trace);
    observers.add(invariants);
    invariants.watch(simulation);
  }

  /**
   * Whoever pushes little announces more; small shares of a link make it ask for more; and in every
   * other network some nodes are older than the others, and have none of the features.
   */
  private static UnaryOperator<NodeSettings> tuning(long seed) {
    SplittableRandom random = new Seeds(seed).random(Purpose.NODE);
    int pushes = random.nextBoolean() ? GossipSettings.DEFAULTS.pushPeers() : random.nextInt(3);
    int pushMax = random.nextInt(GossipSettings.DEFAULTS.pushMaxBytes());
    long perLink = random.nextBoolean() ? NodeMemory.DEFAULT.perLinkBytes() : 8 * 1024;
    boolean mixed = random.nextBoolean();
    return usual ->
        new NodeSettings(
            new P2PSettings(usual.p2p().peers(), GossipSettings.DEFAULTS.withPush(pushMax, pushes)),
            usual.admission(),
            new NodeMemory(usual.memory().incomingBytes(), usual.memory().outgoingBytes(), perLink),
            usual.slowness(),
            usual.clockNanos(),
            usual.wallSkewMillis(),
            mixed && random.nextBoolean() ? List.of() : usual.features());
  }

  /** Whatever suite costs something: so slow processors are slow. */
  private static Charges charges() {
    Costs costs = Costs.standard();
    return new TableCharges(costs, costs.suites().getFirst());
  }

  /** What goes wrong under a seed. */
  static FaultPlan planOf(long seed) {
    SplittableRandom faults = new Seeds(seed).random(Purpose.FAULTS);
    return FaultPlan.random(faults, scenario(seed).nodes(), TROUBLE, INTENSITY);
  }

  private static Scenario scenario(long seed) {
    SplittableRandom random = new Seeds(seed).random(Purpose.TOPOLOGY);
    int nodes = random.nextInt(3, 13);
    return new Scenario(
        nodes,
        random.nextInt(2, 9),
        nodes,
        random.nextInt(2, 9),
        0,
        Places.world(),
        0.1,
        random.nextBoolean() ? 0 : 2_000_000,
        random.nextBoolean() ? 0 : 4_000_000,
        random.nextInt(3) == 0 ? 0.25 : 0,
        0,
        Tcp.LINUX,
        Duration.ofSeconds(5),
        Duration.ZERO,
        new Workload(0, Duration.ZERO, 0, 0, 0, 0, Duration.ZERO),
        Duration.ZERO);
  }

  /** Runs one seed; what it prints in a failure replays it. */
  static long run(long seed) {
    return run(seed, planOf(seed), false);
  }

  static long run(long seed, FaultPlan plan, boolean bytes) {
    try {
      return new MixedFaults(seed, plan, bytes).play();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "seed %d (replay: -Dtest=MixedFaultsTest#replay -Dseed=%d): %s\n%s"
              .formatted(seed, seed, e.getMessage(), plan.text()),
          e);
    }
  }

  private long play() {
    plan.inject(simulation);
    for (SimulatedNode node : simulation.nodes()) {
      simulation.queue().at(random.nextLong(Duration.ofSeconds(5).toNanos()), node::start);
    }
    runUntil(FIRST_BLOCK);
    while (simulation.queue().nowNanos() < TROUBLE.toNanos()) {
      publish();
      simulation
          .queue()
          .run(simulation.queue().nowNanos() + random.nextLong(1, Duration.ofSeconds(4).toNanos()));
    }
    runUntil(TROUBLE.plus(Invariants.HEALS_WITHIN));
    invariants.checkHealed();
    SimulatedNode miner = highest();
    GossipMessage last = simulation.mine(miner.number(), 10_000, 1);
    MessageId id = simulation.fidelity().idOf(last);
    simulation.queue().run(simulation.queue().nowNanos() + LAST_BLOCK_IS_THROUGH.toNanos());
    invariants.checkAgreement(id, miner.number());
    invariants.checkAccounts();
    return trace.hash();
  }

  private void runUntil(Duration time) {
    simulation.queue().run(time.toNanos());
  }

  /** By somebody honest, who is up. */
  private void publish() {
    List<SimulatedNode> honest = new ArrayList<>(simulation.nodes());
    honest.removeIf(node -> !node.isUp() || !plan.isHonest(node.number()));
    if (honest.isEmpty()) {
      return;
    }
    int node = honest.get(random.nextInt(honest.size())).number();
    switch (random.nextInt(3)) {
      case 0 -> simulation.mine(node, random.nextInt(500, 100_000), 1);
      case 1 -> {
        for (int i = random.nextInt(5); i >= 0; i--) {
          simulation.pay(node, random.nextInt(50, 1000));
        }
      }
      default -> simulation.pay(node, random.nextInt(50, 20_000));
    }
  }

  private SimulatedNode highest() {
    SimulatedNode highest = null;
    for (SimulatedNode node : simulation.nodes()) {
      if (plan.isHonest(node.number()) && (highest == null || height(node) > height(highest))) {
        highest = node;
      }
    }
    if (highest == null) {
      throw new IllegalStateException("seed " + seed + " has nobody honest");
    }
    return highest;
  }

  private long height(SimulatedNode node) {
    return simulation.chain(node.number()).view().height();
  }
}
