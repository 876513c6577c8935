package dev.waggle.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.chain.Block;
import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.peers.PeerStatus;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.node.Ban;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.simulator.checks.Invariants;
import dev.waggle.simulator.costs.Costs;
import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.fidelity.BytesFidelity;
import dev.waggle.simulator.fidelity.Fidelity;
import dev.waggle.simulator.fidelity.MessagesFidelity;
import dev.waggle.simulator.network.Tcp;
import dev.waggle.simulator.node.LinkEnd;
import dev.waggle.simulator.node.NodeObserver;
import dev.waggle.simulator.node.RunningNode;
import dev.waggle.simulator.node.SimulatedNode;
import dev.waggle.simulator.node.TableCharges;
import dev.waggle.simulator.places.Places;
import dev.waggle.simulator.run.History;
import dev.waggle.simulator.run.Observers;
import dev.waggle.simulator.run.Scenario;
import dev.waggle.simulator.run.Simulation;
import dev.waggle.simulator.run.Workload;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a node that comes late sees of some that lie about chains, while it gets one from two that
 * do not.
 */
class ChainLiesTest {
  private static final int HONEST = 2;
  private static final int LIARS = 4;
  private static final int LATE = HONEST + LIARS;
  private static final int BLOCKS = 300;
  private static final Duration COMES_AT = Duration.ofSeconds(5);

  /** The liars may be asked for the tip first, by turns of 3 s, and hold up the first blocks. */
  private static final Duration CAUGHT_UP_AFTER = Duration.ofSeconds(25);

  /** Counts what the late node sees of liars. */
  private static final class Seen implements NodeObserver {
    private final TreeMap<String, Integer> counts = new TreeMap<>();
    private final Set<PeerId> liars = new HashSet<>();

    private void count(String what, int many) {
      counts.merge(what, many, Integer::sum);
    }

    @Override
    public void arrived(
        RunningNode node, LinkEnd from, WireMessage message, @Nullable MessageId id) {
      if (node.number() == LATE && from.remoteNode() >= HONEST) {
        count(message.getClass().getSimpleName(), 1);
        if (message instanceof WireMessage.Headers headers) {
          count("headers", headers.headers().size());
          count(headers.headers().isEmpty() ? "claims" : "parts", 1);
        }
      }
    }

    @Override
    public void settled(RunningNode node) {
      if (node.number() == LATE) {
        for (PeerStatus peer : node.peers()) {
          if (peer.score() <= -25 && liars.contains(peer.info().id())) {
            counts.put("points", 1);
          }
        }
      }
    }

    int of(String what) {
      return counts.getOrDefault(what, 0);
    }
  }

  private static Scenario scenario() {
    return new Scenario(
            LATE + 1,
            4,
            LATE + 1,
            LATE,
            0,
            Places.uniform(Duration.ofMillis(20)),
            0.1,
            0,
            0,
            0,
            0,
            Tcp.LINUX,
            Duration.ZERO,
            COMES_AT,
            new Workload(0, Duration.ZERO, 0, 0, 0, 0, Duration.ZERO),
            Duration.ZERO)
        .withHistory(new History(BLOCKS, Block.OVERHEAD, LIARS, 1, Duration.ofMinutes(5)));
  }

  private static Seen seenOf(Lie lie, boolean bytes) {
    Seeds seeds = new Seeds(4);
    CipherSuite suite = ToySuite.create();
    Fidelity fidelity =
        bytes
            ? new BytesFidelity(seeds, suite, suite.hash())
            : new MessagesFidelity(seeds, suite, suite.hash());
    Integer[] liars = IntStream.range(HONEST, LATE).boxed().toArray(Integer[]::new);
    FaultPlan plan =
        new FaultPlan(
            List.of(
                new Fault.Lying(
                    COMES_AT.plusMillis(10), Duration.ofMinutes(1), Nodes.of(liars), lie)));
    Seen seen = new Seen();
    Observers observers = new Observers();
    observers.add(seen);
    Invariants invariants = new Invariants(plan);
    if (lie != Lie.ORPHANS) { // Of those more come than may, which is another matter.
      observers.add(invariants);
    }
    Costs costs = Costs.standard();
    Simulation simulation =
        new Simulation(
            scenario(),
            fidelity,
            new TableCharges(costs, costs.suites().getFirst()),
            seeds,
            observers);
    invariants.watch(simulation);
    simulation.nodes().subList(HONEST, LATE).forEach(node -> seen.liars.add(node.peerId()));
    plan.inject(simulation);
    simulation.nodes().subList(0, HONEST).forEach(SimulatedNode::start);
    simulation.queue().run(COMES_AT.toNanos());
    simulation.nodes().subList(HONEST, LATE + 1).forEach(SimulatedNode::start);

    simulation.queue().run(COMES_AT.plus(CAUGHT_UP_AFTER).toNanos());
    assertThat(simulation.chain(LATE).view().tip()).isEqualTo(simulation.history().tip());

    simulation.queue().run(Duration.ofMinutes(5).toNanos());
    for (SimulatedNode node : simulation.nodes()) {
      RunningNode running = node.up();
      assertThat(running.service().syncCounters().chains()).as("chains").isZero();
      assertThat(running.service().syncCounters().heldBytes()).as("held bytes").isZero();
      assertThat(running.service().bans(running.nowNanos()))
          .filteredOn(ban -> ban.subject() instanceof Ban.Peer)
          .extracting(Ban::subject)
          .allMatch(subject -> seen.liars.contains(((Ban.Peer) subject).id()));
    }
    return seen;
  }

  @ParameterizedTest
  @CsvSource({
    "FLAWED_HEADERS, points, 1, false", "FLAWED_HEADERS, points, 1, true",
    "MADE_UP_HEADERS, parts, 3, false", "MADE_UP_HEADERS, parts, 3, true",
    "MADE_UP_BLOCKS, points, 1, false", "MADE_UP_BLOCKS, points, 1, true",
    "ENDLESS_HEADERS, headers, 2049, false", "ENDLESS_HEADERS, headers, 2049, true",
    "UNASKED_HEADERS, headers, 128, false", "UNASKED_HEADERS, headers, 128, true",
    "CLAIMED_CHAINS, claims, 1, false", "CLAIMED_CHAINS, claims, 1, true",
    "TRICKLED_BLOCKS, Gossip, 1, false", "TRICKLED_BLOCKS, Gossip, 1, true",
    "WITHHELD_REQUESTS, claims, 1, false", "WITHHELD_REQUESTS, claims, 1, true",
    "ORPHANS, Gossip, 4000, false", "ORPHANS, Gossip, 4000, true",
  })
  void lie_isSeen_andKeepsNobodyFromTheChain(Lie lie, String seen, int least, boolean bytes) {
    Seen all = seenOf(lie, bytes);

    assertThat(all.of(seen)).as("of %s", all.counts).isGreaterThanOrEqualTo(least);
  }

  /** One in two seconds from each, for as long as any is asked for anything. */
  @ParameterizedTest
  @CsvSource({"false", "true"})
  void trickler_sendsFewBlocks_andWhoClaimsAChain_none(boolean bytes) {
    assertThat(seenOf(Lie.TRICKLED_BLOCKS, bytes).of("Gossip")).isBetween(1, LIARS * 30);
    assertThat(seenOf(Lie.CLAIMED_CHAINS, bytes).of("Gossip")).isZero();
  }
}
