package dev.waggle.simulator.run;

import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.simulator.engine.EventQueue;
import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.engine.Seeds.Purpose;
import dev.waggle.simulator.fidelity.Fidelity;
import dev.waggle.simulator.node.Charges;
import dev.waggle.simulator.node.NodeObserver;
import dev.waggle.simulator.node.RunningNode;
import dev.waggle.simulator.node.SimulatedNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One run: a scenario, a seed, and how much of it is computed. Owned by one thread. */
public final class Run {
  /** Events between two looks at the real clock: some milliseconds. */
  private static final int EVENTS_PER_LOOK = 4096;

  private static final long REPORT_EVERY_NANOS = 250_000_000;

  private final long usedBeforeBytes;
  private final Scenario scenario;
  private final Seeds seeds;
  private final Fidelity fidelity;
  private final String fidelityName;
  private final Simulation simulation;
  private final EventQueue queue;
  private final Map<PeerId, Integer> numbers = new HashMap<>();
  private final Measures measures;
  private final Trace trace;
  private final Agreement agreement;
  private final long lengthNanos;

  /** What a run is made of, beside its scenario. */
  public record Parts(
      Seeds seeds,
      Fidelity fidelity,
      String fidelityName,
      Charges charges,
      @Nullable EventLines lines) {}

  public Run(Scenario scenario, Parts parts) {
    this.usedBeforeBytes = Heap.usedBytes();
    this.scenario = scenario;
    this.seeds = parts.seeds();
    this.fidelity = parts.fidelity();
    this.fidelityName = parts.fidelityName();
    Observers observers = new Observers();
    this.simulation = new Simulation(scenario, fidelity, parts.charges(), seeds, observers);
    this.queue = simulation.queue();
    for (SimulatedNode node : simulation.nodes()) {
      numbers.put(node.peerId(), node.number());
    }
    this.measures = new Measures(queue::nowNanos, scenario.nodes(), this::numberOf);
    this.trace = new Trace(queue::nowNanos, parts.lines());
    this.agreement = new Agreement(scenario.nodes(), simulation.genesis());
    observers.add(measures);
    observers.add(trace);
    observers.add(new Tips());
    this.lengthNanos = schedule();
  }

  private int numberOf(PeerId id) {
    Integer number = numbers.get(id);
    if (number == null) {
      throw new IllegalStateException("nobody is " + id);
    }
    return number;
  }

  /** Follows the tips of all chains. */
  private final class Tips implements NodeObserver {
    private @Nullable RunningNode moved;

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
        agreement.tip(
            node.number(), simulation.chain(node.number()).view().tip(), queue.nowNanos());
      }
    }
  }

  private long schedule() {
    Workload work = scenario.workload();
    SplittableRandom random = seeds.random(Purpose.FAULTS);
    for (SimulatedNode node : simulation.nodes()) {
      queue.at(
          part(scenario.startWithin().toNanos(), node.number(), scenario.nodes()), node::start);
    }
    long begin = scenario.startWithin().plus(scenario.settle()).toNanos();
    long end = begin;
    for (int i = 0; i < work.transactions(); i++) {
      long at = begin + part(work.transactionsWithin().toNanos(), i, work.transactions());
      int node = random.nextInt(scenario.nodes());
      queue.at(at, () -> simulation.pay(node, work.transactionBytes()));
      end = Math.max(end, at);
    }
    for (int i = 0; i < work.blocks(); i++) {
      long at = begin + work.blockEvery().multipliedBy(i).toNanos();
      int node = random.nextInt(scenario.nodes());
      queue.at(at, () -> simulation.mine(node, work.blockBytes(), work.blockTransactions()));
      end = Math.max(end, at);
    }
    return end + scenario.drain().toNanos();
  }

  private static long part(long whole, int index, int count) {
    return (long) ((double) whole * index / count);
  }

  public Simulation simulation() {
    return simulation;
  }

  /** Plays it to its end. */
  public RunResult play(Progress progress) {
    long began = System.nanoTime();
    long reported = began;
    long looked = 0;
    while (queue.step(lengthNanos)) {
      if (queue.handled() - looked >= EVENTS_PER_LOOK) {
        looked = queue.handled();
        long now = System.nanoTime();
        if (now - reported >= REPORT_EVERY_NANOS) {
          reported = now;
          progress.report(
              (double) queue.nowNanos() / lengthNanos, queue.nowNanos(), queue.handled());
        }
      }
    }
    queue.run(lengthNanos);
    return result(System.nanoTime() - began);
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
        simulation.nodes().stream().mapToLong(node -> node.host().sentBytes()).sum(),
        measures.usefulBytes(),
        measures.rejected(),
        measures.failures(),
        degrees,
        places,
        links,
        agreement.tips(),
        agreement.isAgreed() ? agreement.sinceNanos() : null);
  }
}
