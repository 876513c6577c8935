package dev.waggle.simulator.report;

import dev.waggle.charts.Axis;
import dev.waggle.charts.Curve;
import dev.waggle.charts.Curve.Point;
import dev.waggle.charts.CurveChart;
import dev.waggle.charts.Hue;
import dev.waggle.charts.Section;
import dev.waggle.charts.Table;
import dev.waggle.charts.Table.Cell;
import dev.waggle.charts.Table.Tone;
import dev.waggle.charts.Unit;
import dev.waggle.charts.Weight;
import dev.waggle.simulator.faults.Fault;
import dev.waggle.simulator.run.Healing;
import dev.waggle.simulator.run.RunResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What went wrong when, of one fault at least, and how long it took to heal. */
final class FaultsSection {
  /** Rows of the table; those of the faults from which it took longest to heal. */
  static final int MOST_ROWS = 100;

  /** Nodes that are named one by one. */
  private static final int MOST_NAMED = 6;

  private static final List<Hue> HUES =
      List.of(
          Hue.ORANGE,
          Hue.RED,
          Hue.VIOLET,
          Hue.GREEN,
          Hue.GOLD,
          Hue.TEAL,
          Hue.PINK,
          Hue.GREY,
          Hue.BLUE);

  private static final String APART = "another chain than most";

  private final RunResult result;
  private final int nodes;

  FaultsSection(RunResult result) {
    this.result = result;
    this.nodes = result.scenario().nodes();
  }

  Section section() {
    List<Healing> listed = listed();
    String part =
        listed.size() == result.healings().size()
            ? ""
            : " Of %s, those %d are listed from which it took longest to heal."
                .formatted(Figures.counted(result.healings().size(), "fault"), listed.size());
    return new Section(
        "faults", "What went wrong on purpose?", text() + part, List.of(chart(), table(listed)));
  }

  private String text() {
    HealingSummary partitions = HealingSummary.ofPartitions(result);
    HealingSummary others = HealingSummary.ofOthers(result);
    List<String> sentences = new ArrayList<>();
    if (!partitions.isEmpty()) {
      sentences.add(
          "After the end of %s the first message came across %s, and all chains agreed %s."
              .formatted(
                  slowest(partitions.count(), "partition"),
                  partitions.heard(),
                  partitions.agreed()));
    }
    if (!others.isEmpty()) {
      sentences.add(
          "After that of %s all chains agreed %s."
              .formatted(
                  slowest(others.count(), partitions.isEmpty() ? "fault" : "other fault"),
                  others.agreed()));
    }
    sentences.add(
        "Chains agree when all nodes that keep to the protocol have one tip; so each new block is a"
            + " short peak, until it has come to all.");
    return String.join(" ", sentences);
  }

  private static String slowest(int count, String one) {
    return count == 1 ? "the " + one : "the worst of " + Figures.counted(count, one);
  }

  // ---- over time

  private CurveChart chart() {
    Map<String, List<Fault>> kinds =
        result.faults().faults().stream()
            .collect(Collectors.groupingBy(Fault::kind, TreeMap::new, Collectors.toList()));
    List<Curve> curves = new ArrayList<>();
    int look = 0;
    for (Map.Entry<String, List<Fault>> kind : kinds.entrySet()) {
      curves.add(
          new Curve(kind.getKey(), HUES.get(look % HUES.size()), affected(kind.getValue()))
              .withLook(look + 1));
      look++;
    }
    curves.add(new Curve(APART, Hue.BLUE, apart()).withWeight(Weight.STRONG));
    return new CurveChart(
        "Nodes in trouble over the run",
        "How many nodes each kind of fault befell, and how many had another chain than most.",
        Axis.linear("Time", Figures.TIME).between(0, (double) result.virtualNanos()),
        Axis.linear("Nodes", Unit.count()).from(0),
        curves);
  }

  /** How many nodes a kind of fault befell: steps, of two points each. */
  private List<Point> affected(List<Fault> faults) {
    TreeSet<Long> turns = new TreeSet<>();
    for (Fault fault : faults) {
      turns.add(shown(fault.from().toNanos()));
      turns.add(shown(fault.until().toNanos()));
    }
    List<Point> points = new ArrayList<>(List.of(new Point(0, 0)));
    for (long turn : turns) {
      points.add(new Point(turn, points.getLast().y()));
      points.add(new Point(turn, befallen(faults, turn)));
    }
    points.add(new Point(result.virtualNanos(), points.getLast().y()));
    return points;
  }

  private long shown(long nanos) {
    return Math.min(nanos, result.virtualNanos());
  }

  private long befallen(List<Fault> faults, long nanos) {
    List<Fault> going =
        faults.stream()
            .filter(one -> one.from().toNanos() <= nanos && nanos < one.until().toNanos())
            .toList();
    return count(node -> going.stream().anyMatch(one -> one.who().contains(node)));
  }

  private long count(IntPredicate which) {
    return IntStream.range(0, nodes).filter(which).count();
  }

  private List<Point> apart() {
    List<Integer> apart = result.apart();
    return IntStream.range(0, apart.size())
        .mapToObj(i -> new Point((double) result.virtualNanos() * i / apart.size(), apart.get(i)))
        .toList();
  }

  // ---- one by one

  private List<Healing> listed() {
    return result.healings().stream()
        .sorted(Comparator.comparingLong(FaultsSection::agreedNanos).reversed())
        .limit(MOST_ROWS)
        .sorted(
            Comparator.comparing((Healing one) -> one.fault().from())
                .thenComparing(one -> one.fault().until()))
        .toList();
  }

  private static long agreedNanos(Healing healing) {
    Long nanos = healing.agreedNanos();
    return nanos == null ? Long.MAX_VALUE : nanos;
  }

  private Table table(List<Healing> listed) {
    return new Table(
        List.of(
            "What", "From", "Lasts", "Nodes", "How", "Sides hear each other", "All chains agree"),
        listed.stream().map(this::row).toList(),
        false);
  }

  private List<Cell> row(Healing healing) {
    Fault fault = healing.fault();
    return List.of(
        Cell.text(fault.kind()),
        Cell.figure(Figures.nanos(fault.from().toNanos())),
        Cell.figure(Figures.nanos(fault.lasts().toNanos())),
        Cell.text(who(fault)),
        Cell.text(how(fault)),
        healing.isOfPartition() ? after(fault, healing.heardNanos()) : Cell.text(""),
        after(fault, healing.agreedNanos()));
  }

  private Cell after(Fault fault, @Nullable Long nanos) {
    if (!result.isOver(fault)) {
      return new Cell("not over", Tone.SOFT);
    }
    return new Cell(HealingSummary.after(nanos), nanos == null ? Tone.BAD : Tone.FIGURE);
  }

  private String who(Fault fault) {
    List<String> named =
        IntStream.range(0, nodes)
            .filter(fault.who()::contains)
            .mapToObj(Integer::toString)
            .limit(MOST_NAMED + 1)
            .toList();
    return named.size() <= MOST_NAMED
        ? String.join(", ", named)
        : Figures.counted(count(fault.who()::contains), "node");
  }

  private static String how(Fault fault) {
    return switch (fault) {
      case Fault.Crash _, Fault.PowerLoss _, Fault.Lying _ -> fault.manner();
      case Fault.SlowProcessor slow -> Figures.number(slow.times()) + " times slower";
      case Fault.ClockSkew skew -> skewed(skew.ahead().toNanos());
      case Fault.SlowLine slow -> Figures.bytes(slow.bytesPerSecond()) + "/s";
      case Fault.Stall _, Fault.Partition _, Fault.Resets _ -> "";
    };
  }

  private static String skewed(long nanos) {
    return Figures.nanos(Math.abs(nanos)) + (nanos < 0 ? " behind" : " ahead");
  }
}
