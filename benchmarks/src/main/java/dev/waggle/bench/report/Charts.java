package dev.waggle.bench.report;

import dev.waggle.bench.report.Chart.Bar;
import dev.waggle.bench.report.Chart.Bars;
import dev.waggle.bench.report.Chart.Mark;
import dev.waggle.bench.report.Chart.Tone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What of a run is drawn: a chart a question, and none where nothing was measured. */
final class Charts {
  private static final long LARGE = 16_384;

  private static final String LINK = "LinkBenchmark.message";
  private static final String HANDSHAKE = "HandshakeBenchmark.inTurn";

  /** How many rounds they make says nothing; the table of targets has their ratios. */
  private static final Set<String> ONLY_RATIOS =
      Set.of(
          "SizesInTurnBenchmark.round", "PingsInTurnBenchmark.slices", "HotPathBenchmark.inTurn");

  /** Gives a scale to figures that should be none. */
  private static final Mark ONE_BYTE = new Mark(Score.exact(1, Units.BYTES), "one byte");

  private final Results results;
  private final Set<String> drawn = new LinkedHashSet<>();

  Charts(Results results) {
    this.results = results;
  }

  List<Chart> all() {
    return Stream.of(
            curves(),
            links(),
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
        .filter(chart -> !chart.panels().isEmpty())
        .toList();
  }

  private Chart links() {
    List<Bars> panels =
        panels(LINK, "bytes", Numbers::size, one -> Names.link(one.key()), Charts::flow);
    return new Chart(
        "links",
        "How fast is a link?",
        "Messages over one connection on loopback, by size. “Tuned” peers queue and flush as Waggle"
            + " does; “usual” ones write and flush each message on its own, as Netty's users do, and"
            + " “packed” ones fill records of TLS themselves.",
        panels);
  }

  private Chart curves() {
    drawn.add(CurvesOfLinks.BENCHMARK);
    return new Chart(
        "curve",
        "Which link is faster, by size of message?",
        "Bytes of payload a second over one connection on loopback, the links of a panel in turn"
            + " with each other, so that a slow moment of the machine is one for all of them.",
        new CurvesOfLinks(results).panels());
  }

  private Chart latency() {
    List<Bars> panels = new ArrayList<>();
    List<Measurement> all = sorted("PingBenchmark.roundTrip");
    for (String load : values(all, "load")) {
      for (String percentile : List.of("50.0", "99.0", "99.9")) {
        List<Bar> bars =
            all.stream()
                .filter(one -> load.equals(one.key().params().get("load")))
                .flatMap(one -> percentile(one, percentile).stream())
                .toList();
        add(panels, Names.load(load) + ", " + percentileName(percentile), bars, null);
      }
    }
    return new Chart(
        "latency",
        "How long does a Ping take?",
        "From a Ping to its Pong over one link, in percentiles; less is better.",
        panels);
  }

  private static String percentileName(String percentile) {
    return percentile.equals("50.0") ? "median" : percentile.replace(".0", "") + " %";
  }

  private static Optional<Bar> percentile(Measurement one, String percentile) {
    return Optional.ofNullable(one.percentile(percentile))
        .map(score -> bar(Names.link(one.key()), one.key(), score));
  }

  private Chart gossip() {
    List<Bars> panels = new ArrayList<>();
    for (Bars panel :
        panels(
            "GossipBenchmark.message",
            "bytes",
            Numbers::size,
            one -> "Waggle, " + Names.transport(one.key()),
            Charts::flow)) {
      panels.add(
          panel.title().equals("256 B")
              ? new Bars(panel.title(), panel.bars(), target(500_000, Units.MESSAGES_PER_SECOND))
              : panel);
    }
    return new Chart(
        "gossip",
        "How fast is gossip?",
        "Published at one node and delivered at another, ids, seen-caches and validation included.",
        panels);
  }

  private static Mark target(double value, String unit) {
    Score at = Score.exact(value, unit);
    return new Mark(at, "target: " + Numbers.plain(at));
  }

  private Chart hotPath() {
    List<Bars> panels = new ArrayList<>();
    for (String benchmark : List.of("HotPathBenchmark.send", "HotPathBenchmark.receive")) {
      List<Bar> bars = new ArrayList<>();
      for (Measurement one : sorted(benchmark)) {
        bars.add(new Bar(Names.bytes(one.key()), bytesPerSecond(one), Tone.WAGGLE));
      }
      OpenSsl asked = results.openSsl();
      Score openSsl = asked == null ? null : asked.mean();
      if (openSsl != null && !bars.isEmpty()) {
        bars.add(new Bar("openssl speed, AES-256-GCM, 16 KiB", openSsl, Tone.PEER));
      }
      add(panels, Names.words(benchmark), bars, null);
    }
    return new Chart(
        "hot-path",
        "What does one core make of the hot path?",
        "Serialize, seal and frame, and back, by size of message, without a socket.",
        panels);
  }

  private Chart seals() {
    return new Chart(
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

  private Chart codecs() {
    List<Bars> panels = new ArrayList<>();
    List<Measurement> all =
        benchmarksOf("CodecBenchmark").stream().flatMap(name -> sorted(name).stream()).toList();
    for (String message : values(all, "message")) {
      List<Bar> bars =
          all.stream()
              .filter(one -> message.equals(one.key().params().get("message")))
              .map(one -> new Bar(Names.codec(one.key()), one.score(), Names.tone(one.key())))
              .toList();
      add(panels, Names.message(message), bars, null);
    }
    return new Chart(
        "codecs",
        "Which codec?",
        "Encoding and decoding, messages a second on one thread.",
        panels);
  }

  private Chart handshakes() {
    List<Bars> panels = new ArrayList<>();
    List<Measurement> all = sorted(HANDSHAKE);
    for (String suite : values(all, "suite")) {
      List<Bar> bars =
          all.stream()
              .filter(one -> suite.equals(one.key().params().get("suite")))
              .flatMap(
                  one ->
                      Stream.of(
                          new Bar(
                              "handshake, " + Names.crypto(one.key()),
                              microsOf("handshakeNanos", one),
                              Tone.WAGGLE),
                          new Bar(
                              "primitives, " + Names.crypto(one.key()),
                              microsOf("primitivesNanos", one),
                              Tone.PLAIN)))
              .toList();
      add(panels, suite, bars, null);
    }
    return new Chart(
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

  private Chart fanOut() {
    List<Bar> bars = new ArrayList<>();
    sorted("FanOutBenchmark.block")
        .forEach(one -> bars.add(new Bar("one block to 50 peers", one.score(), Tone.WAGGLE)));
    sorted("FanOutBenchmark.seals")
        .forEach(one -> bars.add(new Bar("50 seals alone", one.score(), Tone.PLAIN)));
    List<Bars> panels = new ArrayList<>();
    add(panels, "64 KiB", bars, null);
    return new Chart(
        "fan-out",
        "What does a block to many peers cost?",
        "Serialized once, sealed for each of them; less is better.",
        panels);
  }

  private Chart garbage() {
    List<Bars> panels = new ArrayList<>();
    List<Bar> sending =
        sorted("HotPathBenchmark.send").stream()
            .filter(one -> one.secondary().containsKey(Measurement.GARBAGE))
            .map(
                one ->
                    new Bar(
                        Names.bytes(one.key()),
                        one.secondary().get(Measurement.GARBAGE).times(1, Units.BYTES),
                        Tone.WAGGLE))
            .toList();
    add(panels, "sending", sending, ONE_BYTE);
    List<Bar> receiving = new ArrayList<>();
    for (Measurement one : sorted("HotPathBenchmark.receive")) {
      String bytes = one.key().params().getOrDefault("bytes", "0");
      Score score = Targets.garbageOfReceiving(Integer.parseInt(bytes)).in(results).scoreOrNull();
      if (score != null) {
        receiving.add(new Bar(Names.bytes(one.key()), score, Tone.WAGGLE));
      }
    }
    add(panels, "receiving, beyond the message", receiving, ONE_BYTE);
    return new Chart(
        "garbage",
        "How much garbage does a message leave?",
        "Bytes a message, on the heap.",
        panels);
  }

  private Chart memory() {
    List<Bar> bars =
        sorted("IdleLinkBenchmark.links").stream()
            .filter(one -> one.secondary().containsKey("bytesPerLink"))
            .map(
                one ->
                    new Bar(
                        "Waggle, " + Names.transport(one.key()),
                        one.secondary().get("bytesPerLink").times(1, Units.BYTES),
                        Tone.WAGGLE))
            .toList();
    drawn.add("IdleLinkBenchmark.links");
    List<Bars> panels = new ArrayList<>();
    add(panels, "both ends", bars, target(32_768, Units.BYTES));
    return new Chart(
        "memory",
        "What does an idle link hold?",
        "Heap and direct memory of an established link, both of its ends together.",
        panels);
  }

  private Chart start() {
    List<Bar> bars =
        sorted("StartupBenchmark.run").stream()
            .map(one -> new Bar("./waggle run", one.score(), Tone.WAGGLE))
            .toList();
    List<Bars> panels = new ArrayList<>();
    add(panels, "from start to listening", bars, target(1000, Units.MILLIS_PER_OP));
    return new Chart(
        "start", "How soon does a node listen?", "From the start of the launcher.", panels);
  }

  /** What has no chart of its own. */
  private Chart others() {
    List<Bars> panels = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    results.measurements().forEach(one -> names.add(one.key().benchmark()));
    names.removeAll(drawn);
    names.removeAll(ONLY_RATIOS);
    for (String benchmark : names) {
      add(
          panels,
          benchmark,
          sorted(benchmark).stream()
              .map(one -> new Bar(Names.params(one.key()), byItsSize(one), Tone.WAGGLE))
              .toList(),
          null);
    }
    return new Chart("others", "And the parts?", "The other benchmarks, one by one.", panels);
  }

  private List<Bars> panels(
      String benchmark,
      String param,
      Function<String, String> title,
      Function<Measurement, String> label,
      Function<Measurement, Score> score) {
    List<Measurement> all = sorted(benchmark);
    List<Bars> panels = new ArrayList<>();
    for (String value : values(all, param)) {
      List<Bar> bars =
          all.stream()
              .filter(one -> value.equals(one.key().params().get(param)))
              .map(one -> bar(label.apply(one), one.key(), score.apply(one)))
              .toList();
      add(panels, title.apply(value), bars, null);
    }
    return panels;
  }

  private static Bar bar(String label, Key key, Score score) {
    return new Bar(label, score, Names.tone(key));
  }

  private static void add(List<Bars> panels, String title, List<Bar> bars, @Nullable Mark mark) {
    if (!bars.isEmpty()) {
      panels.add(new Bars(title, bars, mark));
    }
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
