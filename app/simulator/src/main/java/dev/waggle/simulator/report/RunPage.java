package dev.waggle.simulator.report;

import dev.waggle.charts.BarChart;
import dev.waggle.charts.BarChart.Bar;
import dev.waggle.charts.Block;
import dev.waggle.charts.Code;
import dev.waggle.charts.Details;
import dev.waggle.charts.Fact;
import dev.waggle.charts.Facts;
import dev.waggle.charts.Hue;
import dev.waggle.charts.KeyFigures;
import dev.waggle.charts.Page;
import dev.waggle.charts.Panels;
import dev.waggle.charts.Section;
import dev.waggle.charts.Table;
import dev.waggle.charts.Table.Cell;
import dev.waggle.charts.Table.Tone;
import dev.waggle.simulator.report.Summary.Across;
import dev.waggle.simulator.run.RunResult;
import dev.waggle.simulator.run.Scenario;
import dev.waggle.simulator.run.SpreadResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;

/** A run as a page that needs nothing else, with curves and the graph of the network. */
public final class RunPage {
  private final RunResult result;
  private final Scenario scenario;
  private final String command;
  private final Summary blocks;
  private final Summary transactions;

  private RunPage(RunResult result, String command) {
    this.result = result;
    this.scenario = result.scenario();
    this.command = command;
    this.blocks = Summary.of(result.blocks(), scenario.nodes());
    this.transactions = Summary.of(result.transactions(), scenario.nodes());
  }

  /**
   * The page of a run.
   *
   * @param command the line that repeats it
   */
  public static Page of(RunResult result, String command) {
    return new RunPage(result, command).page();
  }

  private Page page() {
    List<Section> sections = new ArrayList<>();
    sections.add(glance());
    if (blocks.messages() > 0) {
      sections.add(coverage());
      sections.add(blocks());
    }
    if (transactions.messages() > 0) {
      sections.add(transactions());
    }
    if (!result.faults().faults().isEmpty()) {
      sections.add(new FaultsSection(result).section());
    }
    if (result.reach() != null) {
      sections.add(ReachSection.of(result.reach()));
    }
    sections.add(traffic());
    sections.add(degrees());
    if (!result.failures().isEmpty() || result.rejected() > 0) {
      sections.add(failures());
    }
    sections.add(network());
    sections.add(repeat());
    return new Page(title(), lead(), facts(), sections);
  }

  private String title() {
    String nodes = Figures.counted(scenario.nodes(), "node");
    if (blocks.messages() > 0) {
      return Figures.counted(blocks.messages(), "block") + " through " + nodes;
    }
    return transactions.messages() > 0
        ? Figures.counted(transactions.messages(), "transaction") + " through " + nodes
        : nodes + " at rest";
  }

  /** What is spoken of first: blocks, if there are any. */
  private boolean isAboutBlocks() {
    return blocks.messages() > 0 || transactions.messages() == 0;
  }

  private Summary main() {
    return isAboutBlocks() ? blocks : transactions;
  }

  private String lead() {
    String agreement =
        result.tips() > 1
            ? "%d chains differ in the end.".formatted(result.tips())
            : "All chains agree in the end.";
    Summary main = main();
    if (main.messages() == 0) {
      return "Nothing was published. " + agreement;
    }
    String one = isAboutBlocks() ? "block" : "transaction";
    String size = Figures.bytes((double) main.bytes() / main.messages());
    String reached =
        main.whole() == main.messages()
            ? "Every %s came to every node.".formatted(one)
            : "%s of %s came to every node."
                .formatted(Figures.number(main.whole()), Figures.counted(main.messages(), one));
    String half =
        Double.isNaN(main.p50().median())
            ? ""
            : "Half of the nodes have a %s of %s after %s%s. "
                .formatted(
                    one,
                    size,
                    Figures.millis(main.p50().median()),
                    Double.isNaN(main.p99().median())
                        ? ""
                        : ", and 99 % after " + Figures.millis(main.p99().median()));
    return half + reached + " " + agreement;
  }

  private List<Fact> facts() {
    return List.of(
        new Fact("Simulated by", "Waggle"),
        new Fact("Fidelity", result.fidelity() + ", with " + result.suite()),
        new Fact("Seed", Long.toString(result.seed())),
        new Fact("Trace", Figures.hash(result.traceHash())));
  }

  private Section glance() {
    Summary main = main();
    String one = isAboutBlocks() ? "block" : "transaction";
    List<Fact> figures = new ArrayList<>();
    figures.add(new Fact("nodes", Figures.number(scenario.nodes())));
    figures.add(new Fact("of virtual time", Figures.nanos(result.virtualNanos())));
    if (main.messages() > 0) {
      figures.add(
          new Fact("until half of the nodes have a " + one, Figures.millis(main.p50().median())));
      figures.add(new Fact("until 90 % have it", Figures.millis(main.p90().median())));
      figures.add(new Fact("until 99 % have it", Figures.millis(main.p99().median())));
      figures.add(new Fact("until the last one has it", Figures.millis(main.last().median())));
      figures.add(new Fact("bytes sent for each useful one", Figures.number(result.overhead())));
      figures.add(
          new Fact("duplicates of a " + one + " at a node", Figures.number(main.duplicates())));
      figures.add(new Fact("hops of a " + one + ", on average", Figures.number(main.meanHops())));
    }
    figures.add(new Fact("events in a second", Figures.number(result.eventsPerSecond())));
    return new Section(
        "figures",
        "At a glance",
        main.messages() > 1 ? "Times are medians over all %ss.".formatted(one) : "",
        List.of(new KeyFigures(figures)));
  }

  private Section coverage() {
    return new Section(
        "coverage",
        "How fast does a block spread?",
        curvesText("block", blocks.messages()),
        List.of(CoverageChart.of(result.blocks(), "block", Hue.BLUE)));
  }

  private static String curvesText(String one, int messages) {
    if (messages == 1) {
      return "Which share of all nodes has it, so long after it was published.";
    }
    String pale =
        messages > CoverageChart.MOST_CURVES
            ? "%d of %s %ss are drawn as pale lines, evenly by their order."
                .formatted(CoverageChart.MOST_CURVES, Figures.number(messages), one)
            : "Each pale line is a %s.".formatted(one);
    return pale + " The thick line is the median of all, and nine of ten lie in the band.";
  }

  private Section blocks() {
    List<List<Cell>> rows = new ArrayList<>();
    for (int i : CoverageChart.drawn(result.blocks().size())) {
      rows.add(row(i + 1, result.blocks().get(i)));
    }
    return new Section(
        "blocks",
        "Block by block",
        rows.size() < result.blocks().size()
            ? "%d of %s blocks, evenly by their order."
                .formatted(rows.size(), Figures.number(blocks.messages()))
            : "",
        List.of(
            new Table(
                List.of(
                    "Block",
                    "Published at",
                    "By node",
                    "Place",
                    "Size",
                    "Reached",
                    "50 %",
                    "90 %",
                    "99 %",
                    "Last",
                    "Hops, mean and most",
                    "Duplicates"),
                rows,
                true)));
  }

  private List<Cell> row(int number, SpreadResult block) {
    boolean whole = block.reached() == scenario.nodes();
    return List.of(
        Cell.text("%d, %.8s".formatted(number, block.id().hex())),
        Cell.figure(Figures.nanos(block.publishedNanos())),
        Cell.figure(Integer.toString(block.publisher())),
        Cell.text(scenario.places().name(result.places().get(block.publisher()))),
        Cell.figure(Figures.bytes(block.bytes())),
        new Cell(
            whole
                ? "all"
                : Figures.number(block.reached())
                    + ", "
                    + Figures.percent(block.reached(), scenario.nodes()),
            whole ? Tone.FIGURE : Tone.BAD),
        time(block.coverage().at(50)),
        time(block.coverage().at(90)),
        time(block.coverage().at(99)),
        time(block.coverage().last()),
        Cell.figure(Figures.number(block.meanHops()) + ", " + block.mostHops()),
        Cell.figure(Figures.number(block.duplicates())));
  }

  private static Cell time(double millis) {
    return new Cell(Figures.millis(millis), Double.isNaN(millis) ? Tone.BAD : Tone.FIGURE);
  }

  private Section transactions() {
    Table table =
        new Table(
            List.of("Transactions", "50 %", "90 %", "99 %", "Last"),
            List.of(
                times("the one in the middle", Across::median),
                times("the slowest of a hundred", Across::p99),
                times("the slowest", Across::worst)),
            false);
    return new Section(
        "transactions",
        "How fast do transactions spread?",
        curvesText("transaction", transactions.messages())
            + " %s of %s came to every node; each of them arrived %s times too often, after %s hops on average."
                .formatted(
                    Figures.number(transactions.whole()),
                    Figures.number(transactions.messages()),
                    Figures.number(transactions.duplicates()),
                    Figures.number(transactions.meanHops())),
        List.of(CoverageChart.of(result.transactions(), "transaction", Hue.GREEN), table));
  }

  private List<Cell> times(String name, ToDoubleFunction<Across> which) {
    return List.of(
        Cell.text(name),
        time(which.applyAsDouble(transactions.p50())),
        time(which.applyAsDouble(transactions.p90())),
        time(which.applyAsDouble(transactions.p99())),
        time(which.applyAsDouble(transactions.last())));
  }

  private Section traffic() {
    long all = result.messages().values().stream().mapToLong(Long::longValue).sum();
    List<Bar> bars = new ArrayList<>();
    for (Map.Entry<String, Long> kind : Figures.mostFirst(result.messages())) {
      bars.add(bar(kind.getKey(), kind.getValue(), all, Figures::number));
    }
    List<Bar> bytes =
        List.of(
            bar("of use", result.usefulBytes(), result.sentBytes(), Figures::bytes),
            bar(
                "all else",
                result.sentBytes() - result.usefulBytes(),
                result.sentBytes(),
                Figures::bytes));
    return new Section(
        "traffic",
        "What goes over the wires?",
        "Of use are payloads that came to a node for the first time; all else are further copies,"
            + " announcements, handshakes, and what records and frames add.",
        List.of(
            new Panels(
                List.of(
                    new BarChart(
                        "Bytes sent",
                        "All nodes sent " + Figures.bytes(result.sentBytes()) + ".",
                        bytes,
                        null),
                    new BarChart(
                        "Messages that arrived",
                        Figures.counted(all, "message") + " in all, by what they are.",
                        bars,
                        null)))));
  }

  private static Bar bar(String kind, long count, long all, LongFunction<String> words) {
    String figure = words.apply(count);
    return new Bar(
        kind, Hue.BLUE, count, count, count, figure, figure + ", " + Figures.percent(count, all));
  }

  private Section degrees() {
    return new Section(
        "degrees",
        "How many links do nodes have?",
        "In the end, from %s; each dials for %d, and takes up to %d more."
            .formatted(Degrees.text(result.degrees()), scenario.outbound(), scenario.maxInbound()),
        List.of(Degrees.histogram(result.degrees())));
  }

  private Section failures() {
    List<List<Cell>> rows = new ArrayList<>();
    for (Map.Entry<String, Long> failure : Figures.mostFirst(result.failures())) {
      rows.add(
          List.of(Cell.text(failure.getKey()), Cell.figure(Figures.number(failure.getValue()))));
    }
    if (result.rejected() > 0) {
      rows.add(
          List.of(Cell.text("messages rejected"), Cell.figure(Figures.number(result.rejected()))));
    }
    return new Section(
        "failures",
        "What failed?",
        "Dials that came to nothing, and links that ended; each end counts its own.",
        List.of(new Table(List.of("What", "How often"), rows, false)));
  }

  private Section network() {
    NetworkMap map = new NetworkMap(result);
    return new Section("network", "Who is linked with whom?", map.text(), List.of(map.graph()));
  }

  private Section repeat() {
    List<Block> all = new ArrayList<>();
    all.add(new Code(command));
    all.add(new Details("The scenario", List.of(new Facts(ScenarioFacts.of(scenario)))));
    return new Section(
        "repeat",
        "How can it be repeated?",
        "With this line, on any machine: it gives the same trace, %s. Here it took %s of real time for %s events%s."
            .formatted(
                Figures.hash(result.traceHash()),
                Figures.nanos(result.realNanos()),
                Figures.number(result.events()),
                result.memoryBytes() == 0
                    ? ""
                    : ", and "
                        + Figures.bytes((double) result.memoryBytes() / scenario.nodes())
                        + " of memory for a node"),
        all);
  }
}
