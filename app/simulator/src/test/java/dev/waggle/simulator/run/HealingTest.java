package dev.waggle.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.simulator.costs.Costs;
import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.faults.Fault;
import dev.waggle.simulator.faults.FaultPlan;
import dev.waggle.simulator.faults.Lie;
import dev.waggle.simulator.faults.Nodes;
import dev.waggle.simulator.fidelity.MessagesFidelity;
import dev.waggle.simulator.network.Tcp;
import dev.waggle.simulator.node.TableCharges;
import dev.waggle.simulator.places.Places;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HealingTest {
  private static final int NODES = 10;
  private static final Nodes SIDE = Nodes.of(0, 1, 2, 3);
  private static final Duration FIRST_BLOCK = Duration.ofSeconds(21);
  private static final Duration BLOCK_EVERY = Duration.ofSeconds(5);

  private record Line(long nanos, int node, String event, int peer, @Nullable MessageId message) {}

  private final List<Line> trace = new ArrayList<>();

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private RunResult play(int blocks, Fault... faults) {
    Seeds seeds = new Seeds(11);
    CipherSuite suite = ToySuite.create();
    Scenario scenario =
        new Scenario(
            NODES,
            3,
            NODES,
            6,
            0,
            Places.world(),
            0.1,
            0,
            0,
            0,
            0,
            Tcp.LINUX,
            seconds(1),
            FIRST_BLOCK.minusSeconds(1),
            new Workload(blocks, BLOCK_EVERY, 20_000, 1, 0, 0, Duration.ZERO),
            seconds(20));
    return new Run(
            scenario,
            new Run.Parts(
                seeds,
                new MessagesFidelity(seeds, suite, suite.hash()),
                "messages",
                new TableCharges(Costs.standard(), "mlkem768-mldsa65"),
                new FaultPlan(List.of(faults)),
                false,
                (nanos, node, event, peer, message) ->
                    trace.add(new Line(nanos, node, event, peer, message))))
        .play(Progress.NONE);
  }

  private static boolean isOnSide(int node) {
    return SIDE.contains(node);
  }

  /** When the last node had a block that came to all. */
  private static long throughNanos(SpreadResult block) {
    return block.publishedNanos() + Math.round(block.coverage().last() * 1e6);
  }

  @Test
  void partitionInWhichBothSidesMine_healsWhenAllHaveOneTipAgain() {
    // Five blocks: one side has more.
    Fault.Partition partition = new Fault.Partition(seconds(25), seconds(25), SIDE);
    long end = partition.until().toNanos();

    RunResult result = play(6, partition);

    List<SpreadResult> meanwhile =
        result.blocks().stream()
            .filter(block -> block.publishedNanos() > partition.from().toNanos())
            .filter(block -> block.publishedNanos() < end)
            .toList();
    assertThat(meanwhile).extracting(block -> isOnSide(block.publisher())).contains(true, false);

    Healing healing = result.healings().getFirst();
    assertThat(healing.fault()).isEqualTo(partition);
    long across =
        trace.stream()
            .filter(line -> line.nanos >= end && line.peer >= 0)
            .filter(line -> isOnSide(line.node) != isOnSide(line.peer))
            .filter(line -> line.event.matches("block|announce|request|ping|pong|get-addr|addr"))
            .mapToLong(Line::nanos)
            .min()
            .orElseThrow();
    assertThat(healing.heardNanos()).isEqualTo(across - end);
    // The last block of the longer side; those of the other one may come to all later.
    long longer = meanwhile.stream().filter(block -> !isOnSide(block.publisher())).count();
    assertThat(longer).isGreaterThan(meanwhile.size() - longer);
    long agreed =
        result.blocks().stream()
            .filter(block -> block.reached() == NODES && !isOnSide(block.publisher()))
            .mapToLong(HealingTest::throughNanos)
            .max()
            .orElseThrow();
    assertThat(healing.agreedNanos()).isCloseTo(agreed - end, within(1000L));
    assertThat(agreed).isGreaterThan(across);
  }

  @Test
  void nodesThatDiffer_areCountedOverTime() {
    RunResult result = play(12, new Fault.Partition(seconds(30), seconds(20), SIDE));

    List<Integer> apart = result.apart();
    int at = (int) (seconds(49).toNanos() * apart.size() / result.virtualNanos());
    assertThat(apart.get(at)).isEqualTo(4);
    assertThat(apart.getFirst()).isZero();
    assertThat(apart.getLast()).isZero();
  }

  @Test
  void nobodyMines_soChainsAgreeAtOnce() {
    Fault.Partition partition = new Fault.Partition(seconds(30), seconds(20), SIDE);

    RunResult result = play(0, partition);

    assertThat(result.healings().getFirst().agreedNanos()).isZero();
    assertThat(result.healings().getFirst().heardNanos()).isPositive();
  }

  @Test
  void chainLostWithItsDisk_isNoAgreement_untilItIsThereAgain() {
    Fault.Crash kept = new Fault.Crash(seconds(40), seconds(5), Nodes.of(2), false);
    Fault.Crash lost = new Fault.Crash(seconds(50), seconds(20), Nodes.of(7), true);

    RunResult result = play(3, kept, lost);

    assertThat(result.healings().get(0)).isEqualTo(new Healing(kept, null, 0L));
    Long caughtUp = result.healings().get(1).agreedNanos();
    assertThat(caughtUp).isPositive();
    long back =
        trace.stream()
            .filter(line -> line.node == 7 && line.event.equals("accepted"))
            .filter(line -> line.nanos < lost.until().plusMinutes(1).toNanos())
            .mapToLong(Line::nanos)
            .max()
            .orElseThrow();
    assertThat(caughtUp).isEqualTo(back - lost.until().toNanos());
  }

  @Test
  void faultThatOutlastsTheRun_hasNoHealing() {
    Fault.Lying lying =
        new Fault.Lying(seconds(5), Duration.ofDays(1), Nodes.of(1), Lie.REPLAYED_RECORDS);

    RunResult result = play(2, lying);

    assertThat(result.isOver(lying)).isFalse();
    assertThat(result.healings()).containsExactly(new Healing(lying, null, null));
  }
}
