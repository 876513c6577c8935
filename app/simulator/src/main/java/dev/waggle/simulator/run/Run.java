package dev.waggle.simulator.run;

import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.simulator.checks.Invariants;
import dev.waggle.simulator.engine.EventQueue;
import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.faults.FaultPlan;
import dev.waggle.simulator.fidelity.Fidelity;
import dev.waggle.simulator.node.Charges;
import dev.waggle.simulator.node.RunningNode;
import dev.waggle.simulator.node.SimulatedNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run: a scenario, a seed, and how much of it is computed. Owned by one thread. */
public final class Run {
  /** Events between two looks at the real clock: some milliseconds. */
  private static final int EVENTS_PER_LOOK = 4096;

  private static final long REPORT_EVERY_NANOS = 250_000_000;

  /** Of the block that ends a run in which something went wrong. */
  private static final int LAST_BLOCK_BYTES = 1000;

  private static final Duration LAST_BLOCK_IS_THROUGH = Duration.ofMinutes(1);

  private final long usedBeforeBytes;
  private final Scenario scenario;
  private final Seeds seeds;
  private final Fidelity fidelity;
  private final String fidelityName;
  private final Simulation simulation;
  private final EventQueue queue;
  private final Map<PeerId, Integer> numbers = new HashMap<>();
  private final List<Publication> publications;
  private final Measures measures;
  private final Trace trace;
  private final Healings healings;
  private final @Nullable LateNodes late;
  private final @Nullable Reaches reaches;
  private final FaultPlan faults;
  private @Nullable Invariants invariants;
  private @Nullable MessageId last;
  private int lastMiner;
  private final long lengthNanos;

  /** What a run is made of, beside its scenario. */
  public record Parts(
      Seeds seeds,
      Fidelity fidelity,
      String fidelityName,
      Charges charges,
      FaultPlan faults,
      boolean check,
      @Nullable EventLines lines) {}

  public Run(Scenario scenario, Parts parts) {
    this.usedBeforeBytes = Heap.usedBytes();
    this.scenario = scenario;
    this.seeds = parts.seeds();
    this.fidelity = parts.fidelity();
    this.fidelityName = parts.fidelityName();
    this.faults = parts.faults();
    Observers observers = new Observers();
    this.simulation = new Simulation(scenario, fidelity, parts.charges(), seeds, observers);
    this.queue = simulation.queue();
    for (SimulatedNode node : simulation.nodes()) {
      numbers.put(node.peerId(), node.number());
    }
    this.measures = new Measures(queue::nowNanos, scenario.nodes(), fidelity, this::numberOf);
    this.trace = new Trace(queue::nowNanos, parts.lines());
    this.publications = Publication.draw(scenario, seeds);
    this.lengthNanos = lengthNanos(parts.check());
    this.healings = new Healings(simulation, faults, lengthNanos);
    observers.add(measures);
    observers.add(trace);
    observers.add(healings);
    this.late = scenario.history().isThere() ? new LateNodes(simulation) : null;
    if (late != null) {
      observers.add(late);
    }
    this.reaches =
        scenario.behindRouters().areThere() ? new Reaches(simulation, this::numberOf) : null;
    if (reaches != null) {
      observers.add(reaches);
    }
    if (parts.check()) {
      Invariants net = new Invariants(faults);
      net.watch(simulation);
      observers.add(net);
      invariants = net;
    }
    schedule();
  }

  private int numberOf(PeerId id) {
    Integer number = numbers.get(id);
    if (number == null) {
      throw new IllegalStateException("nobody is " + id);
    }
    return number;
  }

  private long lengthNanos(boolean check) {
    if (scenario.history().isThere()) {
      return scenario.lateAt().plus(scenario.history().within()).toNanos();
    }
    long drained = Math.max(1, Publication.end(scenario, publications).toNanos());
    if (isCalm() && !check) {
      return drained;
    }
    Duration over = faults.endOfTroubles();
    Duration calm = over.compareTo(scenario.startWithin()) > 0 ? over : scenario.startWithin();
    long healed = Math.max(drained, calm.plus(Invariants.HEALS_WITHIN).toNanos());
    return isCalm() ? healed : healed + LAST_BLOCK_IS_THROUGH.toNanos();
  }

  private boolean isCalm() {
    return faults.faults().isEmpty();
  }

  private void schedule() {
    faults.inject(simulation);
    healings.schedule();
    for (SimulatedNode node : simulation.nodes()) {
      queue.at(startNanos(node.number()), node::start);
    }
    for (Publication publication : publications) {
      queue.at(publication.atNanos(), () -> publish(publication));
    }
    if (!isCalm() && late == null) {
      queue.at(lengthNanos - LAST_BLOCK_IS_THROUGH.toNanos(), this::decide);
    }
  }

  private long startNanos(int node) {
    return scenario.history().startsLater(node, scenario.nodes())
        ? scenario.lateAt().toNanos()
        : Publication.part(scenario.startWithin().toNanos(), node, scenario.nodes());
  }

  /**
   * One more block, which is not measured: of two branches with equal work both stand until then,
   * and who did not heal is seen by it.
   */
  private void decide() {
    checkHealed();
    measures.takeNoMore();
    SimulatedNode highest = null;
    for (SimulatedNode node : simulation.nodes()) {
      if (mayPublish(node.number()) && (highest == null || work(node) > work(highest))) {
        highest = node;
      }
    }
    if (highest != null) {
      lastMiner = highest.number();
      last = fidelity.idOf(simulation.mine(lastMiner, LAST_BLOCK_BYTES, 0));
    }
  }

  private long work(SimulatedNode node) {
    return simulation.chain(node.number()).view().totalWork();
  }

  private void checkHealed() {
    if (invariants != null && scenario.resetsPerHour() == 0) { // Else somebody just lost a peer.
      invariants.checkHealed();
    }
  }

  private void publish(Publication what) {
    if (mayPublish(what.node())) {
      simulation.publish(what);
    }
  }

  /** Whoever is down, or lies, publishes nothing that counts. */
  private boolean mayPublish(int node) {
    return simulation.nodes().get(node).isUp() && faults.isHonest(node);
  }

  /**
   * Plays it to its end.
   *
   * @throws dev.waggle.simulator.checks.InvariantViolated if something was not true that must be;
   *     only if that is looked at
   */
  public RunResult play(Progress progress) {
    long began = System.nanoTime();
    long reported = began;
    long looked = 0;
    long endNanos = lengthNanos;
    while (queue.step(endNanos)) {
      if (endNanos == lengthNanos && isCaughtUp()) {
        endNanos = Math.min(lengthNanos, queue.nowNanos() + scenario.drain().toNanos());
      }
      if (queue.handled() - looked >= EVENTS_PER_LOOK) {
        looked = queue.handled();
        long now = System.nanoTime();
        if (now - reported >= REPORT_EVERY_NANOS) {
          reported = now;
          progress.report(doneShare(), queue.nowNanos(), queue.handled());
        }
      }
    }
    queue.run(endNanos);
    RunResult result = result(System.nanoTime() - began);
    Invariants net = invariants;
    if (net != null) {
      checkHealed();
      if (last != null && scenario.resetsPerHour() == 0) {
        net.checkAgreement(last, lastMiner);
      }
      net.checkAccounts();
    }
    return result;
  }

  private double doneShare() {
    return late == null ? (double) queue.nowNanos() / lengthNanos : late.share();
  }

  /** Whether those that came late have all, and nothing is to go wrong any more. */
  private boolean isCaughtUp() {
    return late != null && late.areWhole() && queue.nowNanos() >= faults.endOfTroubles().toNanos();
  }

  private RunResult result(long realNanos) {
    List<Integer> degrees = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    List<RunResult.Link> links = new ArrayList<>();
    for (SimulatedNode node : simulation.nodes()) {
      places.add(node.host().place());
      RunningNode running = node.running();
      degrees.add(running == null ? 0 : running.peers().size());
      if (running != null) {
        running.peers().stream()
            .filter(peer -> peer.info().direction() == Direction.OUTBOUND)
            .forEach(
                peer -> links.add(new RunResult.Link(node.number(), numberOf(peer.info().id()))));
      }
    }
    Tips tips = Tips.of(simulation, faults);
    Agreement agreement = healings.agreement();
    return new RunResult(
        scenario,
        seeds.seed(),
        fidelityName,
        fidelity.suite(),
        trace.hash(),
        queue.nowNanos(),
        realNanos,
        queue.handled(),
        Heap.usedBytes() - usedBeforeBytes,
        measures.results(GossipMessage.Kind.BLOCK),
        measures.results(GossipMessage.Kind.TRANSACTION),
        measures.messages(),
        simulation.network().sentBytes(),
        measures.usefulBytes(),
        measures.rejected(),
        measures.failures(),
        degrees,
        places,
        links,
        faults,
        healings.results(),
        healings.apart(),
        tips.count(),
        tips.astray(),
        tips.count() == 1 && agreement.isAgreed() ? agreement.sinceNanos() : null,
        late == null ? List.of() : late.results(),
        reaches == null ? null : reaches.result());
  }
}
