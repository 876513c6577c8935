package dev.waggle.simulator.report;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.wire.GossipMessage.Kind;
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
import dev.waggle.simulator.run.EventLines;
import dev.waggle.simulator.run.Healing;
import dev.waggle.simulator.run.LateResult;
import dev.waggle.simulator.run.Progress;
import dev.waggle.simulator.run.Quantiles;
import dev.waggle.simulator.run.RelayResult;
import dev.waggle.simulator.run.RelayResult.Traffic;
import dev.waggle.simulator.run.Run;
import dev.waggle.simulator.run.RunResult;
import dev.waggle.simulator.run.RunResult.Link;
import dev.waggle.simulator.run.Scenario;
import dev.waggle.simulator.run.SpreadResult;
import dev.waggle.simulator.run.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Results to report: made up, or of a small run. */
final class Results {
  static final long SEED = 7;
  static final long HASH = 0x0123456789abcdefL;

  /** The name of a place, to be quoted in most languages. */
  static final String QUOTED = "The \"Hague\" <b>";

  private static final Places PLACES =
      Places.parse(
          "test",
          """
          place, latitude, longitude, weight, The "Hague" <b>, Quito
          The "Hague" <b>, 52, 4, 1, 1, 150
          Quito, 0, -78, 1, 150, 1
          """);

  /** Nodes by turns in both places, each linked with the next. */
  static RunResult of(int nodes, List<SpreadResult> blocks, List<SpreadResult> transactions) {
    return of(nodes, blocks, transactions, List.of());
  }

  /** The same, in ninety seconds of which things went wrong. */
  static RunResult of(
      int nodes,
      List<SpreadResult> blocks,
      List<SpreadResult> transactions,
      List<Healing> healings) {
    return of(nodes, 0, blocks, transactions, healings, List.of());
  }

  /** The same, of which some end with another chain than most; the first of them has no link. */
  static RunResult disagreeing(int nodes, List<Integer> astray) {
    return of(nodes, 0, List.of(), List.of(), List.of(), astray);
  }

  /** The same with nothing published, of nodes that find each other through seeds. */
  static RunResult discovering(int nodes, int seeds) {
    return of(nodes, seeds, List.of(), List.of(), List.of(), List.of());
  }

  /** The same with nothing published, of which some came late. */
  static RunResult withLate(int nodes, List<LateResult> late) {
    return of(nodes, 0, List.of(), List.of(), List.of(), List.of(), late);
  }

  /** One that had all 1,000 blocks after so long, or had not; a second is what its line needs. */
  static LateResult late(int node, @Nullable Duration whole) {
    Long nanos = whole == null ? null : whole.toNanos();
    long blocks = whole == null ? 250 : 1000;
    return new LateResult(node, blocks, 1000, nanos, 7_500_000, 6_000_000, 1_000_000_000, 12, 2);
  }

  private static RunResult of(
      int nodes,
      int seeds,
      List<SpreadResult> blocks,
      List<SpreadResult> transactions,
      List<Healing> healings,
      List<Integer> astray) {
    return of(nodes, seeds, blocks, transactions, healings, astray, List.of());
  }

  private static RunResult of(
      int nodes,
      int seeds,
      List<SpreadResult> blocks,
      List<SpreadResult> transactions,
      List<Healing> healings,
      List<Integer> astray,
      List<LateResult> late) {
    long useful =
        IntStream.range(0, blocks.size())
            .mapToLong(i -> (blocks.get(i).reached() - 1L) * blocks.get(i).bytes())
            .sum();
    return new RunResult(
        scenario(nodes, seeds, PLACES, blocks.size(), transactions.size()),
        SEED,
        "messages",
        "kem-sig",
        HASH,
        90_000_000_000L,
        1_500_000_000L,
        3_000_000,
        nodes * 1000L,
        blocks,
        transactions,
        counts("announce", 20, "gossip", 1000),
        4_000_000,
        useful,
        3,
        counts("closed: reset", 5, "dial: timed-out", 12),
        IntStream.range(0, nodes).map(i -> astray.indexOf(i) == 0 ? 0 : 8 + i % 3).boxed().toList(),
        IntStream.range(0, nodes).map(i -> i % 2).boxed().toList(),
        IntStream.range(1, nodes).mapToObj(i -> new Link(i - 1, i)).toList(),
        new FaultPlan(healings.stream().map(Healing::fault).toList()),
        healings,
        IntStream.range(0, 90).map(second -> second % 30 == 0 ? nodes / 2 : 0).boxed().toList(),
        astray.isEmpty() ? 1 : 2,
        astray,
        astray.isEmpty() ? 61_000_000_000L : null,
        late,
        null);
  }

  private static Scenario scenario(
      int nodes, int seeds, Places places, int blocks, int transactions) {
    return new Scenario(
        nodes,
        4,
        16,
        8,
        seeds,
        places,
        0.1,
        6_250_000,
        0,
        0,
        0,
        Tcp.LINUX,
        Duration.ofSeconds(1),
        Duration.ofSeconds(20),
        new Workload(
            blocks, Duration.ofSeconds(2), 50_000, 10, transactions, 300, Duration.ofSeconds(4)),
        Duration.ofSeconds(20));
  }

  private static SortedMap<String, Long> counts(String one, long first, String two, long second) {
    SortedMap<String, Long> counts = new TreeMap<>();
    counts.put(one, first);
    counts.put(two, second);
    return counts;
  }

  /** A block that came to so many hundredths of the nodes, to one more in each {@code millis}. */
  static SpreadResult block(int number, int nodes, int percent, double millis) {
    return message(Kind.BLOCK, number, nodes, percent, millis);
  }

  static SpreadResult transaction(int number, int nodes, int percent, double millis) {
    return message(Kind.TRANSACTION, number, nodes, percent, millis);
  }

  private static SpreadResult message(
      Kind kind, int number, int nodes, int percent, double millis) {
    List<Double> arrivals = new ArrayList<>();
    for (int part = 0; part <= Quantiles.PARTS; part++) {
      arrivals.add(part <= percent ? part * millis : Double.NaN);
    }
    return new SpreadResult(
        new MessageId(number, kind.name().length(), 3, -4),
        kind,
        number % nodes,
        30_000_000_000L + number * 1_000_000L,
        1000,
        Math.max(1, nodes * percent / 100),
        new Quantiles(arrivals),
        2.5,
        6,
        0.25,
        kind == Kind.BLOCK ? relay(nodes) : null);
  }

  /** Half of the nodes put it together, and one in ten had to ask for that. */
  private static RelayResult relay(int nodes) {
    SortedMap<String, Traffic> messages = new TreeMap<>();
    messages.put("block", new Traffic(nodes / 2, nodes * 500L));
    messages.put("compact", new Traffic(nodes / 2, nodes * 100L));
    return new RelayResult(
        nodes * 600L,
        nodes * 500L,
        1.1,
        2.5,
        nodes / 2 - nodes / 10,
        nodes / 20,
        nodes / 20,
        nodes - nodes / 2,
        messages);
  }

  static List<SpreadResult> blocks(int count, int nodes) {
    return IntStream.range(0, count).mapToObj(i -> block(i, nodes, 100, 10 + i)).toList();
  }

  static List<SpreadResult> transactions(int count, int nodes) {
    return IntStream.range(0, count).mapToObj(i -> transaction(i, nodes, 100, 1 + i)).toList();
  }

  /** Of two partitions, of which one has not healed, a crash, and a liar who goes on. */
  static List<Healing> healings() {
    Nodes side = Nodes.of(IntStream.range(0, 8).boxed().toArray(Integer[]::new));
    Duration second = Duration.ofSeconds(1);
    return List.of(
        new Healing(
            new Fault.Partition(second.multipliedBy(10), second.multipliedBy(5), side),
            1_200_000_000L,
            4_500_000_000L),
        new Healing(
            new Fault.Partition(second.multipliedBy(30), second.multipliedBy(20), Nodes.of(3, 1)),
            3_000_000_000L,
            null),
        new Healing(new Fault.Crash(second, second, Nodes.of(2), true), null, 0L),
        new Healing(
            new Fault.Lying(second, second.multipliedBy(1000), Nodes.of(4), Lie.ANNOUNCE_FLOOD),
            null,
            null));
  }

  /** Plays twenty nodes with two blocks and three transactions. */
  static RunResult played(@Nullable EventLines lines) {
    Seeds seeds = new Seeds(SEED);
    CipherSuite suite = ToySuite.create();
    return new Run(
            scenario(20, 0, Places.world(), 2, 3),
            new Run.Parts(
                seeds,
                new MessagesFidelity(seeds, suite, suite.hash()),
                "messages",
                new TableCharges(Costs.standard(), "mlkem768-mldsa65"),
                FaultPlan.NONE,
                false,
                lines))
        .play(Progress.NONE);
  }

  private Results() {}
}
