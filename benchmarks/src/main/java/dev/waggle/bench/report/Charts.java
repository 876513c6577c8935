package dev.waggle.bench.report;

import dev.waggle.charts.BarChart;
import dev.waggle.charts.BarChart.Bar;
import dev.waggle.charts.BarChart.Mark;
import dev.waggle.charts.Chart;
import dev.waggle.charts.Hue;
import dev.waggle.charts.Panels;
import dev.waggle.charts.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of a run is drawn: a section a question, of which figures are the answer, in panels side by
 * side; and none where nothing was measured.
 */
final class Charts {
  private static final long LARGE = 16_384;

  private static final String LINK = "LinkBenchmark.message";
  private static final String HANDSHAKE = "HandshakeBenchmark.inTurn";

  /** How many rounds they make says nothing; the table of targets has their ratios. */
  private static final Set<String> ONLY_RATIOS =
      Set.of(
          "SizesInTurnBenchmark.round", "PingsInTurnBenchmark.slices", "HotPathBenchmark.inTurn");

  /** Gives a scale to figures that should be none. */
  private static final Mark ONE_BYTE = new Mark(1, "one byte");

  /** A bar to be, if its figure is one. */
  private record Row(String label, Score score, Hue hue) {
    Bar bar() {
      boolean known = Double.isFinite(score.error());
      return new Bar(
          label,
          hue,
          score.value(),
          known ? score.low() : score.value(),
          known ? score.high() : score.value(),
          Numbers.plain(score),
          Numbers.withError(score));
    }
  }

  private final Results results;
  private final Set<String> drawn = new LinkedHashSet<>();

  Charts(Results results) {
    this.results = results;
  }

  List<Section> all() {
    return Stream.of(
            curves(),
            links(),
            parts(),
            latency(),
            gossip(),
            hotPath(),
            seals(),
            codecs(),
            handshakes(),
            fanOut(),
            garbage(),
            memory(),
            start(),
            others())
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Section> links() {
    List<BarChart> panels =
        panels(LINK, "bytes", Numbers::size, one -> Names.link(one.key()), Charts::flow);
    return section(
        "links",
        "How fast is a link?",
        "Messages over one connection on loopback, by size. “Tuned” peers queue and flush as Waggle"
            + " does; “usual” ones write and flush each message on its own, as Netty's users do, and"
            + " “packed” ones fill records of TLS themselves.",
        panels);
  }

  private Optional<Section> parts() {
    return section(
        "link-of-parts",
        "How fast is a link of these parts?",
        "Messages over one connection on loopback, by size.",
        panels(
            PartsTable.LINK, "bytes", Numbers::size, one -> Names.parts(one.key()), Charts::flow));
  }

  private Optional<Section> curves() {
    drawn.add(CurvesOfLinks.BENCHMARK);
    return section(
        "curve",
        "Which link is faster, by size of message?",
        "Bytes of payload a second over one connection on loopback, the links of a panel in turn"
            + " with each other, so that a slow moment of the machine is one for all of them.",
        new CurvesOfLinks(results).panels());
  }

  private Optional<Section> latency() {
    List<BarChart> panels = new ArrayList<>();
    List<Measurement> all = sorted("PingBenchmark.roundTrip");
    for (String load : values(all, "load")) {
      for (String percentile : List.of("50.0", "99.0", "99.9")) {
        List<Row> bars =
            all.stream()
                .filter(one -> load.equals(one.key().params().get("load")))
                .flatMap(one -> percentile(one, percentile).stream())
                .toList();
        add(panels, Names.load(load) + ", " + percentileName(percentile), bars, null);
      }
    }
    return section(
        "latency",
        "How long does a Ping take?",
        "From a Ping to its Pong over one link, in percentiles; less is better.",
        panels);
  }

  private static String percentileName(String percentile) {
    return percentile.equals("50.0") ? "median" : percentile.replace(".0", "") + " %";
  }

  private static Optional<Row> percentile(Measurement one, String percentile) {
    return Optional.ofNullable(one.percentile(percentile))
        .map(score -> new Row(Names.link(one.key()), score, Names.hue(one.key())));
  }

  private Optional<Section> gossip() {
    List<BarChart> panels = new ArrayList<>();
    for (BarChart panel :
        panels(
            "GossipBenchmark.message",
            "bytes",
            Numbers::size,
            one -> "Waggle, " + Names.transport(one.key()),
            Charts::flow)) {
      panels.add(
          panel.title().equals("256 B")
              ? new BarChart(
                  panel.title(),
                  panel.description(),
                  panel.bars(),
                  target(500_000, Units.MESSAGES_PER_SECOND))
              : panel);
    }
    return section(
        "gossip",
        "How fast is gossip?",
        "Published at one node and delivered at another, ids, seen-caches and validation included.",
        panels);
  }

  private static Mark target(double value, String unit) {
    Score at = Score.exact(value, unit);
    return new Mark(value, "target: " + Numbers.plain(at));
  }

  private Optional<Section> hotPath() {
    List<BarChart> panels = new ArrayList<>();
    for (String benchmark : List.of("HotPathBenchmark.send", "HotPathBenchmark.receive")) {
      List<Row> bars = new ArrayList<>();
      for (Measurement one : sorted(benchmark)) {
        bars.add(new Row(Names.bytes(one.key()), bytesPerSecond(one), Names.WAGGLE));
      }
      OpenSsl asked = results.openSsl();
      Score openSsl = asked == null ? null : asked.mean();
      if (openSsl != null && !bars.isEmpty()) {
        bars.add(new Row("openssl speed, AES-256-GCM, 16 KiB", openSsl, Names.PEER));
      }
      add(panels, Names.words(benchmark), bars, null);
    }
    return section(
        "hot-path",
        "What does one core make of the hot path?",
        "Serialize, seal and frame, and back, by size of message, without a socket.",
        panels);
  }

  private Optional<Section> seals() {
    return section(
        "seal",
        "Which AES-256-GCM?",
        "Sealing one record with a new nonce, by provider and size; one thread.",
        panels(
            "SealBenchmark.seal",
            "bytes",
            Numbers::size,
            one -> Names.seal(one.key()),
            Charts::bytesPerSecond));
  }

  private Optional<Section> codecs() {
    List<BarChart> panels = new ArrayList<>();
    List<Measurement> all =
        benchmarksOf("CodecBenchmark").stream().flatMap(name -> sorted(name).stream()).toList();
    for (String message : values(all, "message")) {
      List<Row> bars =
          all.stream()
              .filter(one -> message.equals(one.key().params().get("message")))
              .map(one -> new Row(Names.codec(one.key()), one.score(), Names.hue(one.key())))
              .toList();
      add(panels, Names.message(message), bars, null);
    }
    return section(
        "codecs",
        "Which codec?",
        "Encoding and decoding, messages a second on one thread.",
        panels);
  }

  private Optional<Section> handshakes() {
    List<BarChart> panels = new ArrayList<>();
    List<Measurement> all = sorted(HANDSHAKE);
    for (String suite : values(all, "suite")) {
      List<Row> bars =
          all.stream()
              .filter(one -> suite.equals(one.key().params().get("suite")))
              .flatMap(
                  one ->
                      Stream.of(
                          new Row(
                              "handshake, " + Names.crypto(one.key()),
                              microsOf("handshakeNanos", one),
                              Names.WAGGLE),
                          new Row(
                              "primitives, " + Names.crypto(one.key()),
                              microsOf("primitivesNanos", one),
                              Names.PLAIN)))
              .toList();
      add(panels, suite, bars, null);
    }
    return section(
        "handshake",
        "What does a handshake cost?",
        "Both sides on one core, beside the sum of the lattice arithmetic that it cannot do without;"
            + " less is better.",
        panels);
  }

  /** Of one operation, from a counter of nanoseconds a second. */
  private static Score microsOf(String counter, Measurement one) {
    Score nanos = one.secondary().getOrDefault(counter, Score.exact(0, Units.RATIO));
    return nanos.dividedBy(one.score()).times(1e-3, Units.MICROS_PER_OP);
  }

  private Optional<Section> fanOut() {
    List<Row> bars = new ArrayList<>();
    sorted("FanOutBenchmark.block")
        .forEach(one -> bars.add(new Row("one block to 50 peers", one.score(), Names.WAGGLE)));
    sorted("FanOutBenchmark.seals")
        .forEach(one -> bars.add(new Row("50 seals alone", one.score(), Names.PLAIN)));
    List<BarChart> panels = new ArrayList<>();
    add(panels, "64 KiB", bars, null);
    return section(
        "fan-out",
        "What does a block to many peers cost?",
        "Serialized once, sealed for each of them; less is better.",
        panels);
  }

  private Optional<Section> garbage() {
    List<BarChart> panels = new ArrayList<>();
    List<Row> sending =
        sorted("HotPathBenchmark.send").stream()
            .filter(one -> one.secondary().containsKey(Measurement.GARBAGE))
            .map(
                one ->
                    new Row(
                        Names.bytes(one.key()),
                        one.secondary().get(Measurement.GARBAGE).times(1, Units.BYTES),
                        Names.WAGGLE))
            .toList();
    add(panels, "sending", sending, ONE_BYTE);
    List<Row> receiving = new ArrayList<>();
    for (Measurement one : sorted("HotPathBenchmark.receive")) {
      String bytes = one.key().params().getOrDefault("bytes", "0");
      Score score = Targets.garbageOfReceiving(Integer.parseInt(bytes)).in(results).scoreOrNull();
      if (score != null) {
        receiving.add(new Row(Names.bytes(one.key()), score, Names.WAGGLE));
      }
    }
    add(panels, "receiving, beyond the message", receiving, ONE_BYTE);
    return section(
        "garbage",
        "How much garbage does a message leave?",
        "Bytes a message, on the heap.",
        panels);
  }

  private Optional<Section> memory() {
    List<Row> bars =
        sorted("IdleLinkBenchmark.links").stream()
            .filter(one -> one.secondary().containsKey("bytesPerLink"))
            .map(
                one ->
                    new Row(
                        "Waggle, " + Names.transport(one.key()),
                        one.secondary().get("bytesPerLink").times(1, Units.BYTES),
                        Names.WAGGLE))
            .toList();
    drawn.add("IdleLinkBenchmark.links");
    List<BarChart> panels = new ArrayList<>();
    add(panels, "both ends", bars, target(32_768, Units.BYTES));
    return section(
        "memory",
        "What does an idle link hold?",
        "Heap and direct memory of an established link, both of its ends together.",
        panels);
  }

  private Optional<Section> start() {
    List<Row> bars =
        sorted("StartupBenchmark.run").stream()
            .map(one -> new Row("./waggle run", one.score(), Names.WAGGLE))
            .toList();
    List<BarChart> panels = new ArrayList<>();
    add(panels, "from start to listening", bars, target(1000, Units.MILLIS_PER_OP));
    return section(
        "start", "How soon does a node listen?", "From the start of the launcher.", panels);
  }

  /** What has no chart of its own. */
  private Optional<Section> others() {
    List<BarChart> panels = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    results.measurements().forEach(one -> names.add(one.key().benchmark()));
    names.removeAll(drawn);
    names.removeAll(ONLY_RATIOS);
    for (String benchmark : names) {
      add(
          panels,
          benchmark,
          sorted(benchmark).stream()
              .map(one -> new Row(Names.params(one.key()), byItsSize(one), Names.WAGGLE))
              .toList(),
          null);
    }
    return section("others", "And the parts?", "The other benchmarks, one by one.", panels);
  }

  private List<BarChart> panels(
      String benchmark,
      String param,
      Function<String, String> title,
      Function<Measurement, String> label,
      Function<Measurement, Score> score) {
    List<Measurement> all = sorted(benchmark);
    List<BarChart> panels = new ArrayList<>();
    for (String value : values(all, param)) {
      List<Row> bars =
          all.stream()
              .filter(one -> value.equals(one.key().params().get(param)))
              .map(one -> new Row(label.apply(one), score.apply(one), Names.hue(one.key())))
              .toList();
      add(panels, title.apply(value), bars, null);
    }
    return panels;
  }

  /**
   * Without those that are no number, such as a quotient of nothing, and without a panel of none.
   */
  private static void add(
      List<BarChart> panels, String title, List<Row> rows, @Nullable Mark mark) {
    List<Bar> bars =
        rows.stream().filter(row -> Double.isFinite(row.score.value())).map(Row::bar).toList();
    if (!bars.isEmpty()) {
      panels.add(new BarChart(title, inWords(bars), bars, mark));
    }
  }

  private static String inWords(List<Bar> bars) {
    return bars.stream()
        .map(bar -> bar.label() + ": " + bar.exactly())
        .collect(Collectors.joining("; "));
  }

  private static Optional<Section> section(
      String id, String question, String text, List<? extends Chart> panels) {
    return panels.isEmpty()
        ? Optional.empty()
        : Optional.of(new Section(id, question, text, List.of(new Panels(panels))));
  }

  /** The results of a method, which then counts as drawn. */
  private List<Measurement> sorted(String benchmark) {
    drawn.add(benchmark);
    return results.of(benchmark).sorted(Comparator.comparing(Names::order)).toList();
  }

  private List<String> benchmarksOf(String type) {
    return results.measurements().stream()
        .map(one -> one.key().benchmark())
        .filter(name -> name.startsWith(type + "."))
        .distinct()
        .toList();
  }

  /** The values of a parameter: numbers by size, words as they come. */
  private static List<String> values(List<Measurement> all, String param) {
    return all.stream()
        .flatMap(one -> Stream.ofNullable(one.key().params().get(param)))
        .distinct()
        .sorted(Comparator.comparingLong(Names::number))
        .toList();
  }

  /** Weighed, so that a panel has room for all sizes, where a size is all that differs. */
  private static Score byItsSize(Measurement one) {
    return one.moreIsBetter() && one.key().params().containsKey("bytes")
        ? bytesPerSecond(one)
        : one.score();
  }

  /** Small messages are counted, large ones weighed. */
  private static Score flow(Measurement one) {
    return Names.number(one.key().params().getOrDefault("bytes", "")) < LARGE
        ? one.score().times(1, Units.MESSAGES_PER_SECOND)
        : bytesPerSecond(one);
  }

  private static Score bytesPerSecond(Measurement one) {
    long bytes = Names.number(one.key().params().getOrDefault("bytes", ""));
    return one.score().times((double) bytes, Units.BYTES_PER_SECOND);
  }
}
