package dev.waggle.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.chain.Block;
import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.node.Ban;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
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
import dev.waggle.simulator.run.Observers;
import dev.waggle.simulator.run.Scenario;
import dev.waggle.simulator.run.Simulation;
import dev.waggle.simulator.run.Workload;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What honest nodes see of one that lies, with real sessions and without. */
class LiesTest {
  private static final int LIAR = 0;
  private static final int NODES = 6;

  /** Of blocks that it has before anybody else it lies to all. */
  private static final Set<Lie> OF_ITS_BLOCKS =
      EnumSet.of(Lie.WITHHELD_ITEMS, Lie.GARBLED_NAMES, Lie.FORGED_PROOFS);

  private static final int MINED_BYTES = 40_000;

  /** Counts what honest nodes see of the liar. */
  private static final class Seen implements NodeObserver {
    private final TreeMap<String, Integer> counts = new TreeMap<>();
    private int longestOwnBlock;
    private @Nullable PeerId honest;

    private void count(RunningNode node, String what) {
      if (node.number() != LIAR) {
        counts.merge(what, 1, Integer::sum);
      }
    }

    @Override
    public void arrived(
        RunningNode node, LinkEnd from, WireMessage message, @Nullable MessageId id) {
      if (from.remoteNode() == LIAR) {
        count(node, message.getClass().getSimpleName());
        if (message instanceof WireMessage.Announce announce
            && announce.ids().size() == WireMessage.MAX_IDS) {
          count(node, "flood");
        }
        if (message instanceof WireMessage.Gossip(GossipMessage.Block(var payload))
            && !isMinedBy(honest, payload)) {
          longestOwnBlock = Math.max(longestOwnBlock, payload.length());
        }
      }
    }

    private static boolean isMinedBy(@Nullable PeerId miner, Bytes block) {
      try {
        return Block.decode(block).miner().equals(miner);
      } catch (MalformedMessage _) {
        return true;
      }
    }

    @Override
    public void rejected(RunningNode node, MessageId id, @Nullable PeerId from, String why) {
      count(node, "rejected");
    }

    @Override
    public void closed(RunningNode node, LinkEnd peer, CloseReason why) {
      if (peer.remoteNode() == LIAR) {
        if (!node.service().bans(node.nowNanos()).isEmpty()) {
          count(node, "banned");
        }
        count(node, why.toString().contains("does not open") ? "forged" : "closed");
      }
    }

    @Override
    public void settled(RunningNode node) {
      if (node.handshakes() > 1) {
        count(node, "handshakes");
      }
    }

    int of(String what) {
      return counts.getOrDefault(what, 0);
    }
  }

  private static Seen seenOf(Lie lie, boolean bytes) {
    Seeds seeds = new Seeds(4);
    CipherSuite suite = ToySuite.create();
    Fidelity fidelity =
        bytes
            ? new BytesFidelity(seeds, suite, suite.hash())
            : new MessagesFidelity(seeds, suite, suite.hash());
    FaultPlan plan =
        new FaultPlan(
            List.of(
                new Fault.Lying(
                    Duration.ofSeconds(20), Duration.ofMinutes(1), Nodes.of(LIAR), lie)));
    Seen seen = new Seen();
    Invariants invariants = new Invariants(plan);
    Observers observers = new Observers();
    observers.add(seen);
    observers.add(invariants);
    Costs costs = Costs.standard();
    Simulation simulation =
        new Simulation(
            scenario(),
            fidelity,
            new TableCharges(costs, costs.suites().getFirst()),
            seeds,
            observers);
    seen.honest = simulation.miner();
    invariants.watch(simulation);
    plan.inject(simulation);
    simulation.nodes().forEach(SimulatedNode::start);
    for (int second = 10; second < 90; second += 5) {
      simulation.queue().run(Duration.ofSeconds(second).toNanos());
      simulation.mine(
          OF_ITS_BLOCKS.contains(lie) && second % 2 == 0 ? LIAR : 1 + second % (NODES - 1),
          MINED_BYTES,
          1);
      simulation.pay(1, MINED_BYTES / 2);
    }
    simulation.queue().run(Duration.ofMinutes(5).toNanos());
    invariants.checkHealed();
    checkThatNobodyHonestIsBanned(simulation);
    invariants.checkAccounts();
    return seen;
  }

  /** Offences that are no rejected messages, too, are those of whoever commits them. */
  private static void checkThatNobodyHonestIsBanned(Simulation simulation) {
    PeerId liar = simulation.nodes().get(LIAR).peerId();
    for (SimulatedNode node : simulation.nodes()) {
      if (node.number() != LIAR) {
        RunningNode running = node.up();
        assertThat(running.service().bans(running.nowNanos()))
            .filteredOn(ban -> ban.subject() instanceof Ban.Peer)
            .allMatch(ban -> ban.subject().equals(new Ban.Peer(liar)));
      }
    }
  }

  private static Scenario scenario() {
    return new Scenario(
        NODES,
        4,
        NODES,
        NODES - 1,
        0,
        Places.world(),
        0.1,
        0,
        0,
        0,
        0,
        Tcp.LINUX,
        Duration.ZERO,
        Duration.ZERO,
        new Workload(0, Duration.ZERO, 0, 0, 0, 0, Duration.ZERO),
        Duration.ZERO);
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_BLOCKS, rejected, false", "INVALID_BLOCKS, rejected, true",
    "ANNOUNCE_FLOOD, flood, false", "ANNOUNCE_FLOOD, flood, true",
    "REPLAYED_RECORDS, forged, false", "REPLAYED_RECORDS, forged, true",
    "LEFT_CONNECTIONS, handshakes, false", "LEFT_CONNECTIONS, handshakes, true",
    "WITHHELD_REQUESTS, Announce, false", "WITHHELD_REQUESTS, Announce, true",
    "EQUAL_WORK, Gossip, false", "EQUAL_WORK, Gossip, true",
    "WITHHELD_ITEMS, Outline, false", "WITHHELD_ITEMS, Outline, true",
    "GARBLED_NAMES, banned, false", "GARBLED_NAMES, banned, true",
    "FORGED_PROOFS, banned, false", "FORGED_PROOFS, banned, true",
  })
  void lie_isSeen_andHarmsNobody(Lie lie, String seen, boolean bytes) {
    Seen all = seenOf(lie, bytes);

    assertThat(all.of(seen)).as("of %s", all.counts).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void withholder_sendsNothingThatItAnnounces(boolean bytes) {
    Seen before = seenOf(Lie.EQUAL_WORK, bytes);
    Seen seen = seenOf(Lie.WITHHELD_REQUESTS, bytes);

    assertThat(seen.of("Gossip")).isLessThan(before.of("Gossip"));
  }

  /** Or what a large block had, which a fork has driven out, would come again with each fork. */
  @Test
  void forks_areSmall_howeverMuchWaits() {
    assertThat(seenOf(Lie.EQUAL_WORK, false).longestOwnBlock).isBetween(1, MINED_BYTES / 2);
  }
}
