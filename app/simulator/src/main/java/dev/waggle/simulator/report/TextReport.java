package dev.waggle.simulator.report;

import dev.waggle.simulator.report.Summary.Across;
import dev.waggle.simulator.run.LateResult;
import dev.waggle.simulator.run.ReachResult;
import dev.waggle.simulator.run.RunResult;
import dev.waggle.simulator.run.Scenario;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What came out of a run, for a terminal: some twenty lines, whatever its size. */
public final class TextReport {

  /** Failures that are told; one more line sums up the rest. */
  private static final int MOST_FAILURES = 4;

  private static final int MOST_ASTRAY = 3;

  private static final int MOST_LATE = 3;

  private static final List<Function<Summary, Across>> TIMES =
      List.of(Summary::p50, Summary::p90, Summary::p99, Summary::last);

  private final RunResult result;
  private final StringBuilder text = new StringBuilder();

  private TextReport(RunResult result) {
    this.result = result;
  }

  /** The lines, each with its end. */
  public static String of(RunResult result) {
    TextReport report = new TextReport(result);
    report.run();
    report.spread();
    report.network();
    report.late();
    report.reach();
    // Charts group digits by thin spaces, which not every terminal has.
    return report.text.toString().replace('\u202f', ',');
  }

  private void line(String name, String value) {
    text.append("%-13s%s\n".formatted(name, value));
  }

  private void run() {
    Scenario scenario = result.scenario();
    line(
        "nodes",
        "%s in %s, each dials for %d%s"
            .formatted(
                Figures.number(scenario.nodes()),
                Figures.counted(result.places().stream().distinct().count(), "place"),
                scenario.outbound(),
                scenario.discovers()
                    ? ", found through " + Figures.counted(scenario.seeds(), "seed")
                    : ""));
    line("run", "%s with %s, seed %d".formatted(result.fidelity(), result.suite(), result.seed()));
    line("trace", Figures.hash(result.traceHash()));
    line(
        "time",
        "%s virtual, %s real"
            .formatted(Figures.nanos(result.virtualNanos()), Figures.nanos(result.realNanos())));
    line(
        "events",
        "%s, %s a second"
            .formatted(
                Figures.number(result.events()),
                Figures.number(Math.rint(result.eventsPerSecond()))));
    if (result.memoryBytes() > 0) {
      line(
          "memory",
          Figures.bytes((double) result.memoryBytes() / scenario.nodes()) + " for a node");
    }
  }

  private void spread() {
    int nodes = result.scenario().nodes();
    Summary blocks = Summary.of(result.blocks(), nodes);
    Summary transactions = Summary.of(result.transactions(), nodes);
    if (blocks.messages() + transactions.messages() == 0) {
      return;
    }
    text.append('\n');
    row("nodes that have it", List.of("50 %", "90 %", "99 %", "last"));
    rows("block", blocks);
    rows("transaction", transactions);
    text.append('\n');
    spread("blocks", blocks);
    relay(blocks.relay());
    spread("transactions", transactions);
  }

  private void rows(String one, Summary summary) {
    if (summary.messages() > 0) {
      row(one + ", median", summary, Across::median);
      row(one + ", slowest", summary, Across::worst);
    }
  }

  private void row(String name, Summary summary, Function<Across, Double> which) {
    row(
        name,
        TIMES.stream().map(time -> Figures.millis(which.apply(time.apply(summary)))).toList());
  }

  private void row(String name, List<String> cells) {
    text.append("%-27s".formatted(name));
    cells.forEach(cell -> text.append("%11s".formatted(cell)));
    text.append('\n');
  }

  private void spread(String name, Summary summary) {
    if (summary.messages() > 0) {
      line(
          name,
          "%s, of which %s came to all nodes; hops %s, at most %d; duplicates %s"
              .formatted(
                  Figures.number(summary.messages()),
                  Figures.number(summary.whole()),
                  Figures.number(summary.meanHops()),
                  summary.mostHops(),
                  Figures.number(summary.duplicates())));
    }
  }

  private void relay(@Nullable RelaySummary relay) {
    if (relay == null) {
      return;
    }
    line(
        "relay",
        "%s a block, %s bytes for each of use; at 99 %% of nodes at most %s"
            .formatted(
                Figures.bytes((double) relay.bytes() / relay.blocks()),
                Figures.number(relay.overhead()),
                Figures.number(relay.nodeP99().median())));
    line(
        "",
        "%s put together unasked, %s on request, %s with items asked for, %s in one piece"
            .formatted(
                share(relay.unasked(), relay),
                share(relay.onRequest(), relay),
                share(relay.withItems(), relay),
                share(relay.whole(), relay)));
    line(
        "",
        relay.messages().entrySet().stream()
            .sorted(Comparator.comparingLong(entry -> -entry.getValue().bytes()))
            .map(
                entry ->
                    "%s %s of %s"
                        .formatted(
                            entry.getKey(),
                            Figures.number(entry.getValue().count()),
                            Figures.bytes(entry.getValue().bytes())))
            .collect(Collectors.joining(", ")));
  }

  private static String share(long nodes, RelaySummary relay) {
    return Figures.percent(nodes, relay.receivers());
  }

  private void network() {
    line("sent", Figures.bytes(result.sentBytes()) + ", " + use());
    line("messages", counts(result.messages()));
    line("links", Degrees.text(result.degrees()));
    if (result.rejected() > 0) {
      line("rejected", Figures.counted(result.rejected(), "message"));
    }
    failures();
    healing();
    line("chains", chains());
  }

  /** The slowest ones, or those that have the least. */
  private void late() {
    Comparator<LateResult> slowestFirst =
        Comparator.comparingLong(
                (LateResult one) -> one.wholeNanos() == null ? Long.MAX_VALUE : one.wholeNanos())
            .reversed();
    List<LateResult> all = result.late().stream().sorted(slowestFirst).toList();
    String name = "late";
    for (LateResult one : all.subList(0, Math.min(MOST_LATE, all.size()))) {
      line(name, had(one));
      line("", received(one));
      name = "";
    }
    if (all.size() > MOST_LATE) {
      line(name, Figures.counted(all.size() - MOST_LATE, "other") + " that were faster");
    }
  }

  private void reach() {
    ReachResult reach = result.reach();
    if (reach == null) {
      return;
    }
    ReachText words = new ReachText(reach);
    text.append('\n');
    line("routers", words.routers());
    line("connected", words.together());
    group("reachable", reach.open());
    group("private", reach.hidden());
    line("punched", words.punches());
    reach.punches().forEach(pair -> line("", ReachText.punches(pair)));
  }

  private void group(String name, ReachResult.Group group) {
    if (group.nodes() > 0) {
      line(name, ReachText.knowledge(group));
      line("", ReachText.links(group));
    }
  }

  private static String had(LateResult one) {
    String wanted = Figures.number(one.wanted());
    if (one.wholeNanos() == null) {
      return "node %d has %s blocks, not all of %s"
          .formatted(one.node(), Figures.number(one.blocks()), wanted);
    }
    String had =
        "node %d had all %s blocks after %s"
            .formatted(one.node(), wanted, Figures.nanos(one.wholeNanos()));
    return one.neededNanos() == 0
        ? had
        : had
            + ", %s times as long as its line needs for them"
                .formatted(Figures.number(one.timeOverNeeded()));
  }

  private static String received(LateResult one) {
    String received = Figures.bytes(one.receivedBytes()) + " received";
    return one.isWhole()
        ? received
            + ", %s for each byte of these blocks".formatted(Figures.number(one.bytesOverNeeded()))
        : received;
  }

  private String use() {
    return result.usefulBytes() == 0
        ? "nothing of use"
        : "%s bytes for each of %s of use"
            .formatted(Figures.number(result.overhead()), Figures.bytes(result.usefulBytes()));
  }

  private static String counts(SortedMap<String, Long> counts) {
    return Figures.mostFirst(counts).stream()
        .map(entry -> entry.getKey() + " " + Figures.number(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private void failures() {
    List<Map.Entry<String, Long>> failures = Figures.mostFirst(result.failures());
    String name = "failures";
    for (Map.Entry<String, Long> failure :
        failures.subList(0, Math.min(MOST_FAILURES, failures.size()))) {
      line(name, Figures.number(failure.getValue()) + " × " + failure.getKey());
      name = "";
    }
    long rest = failures.stream().skip(MOST_FAILURES).mapToLong(Map.Entry::getValue).sum();
    if (rest > 0) {
      line(name, Figures.number(rest) + " others");
    }
  }

  private void healing() {
    HealingSummary partitions = HealingSummary.ofPartitions(result);
    HealingSummary others = HealingSummary.ofOthers(result);
    if (!partitions.isEmpty()) {
      line(
          "healing",
          "%s: sides hear each other %s, chains agree %s"
              .formatted(
                  slowest(partitions.count(), "partition"),
                  partitions.heard(),
                  partitions.agreed()));
    }
    if (!others.isEmpty()) {
      line(
          partitions.isEmpty() ? "healing" : "",
          "%s: chains agree %s"
              .formatted(
                  slowest(others.count(), partitions.isEmpty() ? "fault" : "other fault"),
                  others.agreed()));
    }
  }

  private static String slowest(int count, String one) {
    return Figures.counted(count, one) + (count == 1 ? "" : ", the slowest");
  }

  private String chains() {
    if (result.agreedNanos() != null) {
      return "all agree since " + Figures.nanos(result.agreedNanos());
    }
    if (result.tips() == 0) {
      return "of nobody, for all nodes lie";
    }
    List<Integer> astray = result.astray();
    String first =
        astray.stream().limit(MOST_ASTRAY).map(this::nodeAstray).collect(Collectors.joining(", "));
    int rest = astray.size() - MOST_ASTRAY;
    return "%s that differ; on others than most: %s%s"
        .formatted(
            Figures.number(result.tips()),
            first,
            rest > 0 ? " and " + Figures.counted(rest, "other") : "");
  }

  private String nodeAstray(int node) {
    return "node " + node + (result.degrees().get(node) == 0 ? ", without links" : "");
  }
}
